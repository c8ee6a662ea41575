/** Left rotations, four a round (RFC 1321 §3.4). */
const ROTATIONS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const;
/** floor(2^32 * abs(sin(i + 1))) (RFC 1321 §3.4). */
const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.abs(Math.sin(i + 1)) * 2 ** 32);
const BLOCK_LENGTH = 64;

/**
 * The MD5 digest of bytes in lower-case hexadecimal digits (RFC 1321). Broken as a secure hash; here
 * because Digest in RTSP knows little else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("abc");
 * assertEquals(md5(bytes), "900150983cd24fb0d6963f7d28e17f72");
 * ```
 */
export function md5(bytes: Uint8Array): string {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK_LENGTH) * BLOCK_LENGTH);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length * 8 >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let offset = 0; offset < padded.length; offset += BLOCK_LENGTH) {
    addBlock(state, new DataView(padded.buffer, offset, BLOCK_LENGTH));
  }
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => digest.setUint32(index * 4, word, true));
  const digits = Array.from(new Uint8Array(digest.buffer), (b) => b.toString(16).padStart(2, "0"));
  return digits.join("");
}

function addBlock(state: Uint32Array, block: DataView): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let i = 0; i < 64; i++) {
    const round = i >> 4;
    const [mixed, word] = mix(round, i, b, c, d);
    const sum = a + mixed + (SINES[i] ?? 0) + block.getUint32(word * 4, true) | 0;
    const left = ROTATIONS[round]?.[i & 3] ?? 0;
    [a, d, c, b] = [d, c, b, b + (sum << left | sum >>> 32 - left) | 0];
  }
  [a, b, c, d].forEach((word, index) => state[index] = (state[index] ?? 0) + word);
}

/** The round's function and which word of the block it takes. */
function mix(round: number, i: number, b: number, c: number, d: number): [number, number] {
  if (round === 0) return [b & c | ~b & d, i];
  if (round === 1) return [d & b | ~d & c, 5 * i + 1 & 15];
  if (round === 2) return [b ^ c ^ d, 3 * i + 5 & 15];
  return [c ^ (b | ~d), 7 * i & 15];
}
