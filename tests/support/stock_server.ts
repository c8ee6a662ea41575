import { type StockStreamOptions } from "./stock_stream.ts";
import { StockWorker } from "./stock_worker.ts";

/** What a lab server has, and where it differs from the stock one. */
export interface StockServerOptions extends StockStreamOptions {
  /** The movie, JPEG by JPEG. */
  readonly frames: readonly Uint8Array[];
  /** The one file that exists; default `movie.Mjpeg`. */
  readonly file?: string;
  /** Most bytes of a request, which is what one read returns; default 256. */
  readonly readSize?: number;
  /**
   * What becomes of a missing file: 200 to SETUP, then `silence` at PLAY (default, the stock server),
   * or a closed connection at PLAY (`drop`).
   */
  readonly missingFile?: "silence" | "drop";
  /** Status by method, `404 File Not Found`: the request is refused and changes nothing. */
  readonly refuse?: Readonly<Record<string, string>>;
  /** Line 3 of a refusal: default `0`, `own` is the session, `none` leaves the line out. */
  readonly refuseSession?: "0" | "own" | "none";
  /** Methods that get no answer and do nothing. */
  readonly silentTo?: readonly string[];
  /** Closes the RTSP connection when so many frames of a session are sent, and stops sending. */
  readonly dropAfterFrames?: number;
}

/**
 * The exercise's server as it is on the wire, and (by options) the students' servers, on a loopback port
 * that the system chooses; `StockWorker` has what it does with a request.
 *
 * @example
 * ```ts
 * await using server = StockServer.start({ frames });
 * await play(server.port, "movie.Mjpeg");
 * assertEquals(server.requests.map(methodOf), ["SETUP", "PLAY", "TEARDOWN"]);
 * ```
 */
export class StockServer {
  /** Every text that one read returned, over all connections, in order. */
  readonly requests: string[] = [];
  readonly #options: StockServerOptions;
  readonly #listener: Deno.TcpListener;
  readonly #workers: StockWorker[] = [];
  readonly #accepting: Promise<void>;
  #closed = false;

  private constructor(options: StockServerOptions) {
    this.#options = options;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#accepting = this.#accept();
  }

  /** Listens at once. */
  static start(options: StockServerOptions): StockServer {
    return new StockServer(options);
  }

  /** The RTSP port. */
  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** How many connections there have been. */
  get connections(): number {
    return this.#workers.length;
  }

  /** Stops as a killed server does, without a word; may be called again. */
  async close(): Promise<void> {
    if (!this.#closed) this.#listener.close();
    this.#closed = true;
    await this.#accepting;
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #accept(): Promise<void> {
    let session = 115_166;
    try {
      for (;;) {
        const connection = await this.#listener.accept();
        const record = (text: string) => this.requests.push(text);
        this.#workers.push(new StockWorker(connection, session++, this.#options, record));
      }
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }
}
