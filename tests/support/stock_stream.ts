import { type StockPacketOptions, StockPackets } from "./stock_packets.ts";

/** What a lab server sends, when, and what becomes of it; the defaults are the stock server's. */
export interface StockStreamOptions extends StockPacketOptions {
  /** From one frame to the next; default 2, so that tests are quick (the stock server's is 50). */
  readonly intervalMs?: number;
  /** `each play` (default, as the stock server) opens a socket at each PLAY, `one` keeps the first. */
  readonly sourcePort?: "each play" | "one";
  /** How many empty payloads come behind the last frame, one an interval; default 0. */
  readonly emptyAtEnd?: number;
  /** Packets sent twice, by their number from 0. */
  readonly duplicate?: (packet: number) => boolean;
  /** Packets sent behind the next one. */
  readonly late?: (packet: number) => boolean;
  /** Packets not sent at all. */
  readonly lose?: (packet: number) => boolean;
}

/** The frames of one session on their way: keeps its place while it does not play. */
export class StockStream {
  readonly #frames: readonly Uint8Array[];
  readonly #options: StockStreamOptions;
  readonly #packets: StockPackets;
  readonly #sockets: Deno.DatagramConn[] = [];
  #next = 0;
  #count = 0;
  #held: Uint8Array[] = [];
  #playing: { stopped: boolean; done: Promise<void> } | undefined;

  constructor(frames: readonly Uint8Array[], options: StockStreamOptions) {
    this.#frames = frames;
    this.#options = options;
    this.#packets = new StockPackets(options);
  }

  /**
   * Sends on from where it stopped, the first frame an interval from now.
   *
   * @param afterFrame Called with the number of frames sent so far.
   */
  play(to: Deno.NetAddr, afterFrame: (sent: number) => void): void {
    const run = { stopped: false, done: Promise.resolve() };
    run.done = this.#send(to, run, afterFrame);
    this.#playing = run;
  }

  /** Stops sending; resolves when the last send is done. */
  async pause(): Promise<void> {
    if (this.#playing === undefined) return;
    this.#playing.stopped = true;
    await this.#playing.done;
  }

  /** Stops, and closes every socket. */
  async close(): Promise<void> {
    await this.pause();
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  async #send(
    to: Deno.NetAddr,
    run: { readonly stopped: boolean },
    afterFrame: (sent: number) => void,
  ): Promise<void> {
    const { intervalMs = 2, emptyAtEnd = 0 } = this.#options;
    const socket = this.#socket();
    let due = performance.now();
    while (this.#next < this.#frames.length + emptyAtEnd) {
      due += intervalMs;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      if (run.stopped) return;
      for (const packet of this.#nextPackets()) await socket.send(packet, to);
      afterFrame(Math.min(this.#next, this.#frames.length));
    }
    for (const packet of this.#held.splice(0)) await socket.send(packet, to);
  }

  #socket(): Deno.DatagramConn {
    const last = this.#sockets.at(-1);
    if (last !== undefined && this.#options.sourcePort === "one") return last;
    const socket = Deno.listenDatagram({ hostname: "127.0.0.1", port: 0, transport: "udp" });
    this.#sockets.push(socket);
    return socket;
  }

  /** What goes out for the next frame, in this order. */
  #nextPackets(): Uint8Array[] {
    const { duplicate, late, lose } = this.#options;
    const index = this.#next++;
    const frame = this.#frames[index];
    const packets = frame === undefined
      ? [this.#packets.empty(index, Date.now())]
      : this.#packets.ofFrame(index, frame, Date.now());
    const out: Uint8Array[] = [];
    for (const packet of packets) {
      const number = this.#count++;
      const held = this.#held.splice(0);
      if (late?.(number)) this.#held.push(packet);
      else if (!lose?.(number)) out.push(packet);
      if (duplicate?.(number)) out.push(packet);
      out.push(...held);
    }
    return out;
  }
}
