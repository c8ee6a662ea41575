import { MAX_HEAD_LENGTH, MAX_HEADER_LINES } from "./limits.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

const [NUL, TAB, LF, CR, SPACE, DELETE] = [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x7f];
/** The first bytes of TLS records (RFC 8446 §5.1); never those of RTSP. */
const [TLS_ALERT, TLS_HANDSHAKE] = [0x15, 0x16];

/**
 * Whether the line `head.subarray(lineStart)`, the last complete one, starts another message at some
 * offset of `head`; asked for by servers of the lab dialect, whose messages have no end of their own.
 */
export type StartsAnother = (head: Uint8Array, lineStart: number) => number | undefined;

/** Finds the end of a message's head in a growing buffer, and looks at each byte once. */
export class HeadScanner {
  readonly #startsAnother: StartsAnother | undefined;
  #at = 0;
  #lineStart = 0;
  #lines = 0;

  constructor(startsAnother?: StartsAnother) {
    this.#startsAnother = startsAnother;
  }

  /**
   * The length of the head at the start of `view`, its blank line included; `undefined` while it is not
   * whole.
   *
   * @param view Starts at the head's first byte; longer at each call. After an end was found the next
   * call starts another head.
   * @throws {RtspSyntaxError} For control bytes (400) and heads over the limits (413). A NUL inside line 1
   * is let pass: it is part of a name, of which there is none (404).
   */
  scan(view: Uint8Array): number | undefined {
    for (; this.#at < view.length; this.#at++) {
      const byte = view[this.#at] as number;
      if (this.#at >= MAX_HEAD_LENGTH) {
        fail(`its head is longer than ${MAX_HEAD_LENGTH} bytes`, 413);
      }
      if (byte !== LF && this.#at > 0 && view[this.#at - 1] === CR) {
        fail(`CR without LF in line ${this.#lines + 1} (byte ${this.#at - 1})`, 400);
      }
      if (byte === LF) {
        const end = this.#endLine(view);
        if (end === undefined) continue;
        this.reset();
        return end;
      }
      const isInName = byte === NUL && this.#lines === 0 && this.#at > 0;
      if (byte < SPACE && byte !== CR && byte !== TAB && !isInName || byte === DELETE) {
        if (this.#at === 0 && (byte === TLS_ALERT || byte === TLS_HANDSHAKE)) {
          fail(`it starts with byte ${byte.toString(16)}, as TLS does (rtsps://)`, 400, true);
        }
        const digits = byte.toString(16).padStart(2, "0");
        fail(`control byte ${digits} in line ${this.#lines + 1} (byte ${this.#at})`, 400);
      }
    }
    return undefined;
  }

  /** The next `scan` starts another head. */
  reset(): void {
    this.#at = this.#lineStart = this.#lines = 0;
  }

  #endLine(view: Uint8Array): number | undefined {
    const [start, end] = [this.#lineStart, this.#at + 1];
    const length = end - start;
    if (length === 1 || (length === 2 && view[start] === CR)) return end;
    this.#lines++;
    if (this.#lines > 1 + MAX_HEADER_LINES) {
      fail(`it has more than ${MAX_HEADER_LINES} header lines`, 413);
    }
    this.#lineStart = end;
    return this.#startsAnother?.(view.subarray(0, end), start);
  }
}

function fail(problem: string, status: 400 | 413, isTls: boolean = false): never {
  throw new RtspSyntaxError(`Cannot parse RTSP message: ${problem}`, status, isTls);
}
