/** The exercise's text gives the RTP socket this receive timeout. */
export const RTP_RECEIVE_TIMEOUT_MS = 500;

/** More than the largest UDP datagram, so that none is cut off. */
const BUFFER_LENGTH = 64 * 1024;

/** What `receive` brings: a datagram, or the news that there was none in time, or will be none. */
export type RtpArrival =
  | { readonly kind: "datagram"; readonly bytes: Uint8Array; readonly from: string }
  | { readonly kind: "timeout" }
  | { readonly kind: "closed" };

/** A UDP port on which RTP is awaited, on all addresses: some lab servers send from another network. */
export class ClientRtpSocket {
  readonly #socket: Deno.DatagramConn;
  readonly #buffer = new Uint8Array(BUFFER_LENGTH);
  #pending: Promise<RtpArrival> | undefined;
  #closed = false;

  /**
   * @param family Of the address at which the server was reached.
   * @param port 0: chosen by the system.
   * @throws {Error} As `Deno.listenDatagram` does: the port cannot be had.
   */
  constructor(family: "IPv4" | "IPv6", port: number) {
    const hostname = family === "IPv6" ? "::" : "0.0.0.0";
    this.#socket = Deno.listenDatagram({ transport: "udp", hostname, port });
  }

  /** The port that it has. */
  get port(): number {
    return (this.#socket.addr as Deno.NetAddr).port;
  }

  /**
   * The next datagram, in an array of its own, or `timeout` after 0.5 s of silence: the moment at which the
   * exercise's client looks whether it was told to stop, and ours whether the stream has ended.
   */
  async receive(): Promise<RtpArrival> {
    this.#pending ??= this.#receiveOne();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<RtpArrival>((resolve) => {
      timer = setTimeout(() => resolve({ kind: "timeout" }), RTP_RECEIVE_TIMEOUT_MS);
    });
    const arrival = await Promise.race([this.#pending, timeout]);
    clearTimeout(timer);
    if (arrival.kind !== "timeout") this.#pending = undefined;
    return arrival;
  }

  /** Receives nothing more. */
  close(): void {
    if (!this.#closed) this.#socket.close();
    this.#closed = true;
  }

  async #receiveOne(): Promise<RtpArrival> {
    try {
      const [bytes, from] = await this.#socket.receive(this.#buffer);
      return { kind: "datagram", bytes: bytes.slice(), from: (from as Deno.NetAddr).hostname };
    } catch (error) {
      if (!this.#closed) throw error;
      return { kind: "closed" };
    }
  }
}
