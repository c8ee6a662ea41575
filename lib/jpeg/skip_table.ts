import { type DecodeTable, LOOK_BITS } from "./decode_table.ts";

/** How many bits index a skip table. */
export const SKIP_BITS = 12;

/**
 * By the next `SKIP_BITS` bits, what to pass over at once: in the lowest 8 bits, how many bits the whole
 * symbols in them take, values included; in bits 8 to 15, how many places of the block they fill; and 1
 * in bit 16 if the last of them ends the block. 0: not even one symbol is whole.
 */
export type SkipTable = Int32Array;

const KNOWN = new WeakMap<DecodeTable, SkipTable>();
const [ZRL, ENDS] = [0xf0, 1 << 16];

/** The skip table of AC codes, made once for each decode table. */
export function skipTableOf(table: DecodeTable): SkipTable {
  const known = KNOWN.get(table);
  if (known !== undefined) return known;
  const skips = new Int32Array(1 << SKIP_BITS);
  for (let next = 0; next < skips.length; next++) skips[next] = skipOf(table, next);
  KNOWN.set(table, skips);
  return skips;
}

function skipOf({ look }: DecodeTable, next: number): number {
  let [length, places] = [0, 0];
  for (;;) {
    // What lies behind the known bits is taken as 0: an entry counts if it ends before that.
    const entry = look[next << length >> SKIP_BITS - LOOK_BITS & (1 << LOOK_BITS) - 1] as number;
    const hasValue = entry >> 16 !== 0;
    const size = hasValue ? 0 : entry >> 8 & 15; // of the value that is still to come
    const run = hasValue ? entry >> 8 & 15 : entry >> 12;
    const taken = length + (entry & 0xff) + size;
    if (entry === 0 || taken > SKIP_BITS) return places << 8 | length;
    length = taken;
    if (!hasValue && size === 0 && entry >> 8 !== ZRL) return ENDS | places << 8 | length;
    places += run + 1;
  }
}
