import { BoxFields } from "./box_fields.ts";
import type { ByteRange } from "./byte_range.ts";
import type { ReadSteps } from "./index_steps.ts";

const HEAD_LENGTH = 8;
const LONG_HEAD_LENGTH = 16;
/** Boxes of one kind side by side that are kept. */
const MOST_BOXES = 1024;

/** A box's content. */
export interface Mp4Box extends ByteRange {
  /** Four letters. */
  readonly id: string;
}

/**
 * The boxes in a part of a QuickTime or MP4 file that have one of these names (ISO 14496-12 §4.2), up to
 * the first that is none. One that reaches behind the part's end is cut off there.
 */
export function* readMp4Boxes(
  range: ByteRange,
  names: readonly string[],
): ReadSteps<readonly Mp4Box[]> {
  const boxes: Mp4Box[] = [];
  let at = range.start;
  while (at + HEAD_LENGTH <= range.end && boxes.length < MOST_BOXES) {
    const head = new BoxFields(yield { offset: at, length: LONG_HEAD_LENGTH });
    const [size32, id] = [head.u32(0), head.id(4)];
    const headLength = size32 === 1 ? LONG_HEAD_LENGTH : HEAD_LENGTH;
    const size = size32 === 0 ? range.end - at : size32 === 1 ? head.u64(8) : size32;
    if (size < headLength) break;
    const end = Math.min(at + size, range.end);
    if (names.includes(id)) boxes.push({ id, start: Math.min(at + headLength, end), end });
    at = end;
  }
  return boxes;
}
