import { type AviLayout, readAviLayout } from "./avi_layout.ts";
import { scanAvi } from "./avi_scan.ts";
import { readAviTables } from "./avi_tables.ts";
import { FrameIndex } from "./frame_index.ts";
import type { IndexSteps } from "./index_steps.ts";
import type { MovieIndex } from "./movie_indexer.ts";

/**
 * Finds the frames of an AVI file whose video is Motion-JPEG: by its tables (`indx`, `idx1`), or chunk by
 * chunk where they are missing, broken or do not cover the file.
 *
 * @param fileLength In bytes.
 */
export function* indexAvi(fileLength: number): IndexSteps {
  const layout = yield* readAviLayout(fileLength);
  const { stream, movies } = layout;
  if (stream === undefined || movies.length === 0) return nothing(layout, fileLength);
  const { framesPerSecond } = stream;
  const rate = framesPerSecond !== undefined && { framesPerSecond };
  const frames = yield* readAviTables(layout, stream, fileLength);
  if (frames !== undefined) {
    frames.trim();
    return { frames, ...rate };
  }
  const scanned = yield* scanAvi(movies, stream, fileLength);
  scanned.frames.trim();
  const { problem } = scanned;
  if (scanned.frames.count === 0) {
    return {
      frames: scanned.frames,
      problem: {
        frame: 1,
        offset: problem?.offset ?? fileLength,
        found: `${problem?.found ?? "the end of the file"} in video of "${stream.compression}"`,
        wanted: "a JPEG (ff d8)",
      },
    };
  }
  const remark = "its index is missing or broken, and the frames were found without it";
  return { ...scanned, ...rate, ...problem === undefined && { remark } };
}

function nothing({ stream }: AviLayout, fileLength: number): MovieIndex {
  const wanted = stream === undefined ? "a stream of video (strl)" : "the list of frames (movi)";
  return {
    frames: new FrameIndex(),
    problem: { frame: 1, offset: fileLength, found: "the end of the file", wanted },
  };
}
