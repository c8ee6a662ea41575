const MOST_CHARACTERS = 1024;

/** Either the file names that a movie's name may stand for, or why it stands for none. */
export type MovieNameCandidates =
  | { readonly kind: "candidates"; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The paths below a media folder that a movie's name may stand for, the likelier first: as it is, and
 * with percent-encoding undone once (names come both ways). Each path is a list of plain file names.
 *
 * Refused is what could lead out of the folder: absolute names, `.` and `..`, encoded slashes,
 * backslashes and NUL, in either reading.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const found: MovieNameCandidates = movieNameCandidates("a/b%20c");
 * assertEquals(found, { kind: "candidates", paths: [["a", "b%20c"], ["a", "b c"]] });
 * assertEquals(movieNameCandidates("a%2f..%2fb").kind, "refused");
 * ```
 */
export function movieNameCandidates(name: string): MovieNameCandidates {
  if (name.length > MOST_CHARACTERS) return refused(`is longer than ${MOST_CHARACTERS} characters`);
  const literal = name.split("/");
  const decoded = literal.map(decodeSegment);
  for (const segment of [...literal, ...decoded]) {
    const reason = objection(segment);
    if (reason !== undefined) return refused(reason);
  }
  const same = decoded.every((segment, i) => segment === literal[i]);
  return { kind: "candidates", paths: same ? [literal] : [literal, decoded] };
}

function refused(reason: string): MovieNameCandidates {
  return { kind: "refused", reason };
}

/** As it is where it is not percent-encoding: `100%.mjpeg` is a name too. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return segment;
  }
}

function objection(segment: string): string | undefined {
  if (segment === "") return "is empty, absolute, or has an empty part";
  if (segment === "." || segment === "..") return `has a part "${segment}"`;
  if (segment.includes("/")) return "has an encoded slash";
  if (segment.includes("\\")) return "has a backslash";
  if (segment.includes("\0")) return "has a NUL";
  return undefined;
}
