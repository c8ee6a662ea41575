const PRIMES = firstPrimes(64);
/** First 32 bits of the fractions of the cube roots of the first 64 primes (RFC 6234 §5.1). */
const CONSTANTS = Uint32Array.from(PRIMES, (prime) => Math.cbrt(prime) % 1 * 2 ** 32);
/** The same of the square roots of the first 8 (RFC 6234 §6.1). */
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => Math.sqrt(prime) % 1 * 2 ** 32);
const BLOCK_LENGTH = 64;

/**
 * The SHA-256 digest of bytes in lower-case hexadecimal digits (RFC 6234).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("abc");
 * assertEquals(
 *   sha256(bytes),
 *   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * );
 * ```
 */
export function sha256(bytes: Uint8Array): string {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK_LENGTH) * BLOCK_LENGTH);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8 >>> 0);
  const state = Uint32Array.from(START);
  for (let offset = 0; offset < padded.length; offset += BLOCK_LENGTH) {
    addBlock(state, new DataView(padded.buffer, offset, BLOCK_LENGTH));
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function addBlock(state: Uint32Array, block: DataView): void {
  const words = schedule(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = e & f ^ ~e & g;
    const first = h + big1 + choice + (CONSTANTS[i] ?? 0) + (words[i] ?? 0) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = a & b ^ a & c ^ b & c;
    [h, g, f, e, d, c, b, a] = [g, f, e, d + first | 0, c, b, a, first + big0 + majority | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => state[index] = (state[index] ?? 0) + word);
}

function schedule(block: DataView): Uint32Array {
  const words = new Uint32Array(64);
  for (let i = 0; i < 16; i++) words[i] = block.getUint32(i * 4);
  for (let i = 16; i < 64; i++) {
    const [x = 0, y = 0] = [words[i - 15], words[i - 2]];
    const small0 = rotate(x, 7) ^ rotate(x, 18) ^ x >>> 3;
    const small1 = rotate(y, 17) ^ rotate(y, 19) ^ y >>> 10;
    words[i] = (words[i - 16] ?? 0) + small0 + (words[i - 7] ?? 0) + small1;
  }
  return words;
}

function rotate(word: number, right: number): number {
  return word >>> right | word << 32 - right;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}
