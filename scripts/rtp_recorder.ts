import { setReceiveBuffer } from "../lib/sockets/linux_socket_options.ts";
import { freePortPair } from "../tests/interop/free_port_pair.ts";

const HOST = "127.0.0.1";
const BUFFER_LENGTH = 4 * 1024 * 1024;
const QUIET_MS = 100;

/** Keeps the RTP that comes in at a port of this machine; RTCP, at the next, is let in and not read. */
export class RtpRecorder implements Disposable {
  readonly #sockets: readonly [rtp: Deno.DatagramConn, rtcp: Deno.DatagramConn];
  readonly #datagrams: Uint8Array[] = [];
  readonly #recording: Promise<void>;
  #isClosed = false;

  /** @param port Even. */
  constructor(readonly port: number = freePortPair()) {
    const open = (port: number) => Deno.listenDatagram({ hostname: HOST, port, transport: "udp" });
    this.#sockets = [open(port), open(port + 1)];
    const [rtp] = this.#sockets;
    setReceiveBuffer(rtp, BUFFER_LENGTH);
    this.#recording = this.#record(rtp);
  }

  /** Waits until nothing has come for 100 ms, and closes. */
  async stop(): Promise<Uint8Array[]> {
    for (let count = -1; count !== this.#datagrams.length;) {
      count = this.#datagrams.length;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
    this[Symbol.dispose]();
    await this.#recording;
    return this.#datagrams;
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const socket of this.#sockets) socket.close();
  }

  async #record(rtp: Deno.DatagramConn): Promise<void> {
    for await (const [bytes] of rtp) this.#datagrams.push(bytes);
  }
}
