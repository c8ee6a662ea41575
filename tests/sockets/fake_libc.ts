import type { LinuxLibc } from "../../lib/sockets/linux_libc.ts";
import { LINUX } from "../../lib/sockets/linux_numbers.ts";

/** One message as it was handed to `sendmmsg`. */
export interface FakeMessage {
  /** How many packets: iovecs in pairs. */
  readonly packets: number;
  /** Whether the kernel was asked to cut it. */
  readonly segmented: boolean;
}

/** What the fake kernel does with a message: takes it, or fails with an errno. */
export type FakeVerdict = (message: FakeMessage) => number | "sent";

/** A C library whose kernel does as it is told, for the errors that loopback never makes. */
export class FakeLibc implements LinuxLibc {
  readonly sent: FakeMessage[] = [];
  errno = 0;
  calls = 0;
  readonly #verdict: FakeVerdict;

  constructor(verdict: FakeVerdict) {
    this.#verdict = verdict;
  }

  sendmmsg(_descriptor: number, messages: Uint8Array, count: number, flags: number): number {
    if (flags !== LINUX.MSG_DONTWAIT) throw new TypeError(`flags ${flags}`);
    this.calls++;
    const view = new DataView(messages.buffer, messages.byteOffset);
    for (let index = 0; index < count; index++) {
      const message = {
        packets: view.getUint32(64 * index + 24, true) / 2,
        segmented: view.getUint32(64 * index + 40, true) > 0,
      };
      const verdict = this.#verdict(message);
      if (verdict !== "sent") {
        if (index > 0) return index; // as the kernel: the error is told by the next call
        this.errno = verdict;
        return -1;
      }
      this.sent.push(message);
    }
    return count;
  }

  recvmmsg(): number {
    return -1;
  }

  setOption(): number {
    return 0;
  }

  option(): number | undefined {
    return undefined;
  }

  socketName(): Uint8Array {
    return new Uint8Array();
  }

  parseAddress(family: number, text: string): Uint8Array | undefined {
    return family === LINUX.AF_INET && /^[\d.]+$/.test(text) ? new Uint8Array(4) : undefined;
  }

  formatAddress(): string {
    return "";
  }

  unixMs(): number {
    return 0;
  }

  addressOf(): number {
    return 0x7f12_3456_7000;
  }

  errorText(errno: number): string {
    return `error ${errno}`;
  }
}
