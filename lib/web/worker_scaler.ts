import type { JpegScaler } from "./jpeg_scaler.ts";
import type { ScaleReply, ScaleRequest } from "./scale_worker.ts";

/** Scales in a thread of its own, started when it is asked for the first time. */
export class WorkerScaler implements JpegScaler {
  readonly #waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  #worker: Worker | undefined;
  #lastTicket = 0;
  #closed = false;

  async scale(jpeg: Uint8Array, width: number): Promise<Uint8Array> {
    if (this.#closed) throw new Error("Cannot scale: the server is shut down");
    this.#worker ??= this.#start();
    const ticket = ++this.#lastTicket;
    const waiting = Promise.withResolvers<Uint8Array>();
    this.#waiting.set(ticket, waiting);
    this.#worker.postMessage({ ticket, jpeg, width } satisfies ScaleRequest);
    return await waiting.promise;
  }

  close(): void {
    this.#closed = true;
    this.#fail("Cannot scale: the server is shut down");
  }

  #start(): Worker {
    const worker = new Worker(new URL("./scale_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<ScaleReply>) => {
      const waiting = this.#waiting.get(data.ticket);
      this.#waiting.delete(data.ticket);
      if ("jpeg" in data) waiting?.resolve(data.jpeg);
      else waiting?.reject(new Error(data.error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(`Cannot scale: ${event.message}`);
    };
    return worker;
  }

  /** A thread that failed is given up; the next picture gets a new one. */
  #fail(reason: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(reason));
    this.#waiting.clear();
  }
}
