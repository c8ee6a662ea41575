import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { BufferPool } from "../../lib/sockets/buffer_pool.ts";

const ROWS: readonly (readonly [length: number, kept: number])[] = [
  [1, 1024],
  [1024, 1024],
  [1025, 2048],
  [12_000, 16_384],
  [1024 * 1024, 1024 * 1024],
  [1024 * 1024 + 1, 0],
  [2 * 1024 * 1024, 0],
];

for (const [length, kept] of ROWS) {
  Deno.test(`BufferPool gives ${length} bytes and keeps ${kept}`, () => {
    const pool = new BufferPool(4 * 1024 * 1024);
    const bytes = pool.take(length);
    assertEquals([bytes.length, pool.octets], [length, 0]);
    pool.give(bytes);
    assertEquals(pool.octets, kept);
  });
}

Deno.test("BufferPool gives a buffer again only after it was given back", () => {
  const pool = new BufferPool(4 * 1024 * 1024);
  const first = pool.take(1500);
  const second = pool.take(1500);
  assert(first.buffer !== second.buffer);
  pool.give(first);
  assertStrictEquals(pool.take(2000).buffer, first.buffer);
  assert(pool.take(2000).buffer !== first.buffer);
  assertEquals(pool.octets, 0);
});

Deno.test("BufferPool keeps no more than it may", () => {
  const pool = new BufferPool(5000);
  const taken = Array.from({ length: 4 }, () => pool.take(2048));
  for (const bytes of taken) pool.give(bytes);
  assertEquals(pool.octets, 4096);
});

Deno.test("BufferPool gives up buffers of other sizes for the one that was used last", () => {
  const pool = new BufferPool(5000);
  const old = Array.from({ length: 4 }, () => pool.take(1024));
  for (const bytes of old) pool.give(bytes);
  const used = pool.take(2048);
  pool.give(used);
  assertEquals(pool.octets, 2048 + 2 * 1024);
  assertStrictEquals(pool.take(2048).buffer, used.buffer);
  pool.give(new Uint8Array(8192));
  assertEquals(pool.octets, 2 * 1024, "what does not fit at all drives nothing out");
});
