import { assertEquals, assertLessOrEqual } from "@std/assert";
import { type OrderedPacket, ReorderBuffer } from "../../lib/rtp/reorder_buffer.ts";
import { SeededRandom } from "../support/random.ts";

interface Packet {
  readonly sequence: number;
}

const packet = (sequence: number): Packet => ({ sequence: sequence & 0xffff });
const shown = (ordered: readonly OrderedPacket<Packet>[]) =>
  ordered.map(({ number, lostBefore }) =>
    lostBefore === 0 ? number : `${number} after ${lostBefore}`
  );

Deno.test("ReorderBuffer gives packets in order at once, whatever the first number", () => {
  for (const first of [0, 1, 65_534]) {
    const buffer = new ReorderBuffer<Packet>();
    for (let number = first; number < first + 5; number++) {
      const { verdict, ordered } = buffer.push(packet(number), 0);
      assertEquals([verdict, shown(ordered)], ["taken", [number]]);
    }
    assertEquals([buffer.waiting, buffer.wakeAtMs], [0, undefined]);
  }
});

Deno.test("ReorderBuffer holds what is ahead until the gap is filled", () => {
  const buffer = new ReorderBuffer<Packet>();
  buffer.push(packet(65_535), 0);
  assertEquals(buffer.push(packet(2), 10).ordered, []);
  assertEquals(buffer.push(packet(1), 20).ordered, []);
  assertEquals([buffer.waiting, buffer.wakeAtMs], [2, 110]);
  assertEquals(shown(buffer.push(packet(0), 30).ordered), [65_536, 65_537, 65_538]);
});

Deno.test("ReorderBuffer gives a gap up after 100 ms", () => {
  const buffer = new ReorderBuffer<Packet>();
  buffer.push(packet(1), 0);
  buffer.push(packet(4), 10);
  buffer.push(packet(7), 60);
  assertEquals(buffer.tick(109), []);
  assertEquals(shown(buffer.tick(110)), ["4 after 2"]);
  assertEquals(buffer.wakeAtMs, 160);
  assertEquals(shown(buffer.push(packet(8), 160).ordered), ["7 after 2", 8]);
});

Deno.test("ReorderBuffer gives a gap up when 64 packets wait", () => {
  const buffer = new ReorderBuffer<Packet>();
  buffer.push(packet(0), 0);
  for (let number = 2; number < 65; number++) {
    assertEquals(buffer.push(packet(number), 0).ordered, []);
  }
  const { ordered } = buffer.push(packet(66), 0);
  assertEquals(shown(ordered.slice(0, 2)), ["2 after 1", 3]);
  assertEquals([ordered.length, buffer.waiting], [63, 1]);
});

Deno.test("ReorderBuffer tells duplicates from late packets", () => {
  const buffer = new ReorderBuffer<Packet>({ packets: 1 });
  const verdicts = [1, 1, 4, 4, 2, 2, 3, 1].map((number) => buffer.push(packet(number), 0).verdict);
  assertEquals(verdicts, [
    "taken",
    "duplicate",
    "taken",
    "duplicate",
    "late",
    "duplicate",
    "late",
    "duplicate",
  ]);
});

Deno.test("ReorderBuffer calls a packet that waits twice a duplicate", () => {
  const buffer = new ReorderBuffer<Packet>();
  buffer.push(packet(1), 0);
  buffer.push(packet(3), 0);
  assertEquals(buffer.push(packet(3), 0), { verdict: "duplicate", ordered: [] });
  assertEquals(buffer.waiting, 1);
});

Deno.test("ReorderBuffer.flush() gives all that waits", () => {
  const buffer = new ReorderBuffer<Packet>();
  for (const number of [1, 3, 6]) buffer.push(packet(number), 0);
  assertEquals(shown(buffer.flush()), ["3 after 1", "6 after 2"]);
  assertEquals(buffer.flush(), []);
});

Deno.test("ReorderBuffer.restart() takes any number as the first again", () => {
  const buffer = new ReorderBuffer<Packet>();
  for (const number of [100, 102]) buffer.push(packet(number), 0);
  assertEquals(shown(buffer.restart()), ["102 after 1"]);
  assertEquals(shown(buffer.push(packet(50), 0).ordered), [50]);
});

Deno.test("ReorderBuffer lets packets share a number where told how they differ", () => {
  interface Piece extends Packet {
    readonly text: string;
  }
  const buffer = new ReorderBuffer<Piece>({ isSame: (a, b) => a.text === b.text });
  const push = (sequence: number, text: string) => {
    const { verdict, ordered } = buffer.push({ sequence, text }, 0);
    return [verdict, ordered.map((next) => next.packet.text).join("")];
  };
  assertEquals(push(1, "a"), ["taken", "a"]);
  assertEquals(push(1, "b"), ["taken", "b"]);
  assertEquals(push(1, "a"), ["duplicate", ""]);
  assertEquals(push(3, "e"), ["taken", ""]);
  assertEquals(push(3, "f"), ["taken", ""]);
  assertEquals(push(3, "e"), ["duplicate", ""]);
  assertEquals(push(2, "c"), ["taken", "cef"]);
  assertEquals(push(3, "g"), ["taken", "g"]);
  assertEquals(push(2, "d"), ["duplicate", ""]); // only the newest number still grows
});

/** A seeded order of arrival: each number once, some lost, some twice, some later than sent. */
function arrivals(random: SeededRandom, count: number): { number: number; atMs: number }[] {
  const events: { number: number; atMs: number }[] = [];
  for (let number = 0; number < count; number++) {
    if (number > 0 && random.below(20) === 0) continue;
    const late = random.below(5) === 0 ? random.below(300) : 0;
    events.push({ number, atMs: number * 10 + (number === 0 ? 0 : late) });
    if (random.below(10) === 0) {
      events.push({ number, atMs: number * 10 + random.below(300) + 1 });
    }
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

Deno.test("ReorderBuffer keeps its promises under seeded loss, duplication and delay", () => {
  for (let seed = 0; seed < 200; seed++) {
    const first = 65_000 + seed * 10;
    const buffer = new ReorderBuffer<Packet>();
    const events = arrivals(new SeededRandom(seed), 300);
    const [given, taken, waited] = [[] as OrderedPacket<Packet>[], new Set<number>(), new Map()];
    const give = (ordered: readonly OrderedPacket<Packet>[], nowMs: number) => {
      given.push(...ordered);
      for (const next of ordered) assertLessOrEqual(nowMs - waited.get(next.number), 100);
    };
    const base = first & 0xffff;
    for (const { number, atMs } of events) {
      for (let wake = buffer.wakeAtMs; wake !== undefined && wake < atMs; wake = buffer.wakeAtMs) {
        give(buffer.tick(wake), wake);
      }
      if (!waited.has(base + number)) waited.set(base + number, atMs);
      const { verdict, ordered } = buffer.push(packet(base + number), atMs);
      assertEquals(verdict === "duplicate", taken.has(number), `seed ${seed}, number ${number}`);
      taken.add(number);
      give(ordered, atMs);
    }
    given.push(...buffer.flush());
    let next = base;
    for (const { number, lostBefore } of given) {
      assertEquals(number, next + lostBefore, `seed ${seed}`);
      next = number + 1;
    }
  }
});

Deno.test("ReorderBuffer loses nothing that is less than 100 ms late", () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = new SeededRandom(seed);
    const events = Array.from({ length: 200 }, (_, number) => ({
      number,
      atMs: number * 10 + (number === 0 ? 0 : random.below(100)),
    })).sort((a, b) => a.atMs - b.atMs);
    const buffer = new ReorderBuffer<Packet>();
    const given = events.flatMap(({ number, atMs }) => {
      const before = buffer.tick(atMs - 0.5);
      return [...before, ...buffer.push(packet(number), atMs).ordered];
    });
    assertEquals(given.map(({ number }) => number), events.map((_, i) => i), `seed ${seed}`);
  }
});
