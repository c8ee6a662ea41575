import { assertEquals } from "@std/assert";
import { type PlayFailure, ReconnectPolicy } from "../../lib/client/reconnect_policy.ts";

const LOST: PlayFailure = { outcome: "failed", isRestoring: false };
const AGAIN: PlayFailure = { outcome: "failed", isRestoring: true };

Deno.test("ReconnectPolicy gives up what has never begun", () => {
  for (const outcome of ["failed", "refused"] as const) {
    const policy = new ReconnectPolicy();
    assertEquals(policy.retryAtMs({ ...LOST, outcome, status: 503 }, 1000), undefined);
  }
});

Deno.test("ReconnectPolicy waits twice as long each time, 10 s at most, without end", () => {
  const policy = new ReconnectPolicy();
  policy.frame(0);
  let nowMs = 60_000;
  const waits: number[] = [];
  for (let attempt = 0; attempt < 1000; attempt++) {
    const atMs = policy.retryAtMs(attempt === 0 ? LOST : AGAIN, nowMs) ?? NaN;
    waits.push(atMs - nowMs);
    nowMs = atMs;
  }
  assertEquals(waits.slice(0, 7), [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  assertEquals(new Set(waits.slice(7)), new Set([10_000]));
});

Deno.test("ReconnectPolicy begins with 0.5 s again after a play longer than the wait before it", () => {
  const policy = new ReconnectPolicy();
  policy.frame(0);
  assertEquals(policy.retryAtMs(LOST, 1000), 1500);
  assertEquals(policy.retryAtMs(AGAIN, 1500), 2500);
  policy.frame(2600);
  policy.frame(3500);
  assertEquals(policy.retryAtMs(LOST, 3600), 5600, "as long as the wait: no new beginning");
  policy.frame(6000);
  assertEquals(policy.retryAtMs(LOST, 8001), 8501);
});

const REFUSALS: readonly (readonly [number, boolean, boolean])[] = [
  [401, false, false],
  [401, true, false],
  [403, true, false],
  [404, false, false],
  [404, true, true],
  [454, true, true],
  [457, true, true],
  [500, false, true],
  [503, false, true],
  [503, true, true],
];
for (const [status, isRestoring, isRetried] of REFUSALS) {
  const when = isRestoring ? "while it is set up again" : "while it plays";
  Deno.test(`ReconnectPolicy ${isRetried ? "tries again after" : "ends with"} ${status} ${when}`, () => {
    const policy = new ReconnectPolicy();
    policy.frame(0);
    const atMs = policy.retryAtMs({ outcome: "refused", status, isRestoring }, 9000);
    assertEquals(atMs, isRetried ? 9500 : undefined);
  });
}
