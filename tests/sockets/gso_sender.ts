import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { type LinuxLibc, openLinuxLibc } from "../../lib/sockets/linux_libc.ts";
import { LINUX } from "../../lib/sockets/linux_numbers.ts";
import { linuxSocketAddress } from "../../lib/sockets/linux_socket_address.ts";
import { findLinuxSocket } from "../../lib/sockets/linux_socket_descriptor.ts";

/** Sends runs of datagrams to a port of this machine, each in one piece that the kernel cuts. */
export class GsoSender {
  readonly #libc: LinuxLibc;
  readonly #socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  readonly #descriptor: number;
  readonly #address: Uint8Array;

  constructor(port: number) {
    const result = openLinuxLibc();
    if (result.kind === "none") throw new Error(result.reason);
    this.#libc = result.libc;
    this.#descriptor = findLinuxSocket(this.#libc, this.#socket)?.descriptor ?? -1;
    const address = linuxSocketAddress(this.#libc, LINUX.AF_INET, "127.0.0.1", port);
    if (address === undefined) throw new TypeError("no address");
    this.#address = address;
  }

  /** All but the last have one length, which is not less than the last one's. */
  send(datagrams: readonly Uint8Array[]): void {
    const data = new Uint8Array(new ArrayBuffer(datagrams.reduce((sum, d) => sum + d.length, 0)));
    data.set(joinBytes(datagrams));
    const [iovec, control, header] = [16, 24, 64].map((length) =>
      new DataView(new ArrayBuffer(length))
    ) as [DataView, DataView, DataView];
    const of = (view: DataView) => new Uint8Array(view.buffer);
    const address = (bytes: Uint8Array) => BigInt(this.#libc.addressOf(bytes));
    iovec.setBigUint64(0, address(data), true);
    iovec.setBigUint64(8, BigInt(data.length), true);
    control.setBigUint64(0, 18n, true);
    control.setInt32(8, LINUX.SOL_UDP, true);
    control.setInt32(12, LINUX.UDP_SEGMENT, true);
    control.setUint16(16, datagrams[0]?.length ?? 0, true);
    header.setBigUint64(0, address(this.#address), true);
    header.setUint32(8, this.#address.length, true);
    header.setBigUint64(16, address(of(iovec)), true);
    header.setBigUint64(24, 1n, true);
    header.setBigUint64(32, address(of(control)), true);
    header.setBigUint64(40, datagrams.length === 1 ? 0n : 24n, true);
    const sent = this.#libc.sendmmsg(this.#descriptor, of(header), 1, 0);
    if (sent !== 1) throw new Error(this.#libc.errorText(this.#libc.errno));
  }

  close(): void {
    this.#socket.close();
  }
}
