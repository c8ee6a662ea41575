/**
 * The entity tag of `a=etag` (RFC 2326 §C.1.8), as `If-Match` carries it; quotes apart.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseEtag('"158bb3e7c7fd62ce67f12b533f06b83a"'), "158bb3e7c7fd62ce67f12b533f06b83a");
 * assertEquals(serializeEtag("abc"), '"abc"');
 * ```
 */
export function parseEtag(value: string): string {
  return /^\s*"(.*)"\s*$/s.exec(value)?.[1] ?? value.trim();
}

/**
 * Writes what `parseEtag()` reads.
 *
 * @throws {RangeError} For a tag with quotes or control characters.
 */
export function serializeEtag(tag: string): string {
  // deno-lint-ignore no-control-regex
  if (/["\u0000-\u001f\u007f]/.test(tag)) {
    throw new RangeError(`Cannot write etag: ${JSON.stringify(tag)} is not allowed`);
  }
  return `"${tag}"`;
}
