/**
 * The URL of a media section or of the whole presentation (RFC 2326 §C.1.1).
 *
 * `*` is the base itself. An absolute control stands for itself. Any other is appended to the base with
 * one `/` between, as all servers mean it: by RFC 1808 `track1` would replace the last part of a base
 * without a `/` at its end. A base's query stays in front, as live555 and cameras expect, unless the
 * control starts with `/`, which goes to the root, or with `?`.
 *
 * @param base Content-Base, Content-Location or the request's URL, in this order of preference.
 * @param control The value of `a=control`; empty is taken for `*`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const base = "rtsp://example.com/fizzle/foo";
 * assertEquals(resolveControl(base, "track1"), "rtsp://example.com/fizzle/foo/track1");
 * assertEquals(resolveControl(`${base}/`, "track1"), "rtsp://example.com/fizzle/foo/track1");
 * assertEquals(resolveControl(base, "*"), base);
 * assertEquals(resolveControl(base, "rtsp://other/a"), "rtsp://other/a");
 * assertEquals(resolveControl(base, "/a"), "rtsp://example.com/a");
 * ```
 */
export function resolveControl(base: string, control: string): string {
  const relative = control.trim();
  if (relative === "" || relative === "*") return base;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(relative)) return relative;
  if (relative.startsWith("/")) {
    return `${/^[a-z]+:\/\/[^/?#]*/i.exec(base)?.[0] ?? ""}${relative}`;
  }
  if (relative.startsWith("?")) return `${base.replace(/\?.*$/s, "")}${relative}`;
  return base.endsWith("/") ? `${base}${relative}` : `${base}/${relative}`;
}
