/** Messages that are kept at most, and their bytes in all. */
const MOST_MESSAGES = 600;
const MOST_OCTETS = 4 << 20;

/** The newest messages of a conversation as they are on the wire, by number; bounded. */
export class KeptMessages {
  /** Oldest first. */
  readonly #messages = new Map<number, Uint8Array>();
  #octets = 0;

  /** Keeps one more, and lets the oldest go where there are too many. @param bytes Never changed. */
  add(id: number, bytes: Uint8Array): void {
    this.#messages.set(id, bytes);
    this.#octets += bytes.length;
    for (const [oldest, { length }] of this.#messages) {
      if (this.#messages.size <= MOST_MESSAGES && this.#octets <= MOST_OCTETS) return;
      this.#messages.delete(oldest);
      this.#octets -= length;
    }
  }

  /** The bytes of one; `undefined` where it is not kept, or never was. */
  get(id: number): Uint8Array | undefined {
    return this.#messages.get(id);
  }
}
