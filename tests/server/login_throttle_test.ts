import { assertEquals } from "@std/assert";
import { LoginThrottle } from "../../lib/server/login_throttle.ts";
import { at } from "../support/now.ts";

const PEER = "192.0.2.1";

/** Fails `count` times at once. */
function fail(throttle: LoginThrottle, count: number, user = "ann", peer = PEER, ms = 0): number {
  let delayMs = 0;
  for (let i = 0; i < count; i++) delayMs = throttle.failed(peer, user, at(ms));
  return delayMs;
}

Deno.test("LoginThrottle.failed() costs nothing three times, then 250 ms doubling to 8 s", () => {
  const throttle = new LoginThrottle();
  const delays: number[] = [];
  let ms = 0;
  for (let i = 0; i < 10; i++) {
    ms += throttle.delayMs(PEER, "ann", at(ms));
    delays.push(throttle.failed(PEER, "ann", at(ms)));
  }
  assertEquals(delays, [0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000]);
});

Deno.test("LoginThrottle lets a guesser try 45 passwords in 5 minutes, over any connections", () => {
  const throttle = new LoginThrottle();
  let guesses = 0;
  for (let ms = 0; ms < 5 * 60_000; ms += 50) {
    for (let connection = 0; connection < 20; connection++) {
      const user = `user${connection}`;
      if (throttle.delayMs(PEER, user, at(ms)) > 0) continue;
      throttle.failed(PEER, user, at(ms));
      guesses++;
    }
  }
  assertEquals(guesses, 45);
});

Deno.test("LoginThrottle.delayMs() falls to 0 as time goes by", () => {
  const throttle = new LoginThrottle();
  assertEquals(throttle.delayMs(PEER, "ann", at(0)), 0);
  fail(throttle, 5);
  assertEquals(throttle.delayMs(PEER, "ann", at(0)), 500);
  assertEquals(throttle.delayMs(PEER, undefined, at(499)), 1);
  assertEquals(throttle.delayMs(PEER, "bob", at(500)), 0);
});

Deno.test("LoginThrottle never asks for more than 8 s, however many failures come at once", () => {
  assertEquals(fail(new LoginThrottle(), 5000), 8000);
});

Deno.test("LoginThrottle forgets after ten minutes of quiet", () => {
  const throttle = new LoginThrottle();
  fail(throttle, 9);
  assertEquals(throttle.failed(PEER, "ann", at(10 * 60_000 - 1)), 8000);
  assertEquals(throttle.failed(PEER, "ann", at(20 * 60_000 - 1)), 0);
});

Deno.test("LoginThrottle.succeeded() forgets the user's failures", () => {
  const throttle = new LoginThrottle();
  fail(throttle, 3);
  throttle.succeeded(PEER, "ann", at(0));
  assertEquals([1, 2, 3, 4].map(() => throttle.failed(PEER, "ann", at(0))), [0, 0, 0, 250]);
  throttle.succeeded(PEER, "ann", at(300));
  assertEquals(throttle.failed(PEER, "ann", at(300)), 0);
});

Deno.test("LoginThrottle holds up no user who logged in, whatever others behind the address do", () => {
  const throttle = new LoginThrottle();
  throttle.succeeded(PEER, "ann", at(0));
  fail(throttle, 9, "bob");
  assertEquals(throttle.delayMs(PEER, "ann", at(0)), 0);
  assertEquals(throttle.delayMs(PEER, "bob", at(0)), 8000);
});

Deno.test("LoginThrottle makes guessing at others no cheaper for who can log in", () => {
  const throttle = new LoginThrottle();
  let delayMs = 0;
  for (let i = 0; i < 9; i++) {
    throttle.succeeded(PEER, "mallory", at(i));
    delayMs = throttle.failed(PEER, "ann", at(i));
  }
  assertEquals(delayMs, 8000);
});

/** Addresses, and whether they are one peer's. */
const PEERS: [string, string, boolean][] = [
  ["192.0.2.1", "192.0.2.2", false],
  ["192.0.2.1", "::ffff:192.0.2.1", true],
  ["::ffff:192.0.2.1", "::FFFF:192.0.2.2", false],
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
  ["2001:db8:1:2::1", "2001:DB8:0001:2:0:0:0:7", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["2001:db8::1", "2001:db8:0:0:5::", true],
  ["2001:db8::1", "2001:db8:0:1::1", false],
  ["::1", "::2", true],
  ["fe80::1%eth0", "fe80::2", true],
];
for (const [one, other, same] of PEERS) {
  Deno.test(`LoginThrottle takes ${one} and ${other} for ${same ? "one peer" : "two"}`, () => {
    const throttle = new LoginThrottle();
    fail(throttle, 4, "ann", one);
    assertEquals(throttle.delayMs(other, "ann", at(0)), same ? 250 : 0);
  });
}

Deno.test("LoginThrottle remembers a bounded number of peers, the latest", () => {
  const throttle = new LoginThrottle({ maxRemembered: 100 });
  fail(throttle, 4, "ann", "192.0.2.1");
  for (let i = 0; i < 1000; i++) fail(throttle, 4, "ann", `198.51.${i >> 8}.${i & 255}`, i);
  assertEquals(throttle.remembered, 100);
  assertEquals(throttle.delayMs("192.0.2.1", "ann", at(0)), 0);
  assertEquals(throttle.delayMs("198.51.3.231", "ann", at(999)), 250);
});
