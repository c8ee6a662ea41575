/** Counts what is going on at a time, for all and for each peer, and says when it is enough. */
export class Places {
  readonly #most: number;
  readonly #mostEach: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  /**
   * @param most For all peers together.
   * @param mostEach For each of them.
   */
  constructor(most: number, mostEach: number) {
    this.#most = most;
    this.#mostEach = mostEach;
  }

  /** How many are taken. */
  get taken(): number {
    return this.#all;
  }

  /** Takes one; `undefined` where there is none left, otherwise what gives it back, once. */
  take(peer: string): (() => void) | undefined {
    const taken = this.#taken.get(peer) ?? 0;
    if (this.#all >= this.#most || taken >= this.#mostEach) return undefined;
    this.#all++;
    this.#taken.set(peer, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#all--;
      const left = (this.#taken.get(peer) ?? 0) - 1;
      if (left > 0) this.#taken.set(peer, left);
      else this.#taken.delete(peer);
    };
  }
}
