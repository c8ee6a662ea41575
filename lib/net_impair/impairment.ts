/** What a bad network does to datagrams. */
export interface Impairment {
  /** How many are lost: a fraction of 1, as are the others. */
  readonly loss: number;
  /** How long each takes. */
  readonly delayMs: number;
  /** How much more or less one takes, evenly spread; order is kept all the same. */
  readonly jitterMs: number;
  /** How many are held back until others have passed. */
  readonly reorder: number;
  /** How many arrive twice. */
  readonly duplicate: number;
  /** The same seed gives the same fate to the same datagrams. */
  readonly seed: number;
}

/** A network that changes nothing. */
export const NO_IMPAIRMENT: Impairment = {
  loss: 0,
  delayMs: 0,
  jitterMs: 0,
  reorder: 0,
  duplicate: 0,
  seed: 1,
};

/** Longest delay and jitter: a minute holds more datagrams than any test asks for. */
const MOST_MS = 60_000;

const FIELDS: ReadonlyMap<string, (value: string) => Partial<Impairment> | undefined> = new Map([
  ["loss", (value) => fractionOf(value, (loss) => ({ loss }))],
  ["delay", (value) => timeOf(value, (delayMs) => ({ delayMs }))],
  ["jitter", (value) => timeOf(value, (jitterMs) => ({ jitterMs }))],
  ["reorder", (value) => fractionOf(value, (reorder) => ({ reorder }))],
  ["duplicate", (value) => fractionOf(value, (duplicate) => ({ duplicate }))],
  ["seed", seedOf],
]);

const FORMS: ReadonlyMap<string, string> = new Map([
  ["loss", "a percentage such as 2%"],
  ["delay", "a time up to 60 s such as 20ms or 1.5s"],
  ["jitter", "a time up to 60 s such as 5ms or 0.1s"],
  ["reorder", "a percentage such as 1%"],
  ["duplicate", "a percentage such as 0.5%"],
  ["seed", "an integer from 0 to 4294967295 such as 7"],
]);

/**
 * Reads what a user writes: `loss=2%,delay=20ms,jitter=5ms,reorder=1%,duplicate=0.5%,seed=7`, in any
 * order, each at most once; what is left out is as in `NO_IMPAIRMENT`.
 *
 * @throws {SyntaxError} One sentence that names what was found and wanted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { loss, delayMs } = parseImpairment("loss=2%,delay=20ms");
 * assertEquals([loss, delayMs], [0.02, 20]);
 * ```
 */
export function parseImpairment(text: string): Impairment {
  let impairment = NO_IMPAIRMENT;
  const seen = new Set<string>();
  for (const part of text.split(",")) {
    const [name = "", ...rest] = part.trim().split("=");
    const read = FIELDS.get(name);
    if (read === undefined) {
      const known = [...FIELDS.keys()].join(", ");
      throw new SyntaxError(`Cannot read impairment "${text}": "${name}" is none of ${known}`);
    }
    if (seen.has(name)) {
      throw new SyntaxError(`Cannot read impairment "${text}": ${name} is given twice`);
    }
    seen.add(name);
    const value = rest.join("=");
    const field = read(value);
    if (field === undefined) {
      const wanted = `${name} is "${value}", not ${FORMS.get(name)}`;
      throw new SyntaxError(`Cannot read impairment "${text}": ${wanted}`);
    }
    impairment = { ...impairment, ...field };
  }
  return impairment;
}

function fractionOf<T>(value: string, field: (fraction: number) => T): T | undefined {
  const percent = Number(/^(\d+(?:\.\d+)?)%$/.exec(value)?.[1]);
  return percent <= 100 ? field(percent / 100) : undefined;
}

function timeOf<T>(value: string, field: (ms: number) => T): T | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(value) ?? [];
  const ms = Number(digits) * (unit === "s" ? 1000 : 1);
  return ms <= MOST_MS ? field(ms) : undefined;
}

function seedOf(value: string): Partial<Impairment> | undefined {
  const seed = /^\d+$/.test(value) ? Number(value) : NaN;
  return seed < 2 ** 32 ? { seed } : undefined;
}
