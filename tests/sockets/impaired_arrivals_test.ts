import { assert, assertEquals } from "@std/assert";
import { NO_IMPAIRMENT } from "../../lib/net_impair/impairment.ts";
import { readClock } from "../../lib/sockets/clock.ts";
import { type Arrival, ImpairedArrivals } from "../../lib/sockets/impaired_arrivals.ts";

const arrival = (number: number): Arrival => ({
  channel: "rtp",
  bytes: Uint8Array.of(number),
  from: "127.0.0.1",
  now: readClock(),
});

Deno.test("ImpairedArrivals gives late what is to be late, in its order", async () => {
  const taken: number[] = [];
  const all = Promise.withResolvers<void>();
  const startMs = performance.now();
  const network = new ImpairedArrivals({ ...NO_IMPAIRMENT, delayMs: 30 }, ({ bytes }) => {
    assert(performance.now() - startMs >= 29);
    taken.push(bytes[0] ?? 0);
    if (taken.length === 3) all.resolve();
  });
  for (const number of [1, 2, 3]) network.add(arrival(number));
  await all.promise;
  assertEquals(taken, [1, 2, 3]);
});

Deno.test("ImpairedArrivals loses what is to be lost, and nothing comes after close()", () => {
  const taken: Arrival[] = [];
  const lossy = new ImpairedArrivals({ ...NO_IMPAIRMENT, loss: 1 }, (one) => taken.push(one));
  lossy.add(arrival(1));
  const slow = new ImpairedArrivals({ ...NO_IMPAIRMENT, delayMs: 10 }, (one) => taken.push(one));
  slow.add(arrival(2));
  slow.close();
  assertEquals(taken, []);
});

Deno.test("ImpairedArrivals.change() lets all through at once, and late what was late", async () => {
  const taken: number[] = [];
  const all = Promise.withResolvers<void>();
  const network = new ImpairedArrivals({ ...NO_IMPAIRMENT, delayMs: 30 }, ({ bytes }) => {
    taken.push(bytes[0] ?? 0);
    if (taken.length === 2) all.resolve();
  });
  network.add(arrival(1));
  network.change(undefined);
  assertEquals(network.impairment, undefined);
  network.add(arrival(2));
  assertEquals(taken, [2]);
  await all.promise;
  network.change({ ...NO_IMPAIRMENT, loss: 1 });
  network.add(arrival(3));
  assertEquals(taken, [2, 1]);
});
