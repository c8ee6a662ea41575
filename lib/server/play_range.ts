import type { RtspRange } from "../rtsp/range_header.ts";
import { smpteSeconds, smpteTimeAt } from "../rtsp/smpte_time.ts";
import type { FrameClock, PlayOrder } from "./play_schedule.ts";

/** Slowest and fastest scale that is played; what is asked beyond is played at the nearest (§12.34). */
export const MIN_SCALE = 0.25;
export const MAX_SCALE = 8;

/** Slowest and fastest delivery (§12.35). */
export const MIN_SPEED = 0.1;
export const MAX_SPEED = 10;

/** Seconds that are taken for the same instant: far below a frame, above the rounding of decimals. */
const SAME_INSTANT = 1e-4;

/** What a PLAY asks for. */
export interface PlayAsked {
  /** Absent: go on where the play stands. */
  readonly range?: RtspRange;
  readonly scale?: number;
  readonly speed?: number;
}

/** Where the play stands, and what plays. */
export interface PlaySituation {
  readonly clock: FrameClock;
  /** The frame that would be next, from 0 to the frame count. */
  readonly position: number;
  readonly loop: boolean;
  /** Unix time of the movie's first frame, where it is known: what `clock` ranges count from. */
  readonly startUnixMs?: number;
}

/** What will be played, and what the reply says of it. */
export interface ResolvedPlay {
  readonly kind: "play";
  readonly order: PlayOrder;
  /** The real range, in the unit that was asked for. */
  readonly range: RtspRange;
  /** Unix time at which it starts, where the request said so (`time=`). */
  readonly startAtUnixMs?: number;
}

/** The range is not in the movie, or not in a unit that it has: 457 (RFC 2326 §11.3.7). */
export interface InvalidRange {
  readonly kind: "invalid";
  readonly reason: string;
}

/** From what a PLAY asks for to frames (RFC 2326 §10.5, §12.29, §12.34, §12.35). */
export function resolvePlay(
  asked: PlayAsked,
  situation: PlaySituation,
): ResolvedPlay | InvalidRange {
  const scale = nearestScale(asked.scale ?? 1);
  const speed = Math.min(MAX_SPEED, Math.max(MIN_SPEED, asked.speed ?? 1));
  const { clock, position, loop, startUnixMs } = situation;
  const ends = endsOf(asked.range, startUnixMs);
  if (typeof ends === "string") return { kind: "invalid", reason: ends };
  const from = firstFrame(ends.start, scale, clock, position);
  if (typeof from === "string") return { kind: "invalid", reason: from };
  const to = lastFrame(ends.end, scale, clock);
  if (to !== undefined && (scale > 0 ? to <= from : to > from)) {
    return { kind: "invalid", reason: `it ends at ${ends.end} s, before it starts` };
  }
  const order: PlayOrder = {
    from,
    ...to === undefined ? {} : { to },
    scale,
    speed,
    loop: loop && to === undefined,
  };
  const at = asked.range?.atMs;
  return {
    kind: "play",
    order,
    range: realRange(order, clock, asked.range, startUnixMs),
    ...at === undefined ? {} : { startAtUnixMs: at },
  };
}

/** The frame that a pause point names, for PAUSE with a Range (RFC 2326 §10.6). */
export function pauseFrame(
  range: RtspRange,
  { clock, startUnixMs }: Pick<PlaySituation, "clock" | "startUnixMs">,
): number | undefined {
  const ends = endsOf(range, startUnixMs);
  if (typeof ends === "string" || ends.start === undefined) return undefined;
  return Math.ceil((ends.start - SAME_INSTANT) * clock.framesPerSecond);
}

/** The scale that is played where this one is asked for; 0 becomes the slowest. */
export function nearestScale(scale: number): number {
  const magnitude = Math.min(MAX_SCALE, Math.max(MIN_SCALE, Math.abs(scale)));
  return scale < 0 ? -magnitude : magnitude;
}

interface Ends {
  /** Seconds; `undefined`: where the play stands. */
  readonly start?: number;
  readonly end?: number;
}

/** The range in seconds from the movie's start, or why it cannot be. */
function endsOf(range: RtspRange | undefined, startUnixMs: number | undefined): Ends | string {
  switch (range?.unit) {
    case undefined:
      return {};
    case "npt":
      return defined(range.start === "now" ? undefined : range.start, range.end);
    case "smpte": {
      const { type, start, end } = range;
      return defined(
        smpteSeconds(type, start),
        end === undefined ? undefined : smpteSeconds(type, end),
      );
    }
    case "clock": {
      if (startUnixMs === undefined) return "the movie has no absolute time";
      const seconds = (ms: number) => (ms - startUnixMs) / 1000;
      const { startMs, endMs } = range;
      return defined(seconds(startMs), endMs === undefined ? undefined : seconds(endMs));
    }
    default:
      return range satisfies never;
  }
}

function defined(start: number | undefined, end: number | undefined): Ends {
  return { ...start === undefined ? {} : { start }, ...end === undefined ? {} : { end } };
}

/** The frame to start with, or why there is none. */
function firstFrame(
  start: number | undefined,
  scale: number,
  { frameCount, framesPerSecond }: FrameClock,
  position: number,
): number | string {
  const last = frameCount - 1;
  if (start === undefined) {
    // At an end there is nothing to go on with: the play starts anew, as players expect.
    if (scale > 0) return position > last ? 0 : position;
    if (position === 0 && last === Infinity) return "it has no end to go back from";
    return position === 0 ? last : Math.min(position, frameCount) - 1;
  }
  if (start < -SAME_INSTANT) return `it starts ${-start} s before the movie`;
  const length = frameCount / framesPerSecond;
  if (scale > 0) {
    const frame = Math.floor((start + SAME_INSTANT) * framesPerSecond);
    return frame > last ? `it starts at ${start} s, the movie has ${length} s` : frame;
  }
  if (start > length + SAME_INSTANT) return `it starts at ${start} s, the movie has ${length} s`;
  const frame = Math.ceil((start - SAME_INSTANT) * framesPerSecond) - 1;
  return frame < 0 ? `it goes backwards from ${start} s` : Math.min(frame, last);
}

/** Where to stop, as in `PlayOrder.to`. */
function lastFrame(
  end: number | undefined,
  scale: number,
  { frameCount, framesPerSecond }: FrameClock,
): number | undefined {
  if (end === undefined) return undefined;
  if (scale < 0) return Math.max(0, Math.floor((end + SAME_INSTANT) * framesPerSecond));
  return Math.min(frameCount, Math.ceil((end - SAME_INSTANT) * framesPerSecond));
}

/** What is really played, in the unit that was asked for (RFC 2326 §10.5). */
function realRange(
  order: PlayOrder,
  { frameCount, framesPerSecond }: FrameClock,
  asked: RtspRange | undefined,
  startUnixMs: number | undefined,
): RtspRange {
  const { from, to, scale, loop } = order;
  const start = (scale > 0 ? from : from + 1) / framesPerSecond;
  const end = (to ?? (scale > 0 ? frameCount : 0)) / framesPerSecond;
  const isOpen = loop || !Number.isFinite(end);
  const at = asked?.atMs === undefined ? {} : { atMs: asked.atMs };
  if (asked?.unit === "smpte") {
    const { type } = asked;
    return {
      unit: "smpte",
      type,
      start: smpteTimeAt(type, start),
      ...isOpen ? {} : { end: smpteTimeAt(type, end) },
      ...at,
    };
  }
  if (asked?.unit === "clock" && startUnixMs !== undefined) {
    const ms = (seconds: number) => Math.round(startUnixMs + seconds * 1000);
    return { unit: "clock", startMs: ms(start), ...isOpen ? {} : { endMs: ms(end) }, ...at };
  }
  return { unit: "npt", start, ...isOpen ? {} : { end }, ...at };
}
