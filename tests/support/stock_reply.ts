/** A reply as the stock client understands it. */
export interface StockReply {
  readonly status: number;
  readonly cseq: number;
  /** A decimal number of any size. */
  readonly session: string;
  /** What the one read returned. */
  readonly text: string;
}

/** What kills the stock client's reply thread: a Python exception. */
export class StockClientDied extends Error {
  override readonly name = "StockClientDied";
}

/**
 * Reads one reply by position, as the stock client does: second word of each of the first three lines,
 * each by `int()`.
 *
 * Python's order is kept: CSeq first, and for another CSeq than `wanted` nothing else is looked at.
 *
 * @returns `undefined` for another CSeq.
 * @throws {StockClientDied} Where Python raises `IndexError` or `ValueError`.
 */
export function parseStockReply(text: string, wanted: number): StockReply | undefined {
  const lines = text.split("\n");
  const cseq = secondWord(lines, 1, text);
  if (BigInt(wanted) !== cseq) return undefined;
  const session = secondWord(lines, 2, text);
  const status = secondWord(lines, 0, text);
  return { status: Number(status), cseq: wanted, session: session.toString(), text };
}

function secondWord(lines: readonly string[], index: number, text: string): bigint {
  const word = lines[index]?.split(" ")[1];
  if (word === undefined) {
    throw new StockClientDied(
      `IndexError: no second word on line ${index + 1} of ${JSON.stringify(text)}`,
    );
  }
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(word)) {
    throw new StockClientDied(
      `ValueError: int(${JSON.stringify(word)}) on line ${index + 1} of ${JSON.stringify(text)}`,
    );
  }
  const digits = BigInt(word.replace(/[\s+_-]/g, ""));
  return word.includes("-") ? -digits : digits;
}
