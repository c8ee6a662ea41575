/**
 * Whether an argument is meant as a URL, of whatever scheme.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["rtsp://h/f", "HTTP://h", "movie.Mjpeg"].map(isUrl), [true, true, false]);
 * ```
 */
export function isUrl(argument: string): boolean {
  return /^[a-z][a-z+.-]*:\/\//i.test(argument);
}
