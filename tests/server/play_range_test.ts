import { assertEquals } from "@std/assert";
import { pauseFrame, type PlayAsked, resolvePlay } from "../../lib/server/play_range.ts";
import { parseRange, serializeRange } from "../../lib/rtsp/range_header.ts";

/** 20 s at 20 frames a second, recorded from 2026-01-01T00:00:00Z on. */
const SITUATION = {
  clock: { frameCount: 400, framesPerSecond: 20 },
  position: 0,
  loop: false,
  startUnixMs: Date.UTC(2026, 0, 1),
};

/** Asked range, scale, position → first frame, `to`, the reply's range; or why not. */
const ROWS: [
  string,
  { range?: string; scale?: number; position?: number; loop?: boolean },
  { from: number; to?: number; range: string } | string,
][] = [
  ["without a range: from the start", {}, { from: 0, range: "npt=0-20" }],
  ["without a range: on from where it stands", { position: 50 }, { from: 50, range: "npt=2.5-20" }],
  ["without a range at the end: anew", { position: 400 }, { from: 0, range: "npt=0-20" }],
  ["an open end", { range: "npt=10-" }, { from: 200, range: "npt=10-20" }],
  ["both ends", { range: "npt=10-15.5" }, { from: 200, to: 310, range: "npt=10-15.5" }],
  ["an open start", { range: "npt=-5", position: 40 }, { from: 40, to: 100, range: "npt=2-5" }],
  ["now", { range: "npt=now-", position: 40 }, { from: 40, range: "npt=2-20" }],
  ["the frame that is shown then", { range: "npt=1.99-" }, { from: 39, range: "npt=1.95-20" }],
  ["rounded decimals", { range: "npt=0.049999-" }, { from: 1, range: "npt=0.05-20" }],
  ["an end beyond the movie", { range: "npt=19-99" }, { from: 380, to: 400, range: "npt=19-20" }],
  ["h:m:s", { range: "npt=0:00:10-0:00:11" }, { from: 200, to: 220, range: "npt=10-11" }],
  ["a start at the end", { range: "npt=20-" }, "it starts at 20 s, the movie has 20 s"],
  ["a start behind the end", { range: "npt=21-" }, "it starts at 21 s, the movie has 20 s"],
  ["an end before the start", { range: "npt=5-3" }, "it ends at 3 s, before it starts"],
  ["backwards from where it stands", { scale: -1, position: 100 }, { from: 99, range: "npt=5-0" }],
  ["backwards at the start: from the end", { scale: -1 }, { from: 399, range: "npt=20-0" }],
  [
    "backwards between two times",
    { range: "npt=10-5", scale: -2 },
    { from: 199, to: 100, range: "npt=10-5" },
  ],
  [
    "backwards into the future",
    { range: "npt=5-10", scale: -1 },
    "it ends at 10 s, before it starts",
  ],
  ["smpte-25", { range: "smpte-25=0:00:10:05-" }, {
    from: 204,
    range: "smpte-25=00:00:10:05-00:00:20",
  }],
  ["clock", { range: "clock=20260101T000005Z-20260101T000006.5Z" }, {
    from: 100,
    to: 130,
    range: "clock=20260101T000005Z-20260101T000006.5Z",
  }],
  [
    "a clock before the movie",
    { range: "clock=20251231T235959Z-" },
    "it starts 1 s before the movie",
  ],
  ["time=", { range: "npt=1-;time=20260101T000000Z" }, {
    from: 20,
    range: "npt=1-20;time=20260101T000000Z",
  }],
  ["a loop has no end", { loop: true, position: 10 }, { from: 10, range: "npt=0.5-" }],
];
for (const [name, { range, scale, position, loop }, expected] of ROWS) {
  Deno.test(`§12.29 resolvePlay() plays ${name}`, () => {
    const parsed = range === undefined ? undefined : parseRange(range);
    const asked: PlayAsked = {
      ...parsed === undefined ? {} : { range: parsed },
      ...scale === undefined ? {} : { scale },
    };
    const resolved = resolvePlay(asked, {
      ...SITUATION,
      position: position ?? 0,
      loop: loop ?? false,
    });
    if (resolved.kind === "invalid") return assertEquals(resolved.reason, expected);
    const { from, to } = resolved.order;
    assertEquals(
      { from, ...to === undefined ? {} : { to }, range: serializeRange(resolved.range) },
      expected,
    );
  });
}

Deno.test("§12.34, §12.35 resolvePlay() plays the nearest scale and speed that it can", () => {
  const scaleOf = (scale: number) => {
    const resolved = resolvePlay({ scale, speed: 99 }, { ...SITUATION, position: 200 });
    return resolved.kind === "play" ? [resolved.order.scale, resolved.order.speed] : resolved;
  };
  assertEquals([100, 2.5, 0.1, -0.01, -9].map(scaleOf), [
    [8, 10],
    [2.5, 10],
    [0.25, 10],
    [-0.25, 10],
    [-8, 10],
  ]);
});

Deno.test("resolvePlay() has no clock range for a movie without absolute time", () => {
  const range = parseRange("clock=20260101T000005Z-");
  const { startUnixMs: _, ...situation } = SITUATION;
  assertEquals(range && resolvePlay({ range }, situation), {
    kind: "invalid",
    reason: "the movie has no absolute time",
  });
});

Deno.test("resolvePlay() leaves an endless movie open", () => {
  const clock = { frameCount: Infinity, framesPerSecond: 30 };
  const resolved = resolvePlay({}, { clock, position: 3, loop: false });
  assertEquals(resolved.kind === "play" && serializeRange(resolved.range), "npt=0.1-");
});

Deno.test("§10.6 pauseFrame() is the first frame at or after the point", () => {
  const frame = (text: string) => {
    const range = parseRange(text);
    return range && pauseFrame(range, SITUATION);
  };
  assertEquals(["npt=10-", "npt=10.01-", "npt=-3"].map(frame), [200, 201, undefined]);
});
