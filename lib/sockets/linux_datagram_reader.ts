import type { ArrivedDatagram } from "./arrived_datagram.ts";
import type { LinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";
import type { LinuxSocket } from "./linux_socket_descriptor.ts";
import { LinuxReceiveBatch } from "./linux_receive_batch.ts";

/**
 * Reads all that waits in a UDP socket with few system calls: up to 32 messages each (`recvmmsg`), and
 * after `join()`, each a run of datagrams of one sender that the kernel has not cut apart (UDP_GRO).
 */
export class LinuxDatagramReader {
  readonly #libc: LinuxLibc;
  readonly #descriptor: number;
  readonly #batch: LinuxReceiveBatch;
  #isOpen = true;

  constructor(libc: LinuxLibc, { descriptor, family }: LinuxSocket) {
    this.#libc = libc;
    this.#descriptor = descriptor;
    this.#batch = new LinuxReceiveBatch(libc, family);
    libc.setOption(descriptor, LINUX.SOL_SOCKET, LINUX.SO_TIMESTAMPNS, 1);
  }

  /**
   * Runs of datagrams come in one piece from now on. While they do, nothing else may read from the socket:
   * only here it is known where to cut. A kernel that does not know how leaves it.
   */
  join(): void {
    this.#libc.setOption(this.#descriptor, LINUX.SOL_UDP, LINUX.UDP_GRO, 1);
  }

  /**
   * Each datagram comes by itself from now on. The kernel tells where to cut only while runs are wanted,
   * so that all of them must be read before.
   *
   * @returns All that waits.
   */
  part(): ArrivedDatagram[] {
    let datagrams: ArrivedDatagram[] = [];
    for (let more = this.read(); more.length > 0; more = this.read()) {
      datagrams = datagrams.concat(more);
    }
    this.#libc.setOption(this.#descriptor, LINUX.SOL_UDP, LINUX.UDP_GRO, 0);
    return datagrams;
  }

  /** All that waits, in the order in which it came; in memory that is not used again. */
  read(): ArrivedDatagram[] {
    const datagrams: ArrivedDatagram[] = [];
    while (this.#isOpen) {
      const { messages, count } = this.#batch.ready();
      const got = this.#libc.recvmmsg(this.#descriptor, messages, count, LINUX.MSG_DONTWAIT);
      if (got <= 0) break;
      const now = { unixMs: this.#libc.unixMs(), monotonicMs: performance.now() };
      this.#batch.take(got, now, datagrams);
      if (got < count) break;
    }
    return datagrams;
  }

  /** The socket is closed: its number may be another's. */
  close(): void {
    this.#isOpen = false;
  }
}
