/**
 * Things that wait for something slow, in order, so many at a time: who offers them is never held up.
 */
export class BoundedQueue<Item> {
  readonly #mostWaiting: number;
  readonly #work: (item: Item) => Promise<void>;
  readonly #waiting: Item[] = [];
  #working: Promise<void> | undefined;

  /**
   * @param mostWaiting More are refused.
   * @param work Never rejects; the next item waits until it has resolved.
   */
  constructor(mostWaiting: number, work: (item: Item) => Promise<void>) {
    this.#mostWaiting = mostWaiting;
    this.#work = work;
  }

  /** Takes an item, or says that there is no room. */
  offer(item: Item): boolean {
    if (this.#waiting.length >= this.#mostWaiting) return false;
    this.#waiting.push(item);
    this.#working ??= this.#drain();
    return true;
  }

  /** Forgets what waits, but not what is being worked on. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#working;
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      await this.#work(next);
      if (this.#waiting[0] === next) this.#waiting.shift();
    }
    this.#working = undefined;
  }
}
