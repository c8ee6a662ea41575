import type { ClientFrame } from "./client_frame.ts";

/** What a line of `frames.csv` says of a frame that `ClientFrame` does not. */
export interface FrameRow {
  readonly frame: Pick<ClientFrame, "number" | "rtpTimestamp" | "complete" | "jpeg">;
  /** Of the file that holds it. */
  readonly file: string;
  /** The sender's wall clock when the frame was taken, by its reports: Unix milliseconds. */
  readonly ntpUnixMs?: number;
  /** Unix milliseconds. */
  readonly arrivalUnixMs: number;
  /** After the first frame's arrival, in milliseconds. */
  readonly sinceFirstMs: number;
}

/** The first line of `frames.csv`. */
export const FRAME_CSV_HEADER =
  "number,file,rtp_timestamp,ntp_time,arrival,arrival_ms,size,whole\n";

/**
 * One line of `frames.csv` (RFC 4180 but for its line end): times are ISO 8601 in UTC; `arrival_ms`
 * counts from the first frame, to a microsecond; `ntp_time` is empty where the sender did not report.
 */
export function frameCsvRow(row: FrameRow): string {
  const { frame, file, ntpUnixMs, arrivalUnixMs, sinceFirstMs } = row;
  const fields = [
    frame.number,
    csvField(file),
    frame.rtpTimestamp,
    ntpUnixMs === undefined ? "" : isoTime(ntpUnixMs),
    isoTime(arrivalUnixMs),
    sinceFirstMs.toFixed(3),
    frame.jpeg.length,
    frame.complete ? "yes" : "no",
  ];
  return fields.join(",") + "\n";
}

function isoTime(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
