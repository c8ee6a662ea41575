/** The lines of a message as the trace shows them, without the empty one at the end of the head. */
export function traceLines(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).trimEnd().split(/\r?\n/);
}
