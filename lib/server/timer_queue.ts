interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly item: T;
}

/**
 * Items by the absolute time at which they are due, the earliest first; items of one time come in
 * the order in which they were put in. A binary heap: each step costs log n.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new TimerQueue<string>();
 * queue.put(50, "second");
 * queue.put(20, "first");
 * assertEquals(queue.nextMs, 20);
 * assertEquals([queue.take(49), queue.take(49)], ["first", undefined]);
 * ```
 */
export class TimerQueue<T> {
  readonly #heap: Entry<T>[] = [];
  #order = 0;

  /** How many items wait. */
  get size(): number {
    return this.#heap.length;
  }

  /** When the earliest item is due, in monotonic milliseconds. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Puts an item in, to be taken at `atMs` or later. */
  put(atMs: number, item: T): void {
    const heap = this.#heap;
    const entry = { atMs, order: this.#order++, item };
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parentAt = at - 1 >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[at] = parent;
      heap[parentAt] = entry;
      at = parentAt;
    }
  }

  /** Takes the earliest item out if it is due. */
  take(nowMs: number): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first.item;
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      const right = heap[childAt + 1];
      if (child !== undefined && right !== undefined && isBefore(right, child)) {
        child = right;
        childAt++;
      }
      if (child === undefined || !isBefore(child, entry)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = entry;
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.atMs < b.atMs || a.atMs === b.atMs && a.order < b.order;
}
