import { describeBytes } from "./describe_bytes.ts";
import { FrameIndex } from "./frame_index.ts";
import { type IndexSteps, MOST_WANTED_LENGTH, type ReadSteps } from "./index_steps.ts";
import type { MovieIndex } from "./movie_indexer.ts";
import type { MovieProblem } from "./movie_problem.ts";

/** The most that a part's header may have, and the most before the first boundary. */
const MOST_HEADER_LENGTH = 8 * 1024;
/** As much as a part's header has as a rule. */
const USUAL_HEADER_LENGTH = 256;
/** The longest line of a boundary: RFC 2046 §5.1.1 allows 70 characters and two dashes. */
const MOST_BOUNDARY_LENGTH = 256;
/** The boundary's line, the lines of the header, and an empty line. */
const PART_HEAD = /^.*\r?\n((?:[^\r\n]+\r?\n)*)\r?\n/;
const LINE_FEED = 0x0a;

/**
 * Finds the frames in a dump of `multipart/x-mixed-replace` (RFC 2046 §5.1), as web cameras send it, with
 * or without the head of the HTTP response before it. The first line that starts with `--` is the
 * boundary. Parts end after their `Content-Length`, or, where there is none or a wrong one, before the
 * next boundary.
 *
 * @param fileLength In bytes.
 */
export function* indexMultipart(fileLength: number): IndexSteps {
  return yield* new MultipartWalk(fileLength).run();
}

class MultipartWalk {
  readonly #frames = new FrameIndex();
  readonly #fileLength: number;
  #others = 0;

  constructor(fileLength: number) {
    this.#fileLength = fileLength;
  }

  *run(): ReadSteps<MovieIndex> {
    const text = letters(yield { offset: 0, length: MOST_HEADER_LENGTH });
    const start = /^--\S[^\r\n]*/m.exec(text);
    if (start === null || start[0].length > MOST_BOUNDARY_LENGTH) {
      return this.#end(this.#problem(0, text.slice(0, 8), "a boundary (--)"));
    }
    const boundary = start[0].trimEnd();
    let at = start.index;
    while (at < this.#fileLength) {
      const next = yield* this.#readPart(at, boundary);
      if (typeof next !== "number") return this.#end(next);
      at = next;
    }
    return this.#end(undefined);
  }

  /** Where the boundary after the part is whose boundary is at `at`; or the file's end. */
  *#readPart(at: number, boundary: string): ReadSteps<number | MovieProblem> {
    let text = letters(yield { offset: at, length: USUAL_HEADER_LENGTH });
    if (text.slice(boundary.length, boundary.length + 2) === "--") return this.#fileLength;
    let head = PART_HEAD.exec(text);
    if (head === null) {
      text = letters(yield { offset: at, length: MOST_HEADER_LENGTH });
      head = PART_HEAD.exec(text);
    }
    if (head === null) {
      const end = at + text.length;
      if (end === this.#fileLength) return this.#fileLength; // cut off within a header: no frame is lost
      return this.#problem(at, text.slice(0, 8), "the header of a part and an empty line");
    }
    const start = at + head[0].length;
    const length = /^content-length:\s*(\d{1,15})\s*$/im.exec(head[1] ?? "")?.[1];
    const declared = length === undefined ? undefined : start + Number(length);
    const end = yield* this.#endOfPart(start, declared, boundary);
    if (declared !== undefined && end.boundary === this.#fileLength && declared > end.boundary) {
      const found = `the end of the file after ${this.#fileLength - start} bytes of the frame`;
      return { ...this.#problem(this.#fileLength, "", `${length} bytes`), found };
    }
    yield* this.#takePart(start, end.body);
    return end.boundary;
  }

  *#takePart(start: number, end: number): ReadSteps<void> {
    const bytes = yield { offset: start, length: 2 };
    const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && end - start >= 4;
    if (isJpeg) this.#frames.append(start, end - start);
    else this.#others++;
  }

  /** Where a part's body ends, and where the next boundary is. */
  *#endOfPart(
    start: number,
    declared: number | undefined,
    boundary: string,
  ): ReadSteps<{ readonly body: number; readonly boundary: number }> {
    if (declared !== undefined && declared < this.#fileLength) {
      const bytes = yield { offset: declared, length: boundary.length + 4 };
      const between = /^(\r?\n)*/.exec(letters(bytes))?.[0].length ?? 0;
      const follows = letters(bytes).startsWith(boundary, between);
      if (follows || declared + between >= this.#fileLength) {
        return { body: declared, boundary: declared + between };
      }
    } else if (declared === this.#fileLength) {
      return { body: declared, boundary: declared };
    }
    return yield* this.#findBoundary(start, boundary);
  }

  *#findBoundary(
    start: number,
    boundary: string,
  ): ReadSteps<{ readonly body: number; readonly boundary: number }> {
    const wanted = bytesOf(`\n${boundary}`);
    for (let at = start - 1; at < this.#fileLength;) { // the line end before an empty body
      const bytes = yield { offset: at, length: MOST_WANTED_LENGTH };
      const found = indexOf(bytes, wanted);
      if (found >= 0) {
        const carriageReturn = found > 0 && bytes[found - 1] === 0x0d ? 1 : 0;
        return { body: Math.max(start, at + found - carriageReturn), boundary: at + found + 1 };
      }
      if (bytes.length < MOST_WANTED_LENGTH) break;
      at += bytes.length - wanted.length; // with the byte before it
    }
    const last = letters(yield { offset: this.#fileLength - 2, length: 2 });
    const lineEnd = /\r?\n$/.exec(last)?.[0].length ?? 0;
    return { body: Math.max(start, this.#fileLength - lineEnd), boundary: this.#fileLength };
  }

  #problem(offset: number, found: string, wanted: string): MovieProblem {
    const frame = this.#frames.count + 1;
    return { frame, offset, found: describeBytes(bytesOf(found)), wanted };
  }

  #end(problem: MovieProblem | undefined): MovieIndex {
    const frames = this.#frames;
    frames.trim();
    if (problem !== undefined) return { frames, problem };
    if (frames.count === 0) {
      const found = `${this.#others} parts of another kind`;
      const offset = this.#fileLength;
      return { frames, problem: { frame: 1, offset, found, wanted: "a part with a JPEG (ff d8)" } };
    }
    if (this.#others === 0) return { frames };
    return { frames, remark: `${this.#others} parts that are no JPEG are passed over` };
  }
}

/** Each byte as a letter. */
function letters(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Where the wanted bytes, of which the first is a line feed, are found; -1 where they are not. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched++;
    if (matched === wanted.length) return at;
  }
  return -1;
}
