/**
 * Whether these are four letters as the names of chunks are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([isChunkId("00dc"), isChunkId("00d"), isChunkId("\0\0\0\0")], [true, false, false]);
 * ```
 */
export function isChunkId(id: string): boolean {
  return /^[\x20-\x7e]{4}$/.test(id);
}
