import { setReceiveBuffer } from "./linux_socket_options.ts";

/** The exercise's text gives the RTP socket this receive timeout. */
export const RTP_RECEIVE_TIMEOUT_MS = 500;

/** More than the largest UDP datagram, so that none is cut off. */
const BUFFER_LENGTH = 64 * 1024;

/** What `receive` brings: a datagram, or the news that there was none in time, or will be none. */
export type RtpArrival =
  | {
    readonly kind: "datagram";
    readonly bytes: Uint8Array;
    /** An address. */
    readonly from: string;
    readonly fromPort: number;
  }
  | { readonly kind: "timeout" }
  | { readonly kind: "closed" };

/** The default holds about 92 packets: less than one frame of a large picture, sent in one burst. */
const RECEIVE_BUFFER_LENGTH = 4 * 1024 * 1024;

/** A UDP port on which RTP is awaited, on all addresses: some lab servers send from another network. */
export class ClientRtpSocket {
  readonly #socket: Deno.DatagramConn;
  readonly #buffer = new Uint8Array(BUFFER_LENGTH);
  #pending: Promise<RtpArrival> | undefined;
  #closed = false;

  /** Bytes that may wait to be read; `undefined` where the system's default could not be changed. */
  readonly receiveBuffer: number | undefined;

  /**
   * @param family Of the address at which the server was reached; or a socket that is open already.
   * @param port 0: chosen by the system.
   * @param shared Whether other programs may have the port as well: that of a multicast group.
   * @throws {Error} As `Deno.listenDatagram` does: the port cannot be had.
   */
  constructor(family: "IPv4" | "IPv6" | Deno.DatagramConn, port: number = 0, shared = false) {
    this.#socket = typeof family === "string" ? listen(family, port, shared) : family;
    this.receiveBuffer = setReceiveBuffer(this.#socket, RECEIVE_BUFFER_LENGTH);
  }

  /** Receives from a socket that is open already. */
  static of(socket: Deno.DatagramConn): ClientRtpSocket {
    return new ClientRtpSocket(socket);
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

  /** Sends a datagram; what cannot be sent is lost. */
  async send(bytes: Uint8Array, hostname: string, port: number): Promise<void> {
    try {
      await this.#socket.send(bytes, { transport: "udp", hostname, port });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }

  /**
   * Receives what is sent to a group as well.
   *
   * @param localAddress The interface to join by; any where it is not said.
   * @throws {Error} The system has no way to the group.
   */
  async join(group: string, localAddress: string | undefined): Promise<void> {
    if (group.includes(":")) await this.#socket.joinMulticastV6(group, 0);
    else await this.#socket.joinMulticastV4(group, localAddress ?? "0.0.0.0");
  }

  /** Receives nothing more. */
  close(): void {
    if (!this.#closed) this.#socket.close();
    this.#closed = true;
  }

  async #receiveOne(): Promise<RtpArrival> {
    try {
      const [bytes, from] = await this.#socket.receive(this.#buffer);
      const { hostname, port } = from as Deno.NetAddr;
      return { kind: "datagram", bytes: bytes.slice(), from: hostname, fromPort: port };
    } catch (error) {
      if (!this.#closed) throw error;
      return { kind: "closed" };
    }
  }
}

function listen(family: "IPv4" | "IPv6", port: number, reuseAddress: boolean): Deno.DatagramConn {
  const hostname = family === "IPv6" ? "::" : "0.0.0.0";
  return Deno.listenDatagram({ transport: "udp", hostname, port, reuseAddress });
}
