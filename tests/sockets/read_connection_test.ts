import { assertEquals } from "@std/assert";
import { readConnection } from "../../lib/sockets/read_connection.ts";

/** How long the buffers of the reads were, and what was taken, where so much came at a time. */
async function readsOf(arrivals: readonly number[]): Promise<{ asked: number[]; taken: number[] }> {
  const asked: number[] = [];
  const taken: number[] = [];
  const left = [...arrivals];
  const connection = {
    read: (into: Uint8Array): Promise<number | null> => {
      asked.push(into.length);
      const length = Math.min(left.shift() ?? 0, into.length);
      return Promise.resolve(length === 0 ? null : length);
    },
  };
  await readConnection(connection, (bytes) => taken.push(bytes.length));
  return { asked, taken };
}

Deno.test("readConnection() keeps to a small buffer while requests are small", async () => {
  assertEquals(await readsOf([100, 511, 30]), {
    asked: [512, 512, 512, 512],
    taken: [100, 511, 30],
  });
});

Deno.test("readConnection() takes a greater buffer once a read has filled the first", async () => {
  assertEquals(await readsOf([100, 600, 10_000, 512, 1]), {
    asked: [512, 512, 8192, 8192, 8192, 8192],
    taken: [100, 512, 8192, 512, 1],
  });
});
