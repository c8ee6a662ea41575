import { CHROMA_AC_TABLE, CHROMA_DC_TABLE, LUMA_AC_TABLE, LUMA_DC_TABLE } from "./annex_k.ts";
import type { HuffmanTable } from "./huffman_table.ts";

/** What the headers of a baseline JPEG with the tables of annex K say. */
export interface BaselineHeaders {
  /** In pixels, 1 to 65535. */
  readonly width: number;
  /** In pixels, 1 to 65535. */
  readonly height: number;
  /** Of each component, in order; the first is luma and uses the first quantiser table. */
  readonly sampling: readonly { readonly horizontal: number; readonly vertical: number }[];
  /** Quantiser tables, 64 bytes each in zig-zag order: luma, and chroma where there is one. */
  readonly quantisers: readonly Uint8Array[];
  /** MCUs from restart marker to restart marker; 0 for none. */
  readonly restartInterval: number;
}

/** All of a JFIF file from SOI to SOS, the entropy-coded data following (T.81 annex B, JFIF 1.02). */
export function serializeBaselineHeaders(headers: BaselineHeaders): Uint8Array {
  const { width, height, sampling, quantisers, restartInterval } = headers;
  const out: number[] = [0xff, 0xd8];
  segment(out, 0xe0, [...[0x4a, 0x46, 0x49, 0x46, 0], 1, 2, 0, ...u16(1), ...u16(1), 0, 0]);
  quantisers.forEach((table, id) => segment(out, 0xdb, [id, ...table]));
  segment(out, 0xc0, [
    ...[8, ...u16(height), ...u16(width), sampling.length],
    ...sampling.flatMap((s, i) => [i + 1, s.horizontal << 4 | s.vertical, Math.min(i, 1)]),
  ]);
  const tables: [number, HuffmanTable][] = [[0x00, LUMA_DC_TABLE], [0x10, LUMA_AC_TABLE]];
  if (sampling.length > 1) tables.push([0x01, CHROMA_DC_TABLE], [0x11, CHROMA_AC_TABLE]);
  for (const [id, { counts, symbols }] of tables) segment(out, 0xc4, [id, ...counts, ...symbols]);
  if (restartInterval > 0) segment(out, 0xdd, u16(restartInterval));
  const selectors = sampling.flatMap((_, i) => [i + 1, i === 0 ? 0x00 : 0x11]);
  segment(out, 0xda, [sampling.length, ...selectors, 0, 63, 0]);
  return Uint8Array.from(out);
}

function segment(out: number[], marker: number, body: readonly number[]): void {
  out.push(0xff, marker, ...u16(body.length + 2), ...body);
}

function u16(value: number): number[] {
  return [value >> 8, value & 0xff];
}
