/** One header line: its name as written, and its value without the spaces around it. */
export type RtspHeader = readonly [name: string, value: string];

/**
 * The headers of one message in their order: names compare without regard to case, a name may stand
 * several times. Names come from the wire, so `constructor` and `__proto__` are names like others.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new RtspHeaders([["CSeq", "1"], ["Require", "a"], ["require", "b"]]);
 * assertEquals(headers.get("cseq"), "1");
 * assertEquals(headers.getAll("Require"), ["a", "b"]);
 * assertEquals(headers.list("Require"), "a, b");
 * assertEquals(headers.get("constructor"), undefined);
 * ```
 */
export class RtspHeaders {
  /** All header lines in wire order. */
  readonly entries: readonly RtspHeader[];

  /** @param entries In the order in which they are to be written; not checked until then. */
  constructor(entries: readonly RtspHeader[] = []) {
    this.entries = entries;
  }

  /** The first value under `name`, or `undefined`. */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.entries.find(([found]) => found.toLowerCase() === wanted)?.[1];
  }

  /** All values under `name` in their order; empty where there is none. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.entries.filter(([found]) => found.toLowerCase() === wanted).map(([, value]) =>
      value
    );
  }

  /**
   * All values under `name` as one comma-separated list, which is what several lines mean for a list
   * header (RFC 2326 §4.2, RFC 2068 §4.2); `undefined` where there is none.
   */
  list(name: string): string | undefined {
    const values = this.getAll(name);
    return values.length === 0 ? undefined : values.join(", ");
  }

  /** Whether there is a line under `name`. */
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** A copy with one more line at the end. */
  with(name: string, value: string): RtspHeaders {
    return new RtspHeaders([...this.entries, [name, value]]);
  }
}
