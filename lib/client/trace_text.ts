import { messageLines } from "./message_lines.ts";

/**
 * A message of RTSP as `--trace` shows it: each line with who says it, and nothing that proves who asks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n");
 * assertEquals(traceText("server", bytes), "S: RTSP/1.0 200 OK\nS: CSeq: 1\n");
 * ```
 */
export function traceText(from: "client" | "server", bytes: Uint8Array): string {
  const who = from === "client" ? "C" : "S";
  return messageLines(new TextDecoder().decode(bytes)).map((line) => `${who}: ${line}\n`).join("");
}
