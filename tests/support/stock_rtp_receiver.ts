import { StockFrames } from "./stock_frames.ts";

const DATAGRAM_SIZE = 20_480;

/** The stock client's RTP side: an open port of 127.0.0.1 that the system chose. */
export class StockRtpReceiver {
  readonly frames: StockFrames = new StockFrames();
  /** The ports that datagrams came from, each once. */
  readonly sourcePorts: Set<number> = new Set();
  readonly #socket: Deno.DatagramConn;
  readonly #loop: Promise<void>;
  #closed = false;
  #onDatagram: (() => void) | undefined;

  constructor() {
    this.#socket = Deno.listenDatagram({ hostname: "127.0.0.1", port: 0, transport: "udp" });
    this.#loop = this.#read();
  }

  get port(): number {
    return (this.#socket.addr as Deno.NetAddr).port;
  }

  /**
   * Waits until `now()` is at least `count`; one wait at a time.
   *
   * @param now Looked at behind every datagram.
   * @param what For the message: `frames`.
   */
  reached(what: string, now: () => number, count: number, withinMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = () => now() >= count && resolve();
    const timer = setTimeout(
      () => reject(new Error(`${now()} of ${count} ${what} in ${withinMs} ms`)),
      withinMs,
    );
    this.#onDatagram = check;
    check();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#onDatagram = undefined;
    });
  }

  /** Waits until no datagram has come for `forMs`; one wait at a time. */
  silence(forMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let timer = setTimeout(resolve, forMs);
    this.#onDatagram = () => {
      clearTimeout(timer);
      timer = setTimeout(resolve, forMs);
    };
    return promise.finally(() => this.#onDatagram = undefined);
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#socket.close();
    this.#closed = true;
    await this.#loop;
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(DATAGRAM_SIZE);
    try {
      for (;;) {
        const [datagram, from] = await this.#socket.receive(buffer);
        this.sourcePorts.add((from as Deno.NetAddr).port);
        this.frames.receive(datagram);
        this.#onDatagram?.();
      }
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }
}
