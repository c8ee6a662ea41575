import { excerpt } from "./excerpt.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The parts of a URL's path between slashes, percent-decoded, empty ones left out: names that are safe to
 * look up below one folder.
 *
 * @param path As in `RtspUrl.path`.
 * @throws {RtspSyntaxError} For parts that are not what they seem once decoded: `.` and `..`, a slash,
 * backslash, NUL or other control character, and what is no UTF-8 or a broken `%`.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(pathSegments("/films/a%20b.mjpeg/"), ["films", "a b.mjpeg"]);
 * assertThrows(() => pathSegments("/films/%2e%2e/x"), SyntaxError, '".." is not allowed');
 * ```
 */
export function pathSegments(path: string): string[] {
  return path.split("/").filter((part) => part !== "").map((part) => {
    const name = decodePercent(part);
    // deno-lint-ignore no-control-regex
    if (name === "." || name === ".." || /[/\\\u0000-\u001f\u007f]/.test(name)) {
      throw new RtspSyntaxError(`Cannot parse path: ${excerpt(name)} is not allowed as a part`);
    }
    return name;
  });
}

function decodePercent(part: string): string {
  const bytes: number[] = [];
  for (const piece of part.match(/%[0-9a-f]{2}|%|[^%]+/gi) ?? []) {
    if (piece === "%") {
      throw new RtspSyntaxError(`Cannot parse path: % in ${excerpt(part)} needs two digits`);
    }
    if (piece.startsWith("%")) bytes.push(parseInt(piece.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(piece));
  }
  try {
    return DECODER.decode(Uint8Array.from(bytes));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new RtspSyntaxError(`Cannot parse path: ${excerpt(part)} is not UTF-8 once decoded`);
  }
}
