import { describeBytes } from "./describe_bytes.ts";
import { FrameIndex } from "./frame_index.ts";
import type { IndexSteps, ReadSteps } from "./index_steps.ts";
import type { MovieIndex } from "./movie_indexer.ts";
import { readMp4Boxes } from "./mp4_boxes.ts";
import { type Mp4Rate, readMp4Rate } from "./mp4_rate.ts";
import { readMp4Samples } from "./mp4_samples.ts";
import { type Mp4Track, readVideoTracks } from "./mp4_track.ts";

/** Samples whose times differ by no more are shown evenly without a remark. */
const EVEN_MS = 2;

/**
 * Finds the frames of a QuickTime or MP4 file (ISO 14496-12) that has a track of JPEGs: `jpeg`, `mjpa`, or
 * any other format whose first sample is one.
 *
 * @param fileLength In bytes.
 */
export function* indexMp4(fileLength: number): IndexSteps {
  const boxes = yield* readMp4Boxes({ start: 0, end: fileLength }, ["moov", "moof"]);
  const moov = boxes.find(({ id }) => id === "moov");
  if (moov === undefined) {
    return nothing(fileLength, "the end of the file", "the table of contents (moov)");
  }
  const tracks = yield* readVideoTracks(moov);
  let refused: MovieIndex | undefined;
  for (const track of tracks) {
    const index = yield* indexTrack(track, fileLength);
    if (index.frames.count > 0) return index;
    refused ??= index;
  }
  if (refused !== undefined && boxes.some(({ id }) => id === "moof")) {
    return nothing(moov.start, "fragments (moof)", "a table of all frames in moov");
  }
  return refused ?? nothing(moov.start, "no track of video", "one");
}

function* indexTrack(track: Mp4Track, fileLength: number): IndexSteps {
  const { frames, problem } = yield* readMp4Samples(track.tables, fileLength);
  const found = `video of "${track.format}"`;
  if (frames.count === 0) {
    if (problem !== undefined) return { frames, problem };
    return nothing(fileLength, `${found} without samples`, "a JPEG (ff d8)");
  }
  frames.trim();
  const start = yield* startOf(frames.offsetOf(0));
  if (start !== undefined) {
    return nothing(frames.offsetOf(0), `${start} in ${found}`, "a JPEG (ff d8)");
  }
  const rate = yield* readMp4Rate(track);
  const remark = rate && unevenness(rate);
  return {
    frames,
    ...problem !== undefined && { problem },
    ...rate !== undefined && { framesPerSecond: rate.framesPerSecond },
    ...remark !== undefined && { remark },
  };
}

/** What is there in place of a JPEG's start; `undefined` where one starts. */
function* startOf(offset: number): ReadSteps<string | undefined> {
  const bytes = yield { offset, length: 2 };
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? undefined : describeBytes(bytes);
}

function unevenness({ framesPerSecond, shortestMs, longestMs }: Mp4Rate): string | undefined {
  if (longestMs - shortestMs <= EVEN_MS) return undefined;
  return `its frames take from ${Math.round(shortestMs)} to ${Math.round(longestMs)} ms, and are ` +
    `played evenly, ${Number(framesPerSecond.toFixed(2))} a second`;
}

function nothing(offset: number, found: string, wanted: string): MovieIndex {
  return { frames: new FrameIndex(), problem: { frame: 1, offset, found, wanted } };
}
