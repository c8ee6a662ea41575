import type { FrameOutput, FrameSender } from "./frame_output.ts";
import { writeRtpPacket } from "./write_rtp_packet.ts";

/** A frame that has waited longer than this is not sent any more. */
const MAX_WAIT_MS = 500;

/** The largest UDP datagram over IPv4. */
const MAX_DATAGRAM_LENGTH = 65_507;

/** What a sender tells its host. */
export interface SenderEvents {
  /** The network refused a datagram to this session's listener. */
  failed(session: string, reason: string): void;
  /** One sentence for the log: something is done in another way than expected. */
  note?(message: string): void;
  /** Monotonic milliseconds. */
  nowMs(): number;
}

/**
 * Sends datagrams through Deno's own API, one after another: several in flight gain nothing, and a
 * buffer may be read after `send` has returned, so each one is awaited before the next is written.
 */
export class NativeFrameSender implements FrameSender {
  readonly name = "native";
  readonly #socket: Deno.DatagramConn;
  readonly #events: SenderEvents;
  readonly #datagram = new Uint8Array(MAX_DATAGRAM_LENGTH);
  #queue: { readonly output: FrameOutput; readonly sinceMs: number }[] = [];
  #running = false;
  #closed = false;
  #droppedFrames = 0;

  constructor(socket: Deno.DatagramConn, events: SenderEvents) {
    this.#socket = socket;
    this.#events = events;
  }

  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  send(output: FrameOutput): void {
    if (this.#closed) return;
    this.#queue.push({ output, sinceMs: this.#events.nowMs() });
    if (!this.#running) this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#queue = [];
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const { output, sinceMs } of batch) {
        if (this.#closed) return;
        if (this.#events.nowMs() - sinceMs > MAX_WAIT_MS) this.#droppedFrames++;
        else await this.#sendFrame(output);
      }
    }
    this.#running = false;
  }

  async #sendFrame({ session, route, header, frame }: FrameOutput): Promise<void> {
    const to: Deno.NetAddr = { transport: "udp", hostname: route.address, port: route.port };
    try {
      for (let index = 0; index < frame.payloads.length; index++) {
        const length = writeRtpPacket(this.#datagram, 0, frame, index, header);
        await this.#socket.send(this.#datagram.subarray(0, length), to);
      }
    } catch (error) {
      if (this.#closed) return;
      this.#events.failed(session, error instanceof Error ? error.message : String(error));
    }
  }
}
