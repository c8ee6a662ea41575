import { assertAlmostEquals, assertEquals } from "@std/assert";
import { middleOf, ntpTimeOf, unixMsOf } from "../../lib/rtcp/ntp_time.ts";
import { delayUnits, roundTripMs } from "../../lib/rtcp/round_trip.ts";

Deno.test("ntpTimeOf() and unixMsOf() are each other's inverse to a microsecond", () => {
  const start = Date.UTC(2026, 0, 1);
  for (const unixMs of [start, start + 0.25, start + 999.999, 0, Date.UTC(2036, 1, 8), 1.5]) {
    assertAlmostEquals(unixMsOf(ntpTimeOf(unixMs)), unixMs, 0.001);
  }
});

Deno.test("ntpTimeOf() wraps in 2036", () => {
  assertEquals(ntpTimeOf(Date.UTC(2036, 1, 7, 6, 28, 15)), { seconds: 0xffffffff, fraction: 0 });
  assertEquals(ntpTimeOf(Date.UTC(2036, 1, 7, 6, 28, 16)), { seconds: 0, fraction: 0 });
});

Deno.test("middleOf() is what RFC 3550's figure 2 has", () => {
  assertEquals(middleOf({ seconds: 0xb44db705, fraction: 0x20000000 }), 0xb7052000);
  assertEquals(middleOf({ seconds: 0x0000ffff, fraction: 0xffffffff }), 0xffffffff);
});

Deno.test("roundTripMs() is what RFC 3550's figure 2 has: 6.125 s (§6.4.1)", () => {
  const block = { lastSenderReport: 0xb7052000, delaySinceLastSenderReport: 0x00054000 };
  assertEquals(roundTripMs(0xb7108000, block), 6125);
});

Deno.test("roundTripMs() is undefined before a sender report, and where time runs backwards", () => {
  const block = { lastSenderReport: 0, delaySinceLastSenderReport: 0 };
  assertEquals(roundTripMs(0xb7108000, block), undefined);
  assertEquals(roundTripMs(10, { lastSenderReport: 9, delaySinceLastSenderReport: 2 }), undefined);
});

Deno.test("roundTripMs() holds over the wrap of 18 hours", () => {
  const block = { lastSenderReport: 0xffff_0000, delaySinceLastSenderReport: 0x8000 };
  assertEquals(roundTripMs(0x0001_0000, block), 1500);
});

Deno.test("delayUnits() stays within 32 bits", () => {
  assertEquals([delayUnits(-1), delayUnits(1000), delayUnits(1e12)], [0, 65_536, 0xffffffff]);
});
