/** The smallest and the largest buffers that are kept, as powers of two. */
const [LEAST_POWER, MOST_POWER] = [10, 20];

/**
 * Buffers that are used again and again, so that what is sent each second is not all allocated, filled
 * with zeros and collected: of sizes that are powers of two, up to 1 MiB; larger ones are not kept.
 */
export class BufferPool {
  readonly #maxOctets: number;
  /** By the power of their size. */
  readonly #free: ArrayBufferLike[][] = Array.from({ length: MOST_POWER + 1 }, () => []);
  #octets = 0;

  /** @param maxOctets How many bytes of buffers are kept while nobody uses them. */
  constructor(maxOctets: number) {
    this.#maxOctets = maxOctets;
  }

  /** How many bytes are kept. */
  get octets(): number {
    return this.#octets;
  }

  /** So many bytes, with anything in them. */
  take(length: number): Uint8Array {
    const power = Math.max(LEAST_POWER, 32 - Math.clz32(length - 1));
    if (power > MOST_POWER) return new Uint8Array(length);
    const buffer = this.#free[power]?.pop();
    if (buffer === undefined) return new Uint8Array(new ArrayBuffer(2 ** power), 0, length);
    this.#octets -= buffer.byteLength;
    return new Uint8Array(buffer, 0, length);
  }

  /** Takes back what `take()` gave, once nobody reads or writes it any more. */
  give(bytes: Uint8Array): void {
    const { buffer } = bytes;
    const power = 31 - Math.clz32(buffer.byteLength);
    const free = power < LEAST_POWER ? undefined : this.#free[power];
    if (free === undefined || buffer.byteLength !== 2 ** power) return;
    if (this.#octets + buffer.byteLength > this.#maxOctets) return;
    free.push(buffer);
    this.#octets += buffer.byteLength;
  }
}
