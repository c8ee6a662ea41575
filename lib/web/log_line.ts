/** One line of the log as the HTTP interface shows it. */
export interface LogLine {
  /** Counts the lines since the server was started, from 1. */
  readonly id: number;
  /** In Unix milliseconds. */
  readonly atUnixMs: number;
  readonly level: "error" | "warning" | "info" | "trace";
  /** Address and port of whom it is about; `null` where it is about nobody. */
  readonly peer: string | null;
  readonly session: string | null;
  /** One line: control characters are written as `\x0a`. */
  readonly message: string;
}
