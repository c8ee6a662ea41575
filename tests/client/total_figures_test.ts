import { assertEquals } from "@std/assert";
import type { Reception } from "../../lib/client/reception.ts";
import type { SessionFigures } from "../../lib/client/session_figures.ts";
import { totalFigures } from "../../lib/client/total_figures.ts";
import { totalReception } from "../../lib/client/total_reception.ts";

const FIRST: Reception = {
  received: 100,
  expected: 110,
  lost: 10,
  duplicate: 1,
  late: 2,
  reordered: 3,
  foreign: 4,
  whole: 20,
  broken: 5,
  brokenBy: { incomplete: 4, malformed: 1 },
  jitterMs: 1.5,
  jitterBasis: "timestamps",
};

Deno.test("totalReception() adds counts up, and reasons by their names", () => {
  const second = { ...FIRST, received: 7, whole: 1, brokenBy: { incomplete: 1 }, jitterMs: 0.5 };
  const total = totalReception(FIRST, second);
  assertEquals(total, {
    received: 107,
    expected: 220,
    lost: 20,
    duplicate: 2,
    late: 4,
    reordered: 6,
    foreign: 8,
    whole: 21,
    broken: 10,
    brokenBy: { incomplete: 5, malformed: 1 },
    jitterMs: 0.5,
    jitterBasis: "timestamps",
  });
});

Deno.test("totalReception() keeps a jitter that the next attempt has not measured", () => {
  const second = { ...FIRST, jitterMs: undefined, jitterBasis: "mean interval" } as const;
  const { jitterMs, jitterBasis } = totalReception(FIRST, second);
  assertEquals([jitterMs, jitterBasis], [1.5, "timestamps"]);
});

const SESSION: SessionFigures = {
  dialect: "standard",
  transport: { protocol: "udp", reason: "it was asked for" },
  roundTrip: { minMs: 2, lastMs: 5 },
  keepalives: 3,
  rtcp: { sent: 4, received: 2, dropped: 1, fractionLost: 0.25, cumulativeLost: 6 },
};

Deno.test("totalFigures() adds counts up, and takes all else from the last", () => {
  const second: SessionFigures = {
    dialect: "standard",
    transport: { protocol: "tcp", reason: "it was asked for" },
    roundTrip: { minMs: 3, lastMs: 4 },
    keepalives: 1,
    rtcp: { sent: 1, received: 1, dropped: 0, fractionLost: 0, cumulativeLost: 1 },
  };
  assertEquals(totalFigures(SESSION, second), {
    dialect: "standard",
    transport: { protocol: "tcp", reason: "it was asked for" },
    roundTrip: { minMs: 2, lastMs: 4 },
    keepalives: 4,
    rtcp: { sent: 5, received: 3, dropped: 1, fractionLost: 0, cumulativeLost: 7 },
  });
});

Deno.test("totalFigures() keeps what the next session has not come to", () => {
  const nothing: SessionFigures = {
    dialect: "standard",
    transport: undefined,
    roundTrip: undefined,
    keepalives: 0,
    rtcp: undefined,
  };
  assertEquals(totalFigures(SESSION, nothing), SESSION);
});
