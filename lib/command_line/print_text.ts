const ENCODER = new TextEncoder();

/** Writes text whole, also where it goes into a pipe. */
export function printText(to: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  const bytes = ENCODER.encode(text);
  for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
}
