import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  averageRtcpLength,
  reportIntervalMs,
  type ReportIntervalOptions,
} from "../../lib/rtcp/report_interval.ts";
import { SeededRandom } from "../support/random.ts";

/** A source whose factor is 1, right between 0.5 and 1.5. */
const MIDDLE = { uint32: () => 2 ** 31 };
const COMPENSATION = 1.21828;

const UNICAST: ReportIntervalOptions = {
  sessionBytesPerSecond: 200_000,
  members: 2,
  senders: 1,
  weSent: false,
  averageLength: 120,
  initial: false,
};

const ROWS: [name: string, options: Partial<ReportIntervalOptions>, seconds: number][] = [
  ["5 s at least", {}, 5],
  ["2.5 s before the first report", { initial: true }, 2.5],
  ["5 s where nothing is known of the bandwidth", { sessionBytesPerSecond: 0 }, 5],
  // 10,000 bytes a second for RTCP, three quarters of it for 999 receivers of 120 bytes each.
  ["what 999 receivers ask for", { members: 1000 }, 120 * 999 / 7500],
  // Another sender's share is a quarter, for itself alone.
  ["the sender's own share", { members: 1000, weSent: true }, 5],
  ["a slow sender's own share", { members: 4, weSent: true, sessionBytesPerSecond: 400 }, 24],
  // More than a quarter of them send: one share for all.
  ["one share for all where many send", { members: 1000, senders: 300 }, 120 * 1000 / 10_000],
];
for (const [name, options, seconds] of ROWS) {
  Deno.test(`reportIntervalMs() is ${name} (RFC 3550 §6.2, §6.3.1, A.7)`, () => {
    const interval = reportIntervalMs({ ...UNICAST, ...options }, MIDDLE);
    assertAlmostEquals(interval, seconds * 1000 / COMPENSATION, 0.1);
  });
}

Deno.test("reportIntervalMs() spreads from 0.5 to 1.5 over 1.21828 (RFC 3550 A.7)", () => {
  const random = new SeededRandom(3);
  const intervals = Array.from({ length: 10_000 }, () => reportIntervalMs(UNICAST, random));
  const [least, most] = [Math.min(...intervals), Math.max(...intervals)];
  assert(least >= 2500 / COMPENSATION - 0.1 && least < 2510 / COMPENSATION);
  assert(most < 7500 / COMPENSATION + 0.1 && most > 7490 / COMPENSATION);
  const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
  assertAlmostEquals(mean, 5000 / COMPENSATION, 50);
});

Deno.test("averageRtcpLength() moves by a sixteenth (RFC 3550 §6.3.3)", () => {
  assertEquals(averageRtcpLength(160, 0), 150);
});
