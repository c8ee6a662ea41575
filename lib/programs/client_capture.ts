import { AppendedFile } from "../files/appended_file.ts";
import { PcapngWriter } from "../pcap/pcapng_writer.ts";
import type { WireBytes } from "../sockets/wire_tap.ts";
import { FineClock } from "./fine_clock.ts";

/** What goes over the wire in a play, as a pcapng file. */
export class ClientCapture {
  readonly #file: AppendedFile;
  readonly #writer: PcapngWriter;
  readonly #clock = new FineClock();
  #isEmpty = true;

  private constructor(file: AppendedFile, product: string) {
    this.#file = file;
    this.#writer = new PcapngWriter({ product });
    file.append(this.#writer.start());
  }

  /**
   * @param product Name and version.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string, force: boolean, product: string): Promise<ClientCapture> {
    return new ClientCapture(await AppendedFile.open(path, force), product);
  }

  /** The next bytes; returns at once. */
  add({ direction, transport, bytes, now, ...ends }: WireBytes): void {
    const remote = { address: withoutZone(ends.remoteAddress), port: ends.remotePort };
    const address = localAddress(withoutZone(ends.localAddress ?? ""), remote.address);
    const local = { address, port: ends.localPort };
    const unixMs = this.#clock.unixMs(now);
    const packets = direction === "closed"
      ? this.#writer.closed(local, remote, unixMs)
      : this.#writer.packet({ unixMs, direction, transport, bytes, local, remote });
    if (packets.length === 0) return;
    this.#isEmpty = false;
    this.#file.append(packets);
  }

  /** Gives it up: nothing is left of it. */
  async discard(): Promise<void> {
    await this.#file.discard();
  }

  /**
   * Makes it whole; one without any bytes goes.
   *
   * @returns What could not be written, as a sentence.
   */
  async close(): Promise<string | undefined> {
    if (!this.#isEmpty) return await this.#file.close();
    await this.#file.discard();
    return undefined;
  }
}

/** This machine's address where it is of the server's kind, otherwise any. */
function localAddress(known: string, remote: string): string {
  const isVersion6 = remote.includes(":");
  if (known !== "" && known.includes(":") === isVersion6) return known;
  return isVersion6 ? "::" : "0.0.0.0";
}

/** `fe80::1%eth0` without the interface. */
function withoutZone(address: string): string {
  return address.replace(/%.*/s, "");
}
