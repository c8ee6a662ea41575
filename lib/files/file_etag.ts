/**
 * A tag that differs whenever a file was changed or replaced: its size, time and inode.
 *
 * @param info From `stat`; parts that the platform does not know count as 0.
 */
export function fileEtag(info: Deno.FileInfo): string {
  const parts = [info.size, info.mtime?.getTime() ?? 0, info.ino ?? 0];
  return parts.map((part) => part.toString(36)).join("-");
}
