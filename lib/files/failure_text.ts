/** Codes of the system for want of room. */
const FULL: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the system allows no larger file"],
]);

/**
 * Why the file system failed, as a clause for messages: `there is no such file`.
 *
 * @param error As thrown by `Deno`'s file functions.
 */
export function failureText(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file or folder";
  if (error instanceof Deno.errors.NotADirectory) return "a part of the path is not a folder";
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
    return "permission is denied";
  }
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error
    ? String(error.code)
    : /^File too large\b/.test(error.message)
    ? "EFBIG"
    : "";
  const full = FULL.get(code);
  if (full !== undefined) return full;
  return error.message.replace(/ \(os error \d+\).*$/s, "");
}
