import { BoxFields } from "./box_fields.ts";
import type { ReadSteps } from "./index_steps.ts";
import type { Mp4Track } from "./mp4_track.ts";

const HEAD_LENGTH = 8;
const ENTRY_LENGTH = 8;
const ENTRIES_AT_ONCE = 4096;

/** How fast a track's samples follow each other. */
export interface Mp4Rate {
  /** The mean. */
  readonly framesPerSecond: number;
  /** The shortest and the longest time that a sample is shown, the last one left out. */
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** The rate from `stts` (ISO 14496-12 §8.6.1.2); `undefined` where it says nothing that makes sense. */
export function* readMp4Rate({ tables, timescale }: Mp4Track): ReadSteps<Mp4Rate | undefined> {
  const stts = tables.get("stts");
  if (stts === undefined) return undefined;
  const head = new BoxFields(yield { offset: stts.start, length: HEAD_LENGTH });
  const room = Math.floor((stts.end - stts.start - HEAD_LENGTH) / ENTRY_LENGTH);
  let left = Math.min(head.u32(4), Math.max(0, room));
  let [samples, ticks, shortest, longest] = [0, 0, Infinity, 0];
  for (let offset = stts.start + HEAD_LENGTH; left > 0;) {
    const count = Math.min(left, ENTRIES_AT_ONCE);
    const entries = new BoxFields(yield { offset, length: count * ENTRY_LENGTH });
    for (let entry = 0; entry < count; entry++) {
      const [number, duration] = [
        entries.u32(entry * ENTRY_LENGTH),
        entries.u32(entry * ENTRY_LENGTH + 4),
      ];
      samples += number;
      ticks += number * duration;
      // The last sample's duration is often made up.
      if (number === 1 && left - entry === 1 && samples > 1) continue;
      [shortest, longest] = [Math.min(shortest, duration), Math.max(longest, duration)];
    }
    offset += count * ENTRY_LENGTH;
    left -= count;
  }
  const framesPerSecond = samples * timescale / ticks;
  if (!(framesPerSecond >= 0.001 && framesPerSecond <= 1000)) return undefined;
  const inMs = (duration: number) => duration * 1000 / timescale;
  return { framesPerSecond, shortestMs: inMs(shortest), longestMs: inMs(longest) };
}
