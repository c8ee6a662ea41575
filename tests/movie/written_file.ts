import type { FileWrite } from "../../lib/movie/file_write.ts";

/** A file in memory as it is after some writes. */
export function writtenFile(writes: readonly FileWrite[]): Uint8Array {
  const length = Math.max(0, ...writes.map(({ offset, bytes }) => offset + bytes.length));
  const file = new Uint8Array(length);
  for (const { offset, bytes } of writes) file.set(bytes, offset);
  return file;
}
