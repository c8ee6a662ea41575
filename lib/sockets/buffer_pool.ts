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

  /**
   * Takes back what `take()` gave, once nobody reads or writes it any more. Where there is no room, those of
   * other sizes go first: they may be of frames that nobody sends any more.
   */
  give({ buffer }: Uint8Array): void {
    const octets = buffer.byteLength;
    const power = 31 - Math.clz32(octets);
    const free = power < LEAST_POWER ? undefined : this.#free[power];
    if (free === undefined || octets !== 2 ** power || octets > this.#maxOctets) return;
    for (const others of this.#free) {
      if (others !== free) this.#makeRoom(octets, others);
    }
    if (this.#octets + octets > this.#maxOctets) return;
    free.push(buffer);
    this.#octets += octets;
  }

  #makeRoom(octets: number, others: ArrayBufferLike[]): void {
    while (this.#octets + octets > this.#maxOctets) {
      const other = others.pop();
      if (other === undefined) return;
      this.#octets -= other.byteLength;
    }
  }
}
