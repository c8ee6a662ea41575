import { assertEquals } from "@std/assert";
import { EAGER_MS, ReadingPace } from "../../lib/sockets/reading_pace.ts";

const BUFFER = 8_000_000;

/** What it says to `[milliseconds, octets]` one behind the other. */
function paceOf(mostMs: number, reads: readonly (readonly [number, number])[]): number[] {
  const pace = new ReadingPace(mostMs, BUFFER);
  return reads.map(([nowMs, octets]) => pace.read(octets, nowMs));
}

Deno.test("ReadingPace.read() lets nothing wait at first, nor where nothing may wait", () => {
  const start = [[5_000, 1_000], [5_500, 1_000], [5_000 + EAGER_MS - 1, 1_000]] as const;
  assertEquals(paceOf(250, start), [0, 0, 0]);
  assertEquals(paceOf(0, [...start, [60_000, 1_000]]), [0, 0, 0, 0]);
});

Deno.test("ReadingPace.read() never lets more than an eighth of the buffer fill", () => {
  const rates: readonly (readonly [bytesPerMs: number, delayMs: number])[] = [
    [1, 250],
    [4_000, 250],
    [8_000, 125],
    [80_000, 12.5],
    [125_000, 0], // 1 Gbit/s: it is told of each datagram
  ];
  for (const [rate, delayMs] of rates) {
    const first = [[0, 0], [EAGER_MS, EAGER_MS * rate]] as const;
    assertEquals(paceOf(250, first).at(-1), delayMs, `${rate} bytes a ms`);
    const atMs = EAGER_MS + 100;
    const next = [...first, [atMs, 100 * rate]] as const;
    if (delayMs > 0) assertEquals(paceOf(250, next).at(-1), delayMs, `${rate} bytes a ms`);
  }
});

Deno.test("ReadingPace.read() waits for datagrams again after half a second of silence", () => {
  const pace = new ReadingPace(250, BUFFER);
  const reads = [[0, 1], [2_000, 2_000], [2_250, 250], [2_500, 0], [2_750, 0]] as const;
  const delays = reads.map(([nowMs, octets]) => pace.read(octets, nowMs));
  assertEquals(delays, [0, 250, 250, 250, 0]);
  assertEquals(pace.read(1, 9_000), 0);
  assertEquals(pace.read(1, 9_500), 0);
  assertEquals(pace.read(1, 11_000), 250);
});
