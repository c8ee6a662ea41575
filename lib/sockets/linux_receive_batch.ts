import type { Now } from "../bytes/now.ts";
import type { ArrivedDatagram } from "./arrived_datagram.ts";
import type { LinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";

/** Messages of one call. */
const MESSAGES = 32;
/** Room for one: no datagram is longer, and no run of them. */
const DATA_LENGTH = 64 * 1024;
/** Room for an address of either family. */
const NAME_LENGTH = 32;
/** Room for the time and the length to cut at, with their headers. */
const CONTROL_LENGTH = 64;
/** Length of a `mmsghdr`: a `msghdr` of 56, the length that came, padding. */
const HEADER_LENGTH = 64;
const IOVEC_LENGTH = 16;
const CONTROL_HEADER_LENGTH = 16;

/**
 * The memory into which the kernel receives messages. The pages of it that nothing has come into take no
 * room.
 *
 * ```text
 * mmsghdr:  name (8)  name length (4)  -  iovec (8)  iovecs (8)  control (8)  control length (8)
 *           flags (4)  -  length (4)  -
 * cmsghdr:  length (8)  level (4)  type (4)  data, padded to 8
 * ```
 */
export class LinuxReceiveBatch {
  readonly #libc: LinuxLibc;
  readonly #family: number;
  readonly #headers = new Uint8Array(new ArrayBuffer(MESSAGES * HEADER_LENGTH));
  readonly #iovecs = new Uint8Array(new ArrayBuffer(MESSAGES * IOVEC_LENGTH));
  readonly #names = new Uint8Array(new ArrayBuffer(MESSAGES * NAME_LENGTH));
  readonly #controls = new Uint8Array(new ArrayBuffer(MESSAGES * CONTROL_LENGTH));
  readonly #data = new Uint8Array(new ArrayBuffer(MESSAGES * DATA_LENGTH));
  readonly #view = new DataView(this.#headers.buffer);
  readonly #controlView = new DataView(this.#controls.buffer);
  /** Whose address was last written out. */
  readonly #lastName = new Uint8Array(NAME_LENGTH);
  #last = { from: "", fromPort: 0 };
  /** Messages whose lengths the kernel has changed. */
  #used = MESSAGES;

  /** @param family Of the socket. */
  constructor(libc: LinuxLibc, family: number) {
    this.#libc = libc;
    this.#family = family;
    const iovecs = new DataView(this.#iovecs.buffer);
    const [iovec, name, control, data] = [this.#iovecs, this.#names, this.#controls, this.#data]
      .map((bytes) => libc.addressOf(bytes)) as [number, number, number, number];
    for (let index = 0; index < MESSAGES; index++) {
      const at = index * HEADER_LENGTH;
      this.#view.setBigUint64(at, BigInt(name + index * NAME_LENGTH), true);
      this.#view.setBigUint64(at + 16, BigInt(iovec + index * IOVEC_LENGTH), true);
      this.#view.setBigUint64(at + 24, 1n, true);
      this.#view.setBigUint64(at + 32, BigInt(control + index * CONTROL_LENGTH), true);
      iovecs.setBigUint64(index * IOVEC_LENGTH, BigInt(data + index * DATA_LENGTH), true);
      iovecs.setBigUint64(index * IOVEC_LENGTH + 8, BigInt(DATA_LENGTH), true);
    }
  }

  /** The messages for the next call. */
  ready(): { readonly messages: Uint8Array; readonly count: number } {
    for (let index = 0; index < this.#used; index++) {
      const at = index * HEADER_LENGTH;
      this.#view.setUint32(at + 8, NAME_LENGTH, true);
      this.#view.setUint32(at + 40, CONTROL_LENGTH, true);
    }
    this.#used = 0;
    return { messages: this.#headers, count: MESSAGES };
  }

  /**
   * Adds what came to `datagrams`.
   *
   * @param count Messages of the last call.
   * @param now When it was made.
   */
  take(count: number, { unixMs, monotonicMs }: Now, datagrams: ArrivedDatagram[]): void {
    this.#used = count;
    // One array for all: so many small ones keep the garbage collector busy.
    const all = new Uint8Array(this.#octets(count));
    let end = 0;
    for (let index = 0; index < count; index++) {
      const length = this.#view.getUint32(index * HEADER_LENGTH + 56, true);
      const { cutAt, stampMs } = this.#control(index);
      const { from, fromPort } = this.#sender(index);
      const waitedMs = stampMs === undefined ? 0 : Math.max(0, unixMs - stampMs);
      const arrivedMs = monotonicMs - waitedMs;
      const start = index * DATA_LENGTH;
      all.set(this.#data.subarray(start, start + length), end);
      const whole = all.subarray(end, end += length);
      if (cutAt === 0 || length <= cutAt) {
        datagrams.push({ bytes: whole, from, fromPort, arrivedMs });
        continue;
      }
      for (let at = 0; at < length; at += cutAt) {
        const bytes = whole.subarray(at, at + cutAt);
        datagrams.push({ bytes, from, fromPort, arrivedMs });
      }
    }
  }

  #octets(count: number): number {
    let sum = 0;
    for (let index = 0; index < count; index++) {
      sum += this.#view.getUint32(index * HEADER_LENGTH + 56, true);
    }
    return sum;
  }

  /** What the kernel says of a message: its time, and the length of the datagrams of a run. */
  #control(index: number): { readonly cutAt: number; readonly stampMs: number | undefined } {
    let [cutAt, stampMs] = [0, undefined as number | undefined];
    let at = index * CONTROL_LENGTH;
    const end = at + this.#view.getUint32(index * HEADER_LENGTH + 40, true);
    while (at + CONTROL_HEADER_LENGTH <= end) {
      const length = this.#controlView.getUint32(at, true);
      const level = this.#controlView.getInt32(at + 8, true);
      const type = this.#controlView.getInt32(at + 12, true);
      const data = at + CONTROL_HEADER_LENGTH;
      if (level === LINUX.SOL_UDP && type === LINUX.UDP_GRO) {
        cutAt = this.#controlView.getInt32(data, true);
      } else if (level === LINUX.SOL_SOCKET && type === LINUX.SO_TIMESTAMPNS) {
        const seconds = this.#controlView.getUint32(data, true) +
          this.#controlView.getUint32(data + 4, true) * 2 ** 32;
        stampMs = seconds * 1000 + this.#controlView.getUint32(data + 8, true) / 1e6;
      }
      at += Math.max(CONTROL_HEADER_LENGTH, length + 7 & ~7);
    }
    return { cutAt, stampMs };
  }

  /** Nearly all datagrams come from one address, whose text is kept. */
  #sender(index: number): { readonly from: string; readonly fromPort: number } {
    const start = index * NAME_LENGTH;
    const isVersion6 = this.#family === LINUX.AF_INET6;
    const length = isVersion6 ? 24 : 8; // up to the end of the address: see linuxSocketAddress()
    let isSame = true;
    for (let i = 0; i < length && isSame; i++) {
      isSame = this.#names[start + i] === this.#lastName[i];
    }
    if (isSame) return this.#last;
    const name = this.#names.subarray(start, start + length);
    this.#lastName.set(name);
    const address = name.slice(isVersion6 ? 8 : 4);
    const fromPort = (name[2] ?? 0) << 8 | (name[3] ?? 0);
    this.#last = { from: this.#libc.formatAddress(this.#family, address), fromPort };
    return this.#last;
  }
}
