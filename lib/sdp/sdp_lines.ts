import { WireError } from "../bytes/wire_error.ts";

/** One line of a description. */
export interface SdpLine {
  /** The one letter before `=`. */
  readonly type: string;
  readonly value: string;
  /** From 1. */
  readonly number: number;
}

/** Most lines: a description of a hundred tracks with forty lines each. */
const MOST_LINES = 4096;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The lines of a description: LF is taken for CRLF, empty lines and NULs at the end are passed over.
 *
 * @throws {WireError} For a line that is not `<letter>=…`, control characters, and too many lines.
 */
export function sdpLines(bytes: Uint8Array): SdpLine[] {
  const text = DECODER.decode(bytes);
  const lines = text.slice(0, lengthWithoutEnd(text)).split(/\r?\n/);
  if (lines.length > MOST_LINES) fail(`${lines.length} lines are more than ${MOST_LINES}`);
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const [, type, value = ""] = /^([a-zA-Z])=(.*)$/s.exec(line) ?? [];
    if (type === undefined) fail(`line ${index + 1} ${excerpt(line)} is not "<letter>=<value>"`);
    if (/[\0\r]/.test(value)) fail(`line ${index + 1} ${excerpt(line)} holds NUL or CR`);
    return [{ type, value: value.trimEnd(), number: index + 1 }];
  });
}

/** Without the NULs and white space at the end; an expression would backtrack over all inside. */
function lengthWithoutEnd(text: string): number {
  let end = text.length;
  while (end > 0 && /[\0\s]/.test(text.charAt(end - 1))) end--;
  return end;
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function fail(problem: string): never {
  throw new WireError(`Cannot parse SDP: ${problem}`);
}
