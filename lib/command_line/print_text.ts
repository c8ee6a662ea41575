const ENCODER = new TextEncoder();

/** A file or a stream. */
export interface TextSink {
  /** Returns how many bytes it took. */
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes text whole, also into a pipe; one that nobody reads any more takes what it gets.
 *
 * @throws {Error} The file system's.
 */
export function printText(to: TextSink, text: string): void {
  const bytes = ENCODER.encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
