import { formatLogMessage } from "../server/format_log_line.ts";
import type { LogEvent } from "../server/server_output.ts";
import type { LogLine } from "./log_line.ts";

/** The last lines of the log, for those who look at it later. */
export class LogBuffer {
  readonly #most: number;
  readonly #counts = new Map<LogLine["level"], number>();
  #lines: LogLine[] = [];
  #lastId = 0;

  /** @param most How many lines are kept; 500 unless given. */
  constructor(most: number = 500) {
    this.#most = most;
  }

  /** The id of the newest line; 0 before there is one. */
  get lastId(): number {
    return this.#lastId;
  }

  /** How many lines there were of each level. */
  get counts(): ReadonlyMap<LogLine["level"], number> {
    return this.#counts;
  }

  /** Takes a line. */
  add({ level, peer, session, message }: LogEvent, atUnixMs: number): void {
    this.#lines.push({
      id: ++this.#lastId,
      atUnixMs,
      level,
      peer: peer ?? null,
      session: session ?? null,
      message: formatLogMessage(message),
    });
    this.#counts.set(level, (this.#counts.get(level) ?? 0) + 1);
    // Cut now and then: taking one off at each line would move all of them.
    if (this.#lines.length > this.#most * 2) this.#lines = this.#lines.slice(-this.#most);
  }

  /** What is kept of the lines after this one, the oldest first. */
  after(id: number): LogLine[] {
    const kept = this.#lines.slice(-this.#most);
    const first = kept.findIndex((line) => line.id > id);
    return first < 0 ? [] : kept.slice(first);
  }
}
