/** Items that are due at the same time. */
interface Bucket<T> {
  readonly atMs: number;
  /** In the order in which they came; those before `next` have been taken. */
  readonly items: T[];
  next: number;
}

/**
 * Items by the absolute time at which they are due, the earliest first; items of one time come in
 * the order in which they were put in. A binary heap of the different times: where many items share a
 * few of them, as frames of one rate do, a step costs next to nothing.
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
  readonly #heap: Bucket<T>[] = [];
  readonly #buckets = new Map<number, Bucket<T>>();
  #size = 0;

  /** How many items wait. */
  get size(): number {
    return this.#size;
  }

  /** When the earliest item is due, in monotonic milliseconds. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Puts an item in, to be taken at `atMs` or later. */
  put(atMs: number, item: T): void {
    this.#size++;
    const bucket = this.#buckets.get(atMs);
    if (bucket !== undefined) {
      bucket.items.push(item);
      return;
    }
    const added = { atMs, items: [item], next: 0 };
    this.#buckets.set(atMs, added);
    this.#rise(added);
  }

  /** Takes the earliest item out if it is due. */
  take(nowMs: number): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    this.#size--;
    const item = first.items[first.next++];
    if (first.next === first.items.length) this.#removeFirst(first);
    return item;
  }

  #removeFirst(first: Bucket<T>): void {
    this.#buckets.delete(first.atMs);
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
  }

  #rise(bucket: Bucket<T>): void {
    const heap = this.#heap;
    let at = heap.push(bucket) - 1;
    while (at > 0) {
      const parentAt = at - 1 >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || parent.atMs < bucket.atMs) break;
      heap[at] = parent;
      heap[parentAt] = bucket;
      at = parentAt;
    }
  }

  #sink(bucket: Bucket<T>): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      const right = heap[childAt + 1];
      if (child !== undefined && right !== undefined && right.atMs < child.atMs) {
        child = right;
        childAt++;
      }
      if (child === undefined || bucket.atMs < child.atMs) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = bucket;
  }
}
