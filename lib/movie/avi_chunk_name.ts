/**
 * Whether a chunk of this name is a frame of this stream: `00dc` and `00db` are stream 0's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isAviFrame("01dc", 1), isAviFrame("01wb", 1), isAviFrame("00dc", 1)], [true, false, false]);
 * ```
 */
export function isAviFrame(id: string, stream: number): boolean {
  const kind = id.slice(2);
  return (kind === "dc" || kind === "db") && parseInt(id.slice(0, 2), 16) === stream;
}
