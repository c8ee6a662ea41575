import { WireError } from "../bytes/wire_error.ts";
import type { ClientFrame } from "../client/client_frame.ts";
import { formatLatency, LatencyReport } from "../client/latency_report.ts";
import { readTestFrame, type TestFrame } from "../movie/read_test_frame.ts";
import { readClock } from "../sockets/clock.ts";

/** Looks at the marks of test pictures as they come. */
export class ClientLatency {
  readonly #report = new LatencyReport();

  /** A frame has come; decoding its marks takes some tenths of a millisecond. */
  add({ jpeg, arrivalMs }: ClientFrame): void {
    const now = readClock();
    this.#report.add(markOf(jpeg), now.unixMs - now.monotonicMs + arrivalMs);
  }

  /** Why there is nothing to tell, as a clause; `undefined` where there is, or no frame came. */
  get problem(): string | undefined {
    const { figures, unread } = this.#report;
    if (figures !== undefined || unread === 0) return undefined;
    const frames = unread === 1 ? "its only frame is" : `none of its ${unread} frames is`;
    return `${frames} a test picture whose marks can be read (a server with --test has /test)`;
  }

  /** One line for people. */
  text(): string {
    return formatLatency(this.#report.figures);
  }
}

/** What a test picture says of itself; `undefined` where it is none, or broken. */
function markOf(jpeg: Uint8Array): TestFrame | undefined {
  try {
    return readTestFrame(jpeg);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return undefined;
  }
}
