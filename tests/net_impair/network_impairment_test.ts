import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import {
  type Impairment,
  NO_IMPAIRMENT,
  parseImpairment,
} from "../../lib/net_impair/impairment.ts";
import {
  type DueDatagram,
  HOLD_BACK_MS,
  MOST_UNDER_WAY,
  NetworkImpairment,
} from "../../lib/net_impair/network_impairment.ts";
import { SeededRandom } from "../../lib/net_impair/seeded_random.ts";

/** Sends 0 to `count` - 1, one each `stepMs`, and gives what comes out, woken when asked for. */
function travel(
  impairment: Impairment,
  count: number,
  stepMs: number,
): { network: NetworkImpairment<number>; out: DueDatagram<number>[] } {
  const network = new NetworkImpairment<number>(impairment);
  const out: DueDatagram<number>[] = [];
  const wakeUntil = (untilMs: number) => {
    for (let wake = network.wakeAtMs; wake !== undefined && wake < untilMs;) {
      const due = network.tick(wake);
      assert(due.length > 0 && due.every(({ dueMs }) => dueMs === wake));
      out.push(...due);
      wake = network.wakeAtMs;
    }
  };
  for (let number = 0; number < count; number++) {
    wakeUntil(number * stepMs);
    out.push(...network.push(number, number * stepMs));
  }
  wakeUntil(Infinity);
  return { network, out };
}

const numbers = (out: readonly DueDatagram<number>[]) => out.map(({ datagram }) => datagram);

Deno.test("NetworkImpairment lets all pass at once when nothing is impaired", () => {
  const { out } = travel(NO_IMPAIRMENT, 100, 1);
  assertEquals(out, Array.from({ length: 100 }, (_, i) => ({ datagram: i, dueMs: i })));
});

Deno.test("NetworkImpairment delays each by the same time", () => {
  const { out } = travel(parseImpairment("delay=20ms"), 10, 5);
  assertEquals(out, Array.from({ length: 10 }, (_, i) => ({ datagram: i, dueMs: i * 5 + 20 })));
});

Deno.test("NetworkImpairment loses the share it is told to", () => {
  const { out, network } = travel(parseImpairment("loss=2%,seed=7"), 100_000, 1);
  assertAlmostEquals(network.counts.lost / 100_000, 0.02, 0.002);
  assertEquals(out.length, 100_000 - network.counts.lost);
  assertEquals(travel(parseImpairment("loss=100%"), 100, 1).out, []);
});

Deno.test("NetworkImpairment gives the share it is told to twice, one behind the other", () => {
  const { out, network } = travel(parseImpairment("duplicate=10%"), 10_000, 1);
  assertAlmostEquals(network.counts.duplicated / 10_000, 0.1, 0.01);
  assertEquals(out.length, 10_000 + network.counts.duplicated);
  assertEquals(new Set(numbers(out)).size, 10_000);
});

Deno.test("NetworkImpairment spreads jitter around the delay and keeps the order", () => {
  const { out } = travel(parseImpairment("delay=20ms,jitter=5ms"), 10_000, 20);
  assertEquals(numbers(out), Array.from({ length: 10_000 }, (_, i) => i));
  const delays = out.map(({ datagram, dueMs }) => dueMs - datagram * 20);
  assert(Math.min(...delays) >= 15 && Math.min(...delays) < 15.1);
  assert(Math.max(...delays) <= 25 && Math.max(...delays) > 24.9);
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  assertAlmostEquals(mean, 20, 0.2);
});

Deno.test("NetworkImpairment keeps the order when jitter is greater than the spacing", () => {
  const { out } = travel(parseImpairment("delay=5ms,jitter=30ms"), 1000, 1);
  assertEquals(numbers(out), Array.from({ length: 1000 }, (_, i) => i));
});

Deno.test("NetworkImpairment holds back the share it is told to for others to pass", () => {
  const { out, network } = travel(parseImpairment("reorder=1%"), 10_000, 20);
  assertAlmostEquals(network.counts.heldBack / 10_000, 0.01, 0.003);
  const late = out.filter(({ datagram, dueMs }) => dueMs === datagram * 20 + HOLD_BACK_MS);
  assertEquals(late.length, network.counts.heldBack);
  const passed = out.filter(({ datagram }, i) => datagram < (out[i - 1]?.datagram ?? 0));
  assertGreater(passed.length, 0);
});

Deno.test("NetworkImpairment does the same again with the same seed, and else with another", () => {
  const text = "loss=10%,delay=20ms,jitter=5ms,reorder=10%,duplicate=10%";
  const play = (seed: number) => travel(parseImpairment(`${text},seed=${seed}`), 1000, 7);
  assertEquals(play(7).out, play(7).out);
  assertEquals(play(7).network.counts, play(7).network.counts);
  assert(numbers(play(7).out).join() !== numbers(play(8).out).join());
});

Deno.test("NetworkImpairment lets one figure change and leaves the other fates alone", () => {
  const lost = (text: string) => {
    const came = new Set(numbers(travel(parseImpairment(text), 1000, 1).out));
    return Array.from({ length: 1000 }, (_, i) => i).filter((number) => !came.has(number));
  };
  assertEquals(lost("loss=5%"), lost("loss=5%,delay=40ms,reorder=5%,duplicate=5%,jitter=3ms"));
});

Deno.test("NetworkImpairment.change() acts on what comes, and lets it pass what is under way", () => {
  const network = new NetworkImpairment<number>(parseImpairment("delay=100ms"));
  assertEquals(network.push(1, 0), []);
  network.change(parseImpairment("delay=20ms"));
  assertEquals(network.push(2, 10), []);
  network.change(NO_IMPAIRMENT);
  assertEquals(network.push(3, 10), [{ datagram: 3, dueMs: 10 }]);
  assertEquals(network.wakeAtMs, 30);
  assertEquals(network.tick(100), [{ datagram: 2, dueMs: 30 }, { datagram: 1, dueMs: 100 }]);
});

Deno.test("NetworkImpairment.change() begins with its seed anew", () => {
  const fresh = travel(parseImpairment("loss=50%,seed=7"), 100, 1).out;
  const changed = new NetworkImpairment<number>(parseImpairment("loss=50%,seed=8"));
  for (let number = 0; number < 33; number++) changed.push(number, 0);
  changed.change(parseImpairment("loss=50%,seed=7"));
  const out = Array.from({ length: 100 }, (_, i) => changed.push(i, i)).flat();
  assertEquals(out, fresh);
});

Deno.test("NetworkImpairment has room for so many under way, and loses the rest", () => {
  const network = new NetworkImpairment<number>(parseImpairment("delay=60s"));
  for (let number = 0; number < MOST_UNDER_WAY + 5; number++) network.push(number, 0);
  assertEquals(network.counts.lost, 5);
  assertEquals(network.tick(60_000).length, MOST_UNDER_WAY);
});

Deno.test("SeededRandom spreads its numbers evenly", () => {
  for (const seed of [0, 1, 7, 123456789, 0xffffffff]) {
    const random = new SeededRandom(seed);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const tenth = Math.floor(random.fraction() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) assertAlmostEquals(count, 10_000, 500, `seed ${seed}`);
  }
});
