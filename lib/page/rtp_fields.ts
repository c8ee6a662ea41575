/** A field of a header: where it is, how wide, and what it says. */
export interface HeaderField {
  readonly name: string;
  /** Width in bits. */
  readonly bits: number;
  readonly value: string;
}

/**
 * The fields of an RTP header in their order (RFC 3550 §5.1).
 *
 * @param hex Its first 12 bytes, such as `80 9a …`.
 * @returns Empty where there are fewer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fields = rtpFields("80 9a 00 07 00 00 03 e8 00 00 00 2a");
 * const text = fields.map(({ name, value }) => `${name} ${value}`).slice(4, 8);
 * assertEquals(text, ["M 1", "PT 26", "Sequence number 7", "Timestamp 1000"]);
 * ```
 */
export function rtpFields(hex: string): HeaderField[] {
  const bytes = hex.split(/\s+/).filter((text) => text !== "").map((text) => parseInt(text, 16));
  if (bytes.length < 12) return [];
  const view = new DataView(Uint8Array.from(bytes).buffer);
  const [first, second] = [view.getUint8(0), view.getUint8(1)];
  const ssrc = view.getUint32(8).toString(16).padStart(8, "0");
  return [
    { name: "V", bits: 2, value: String(first >> 6) },
    { name: "P", bits: 1, value: String(first >> 5 & 1) },
    { name: "X", bits: 1, value: String(first >> 4 & 1) },
    { name: "CC", bits: 4, value: String(first & 15) },
    { name: "M", bits: 1, value: String(second >> 7) },
    { name: "PT", bits: 7, value: String(second & 127) },
    { name: "Sequence number", bits: 16, value: String(view.getUint16(2)) },
    { name: "Timestamp", bits: 32, value: String(view.getUint32(4)) },
    { name: "SSRC", bits: 32, value: `0x${ssrc}` },
  ];
}
