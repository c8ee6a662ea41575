import { assertEquals } from "@std/assert";
import { TimerQueue } from "../../lib/server/timer_queue.ts";
import { SeededRandom } from "../support/random.ts";

Deno.test("TimerQueue takes what is due, the earliest first, equal times in order", () => {
  const random = new SeededRandom(5);
  const queue = new TimerQueue<{ atMs: number; order: number }>();
  const items = Array.from({ length: 500 }, (_, order) => ({ atMs: random.below(90), order }));
  for (const item of items) queue.put(item.atMs, item);
  const taken = [];
  for (let now = 0; now < 90; now += 7) {
    for (let item = queue.take(now); item !== undefined; item = queue.take(now)) {
      assertEquals(item.atMs <= now, true);
      taken.push(item);
    }
  }
  for (let item = queue.take(90); item !== undefined; item = queue.take(90)) taken.push(item);
  assertEquals(taken, items.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order));
  assertEquals([queue.size, queue.nextMs, queue.take(1e9)], [0, undefined, undefined]);
});

Deno.test("TimerQueue keeps its order while items come and go", () => {
  const random = new SeededRandom(6);
  const queue = new TimerQueue<number>();
  const model: number[] = [];
  for (let step = 0; step < 5_000; step++) {
    if (random.below(3) > 0 || model.length === 0) {
      const atMs = step + random.below(50);
      queue.put(atMs, atMs);
      model.push(atMs);
    } else {
      model.sort((a, b) => a - b);
      assertEquals(queue.nextMs, model[0]);
      assertEquals(queue.take(1e9), model.shift());
    }
  }
});

Deno.test("TimerQueue agrees with a sorted list, also where times are shared and items put in between", () => {
  const random = new SeededRandom(7);
  const queue = new TimerQueue<number>();
  let expected: [number, number][] = [];
  for (let step = 0; step < 5000; step++) {
    if (random.below(3) > 0) {
      const atMs = random.below(40) * (random.below(2) === 0 ? 1 : 5);
      queue.put(atMs, step);
      expected.push([atMs, step]);
    } else {
      const nowMs = random.below(100);
      expected = expected.toSorted(([a, x], [b, y]) => a - b || x - y);
      const due = (expected[0]?.[0] ?? Infinity) <= nowMs ? expected.shift()?.[1] : undefined;
      assertEquals(queue.take(nowMs), due);
    }
    assertEquals(queue.size, expected.length);
    const nextMs = Math.min(...expected.map(([atMs]) => atMs));
    assertEquals(queue.nextMs ?? Infinity, nextMs);
  }
});
