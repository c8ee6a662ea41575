import { isAviFrame } from "./avi_chunk_name.ts";
import { FrameCollector } from "./frame_collector.ts";
import type { AviStream } from "./avi_layout.ts";
import type { ByteRange } from "./byte_range.ts";
import { describeBytes } from "./describe_bytes.ts";
import type { ReadSteps } from "./index_steps.ts";
import type { MovieIndex } from "./movie_indexer.ts";
import type { MovieProblem } from "./movie_problem.ts";
import { isChunkId } from "./riff_chunk_id.ts";
import { RiffFields } from "./riff_fields.ts";

const CHUNK_HEAD_LENGTH = 8;
const LIST_HEAD_LENGTH = 12;
/** The names of chunks that are found among frames. */
const FAMILIAR = /^([0-9a-f]{2}(dc|db|wb|tx|pc)|ix[0-9a-f]{2}|LIST|RIFF|JUNK|idx1)$/i;

/**
 * Finds the frames of an AVI file by going from chunk to chunk, where there is no table to be believed.
 *
 * @param movies What is in the lists `movi`.
 * @param fileLength In bytes.
 */
export function* scanAvi(
  movies: readonly ByteRange[],
  stream: AviStream,
  fileLength: number,
): ReadSteps<MovieIndex> {
  const scan = new AviScan(stream, fileLength);
  for (const movie of movies) {
    const problem = yield* scan.run(movie);
    if (problem !== undefined) return { frames: scan.frames.index, problem };
  }
  return { frames: scan.frames.index };
}

class AviScan {
  readonly frames = new FrameCollector();
  readonly #stream: AviStream;
  readonly #fileLength: number;

  constructor(stream: AviStream, fileLength: number) {
    this.#stream = stream;
    this.#fileLength = fileLength;
  }

  *run({ start, end }: ByteRange): ReadSteps<MovieProblem | undefined> {
    let [at, padding] = [start, 0];
    while (at < end) {
      // Some writers leave out the byte that makes lengths even.
      if (padding === 1 && (yield* this.#isFamiliar(at - 1)) && !(yield* this.#isFamiliar(at))) {
        at--;
      }
      padding = 0;
      const bytes = yield { offset: at, length: LIST_HEAD_LENGTH };
      const head = new RiffFields(bytes);
      const [id, size] = [head.id(0), head.u32(4)];
      if (bytes.length < CHUNK_HEAD_LENGTH || !isChunkId(id)) {
        return this.#problem(at, bytes.subarray(0, CHUNK_HEAD_LENGTH), "a chunk");
      }
      if (id === "LIST" || id === "RIFF") {
        at += LIST_HEAD_LENGTH; // its chunks are as good as those around it
        continue;
      }
      if (isAviFrame(id, this.#stream.number)) {
        const problem = this.#takeFrame(at + CHUNK_HEAD_LENGTH, size, bytes.subarray(8, 10));
        if (problem !== undefined) return problem;
      }
      padding = size % 2;
      at += CHUNK_HEAD_LENGTH + size + padding;
    }
    return undefined;
  }

  *#isFamiliar(offset: number): ReadSteps<boolean> {
    return FAMILIAR.test(new RiffFields(yield { offset, length: 4 }).id(0));
  }

  #takeFrame(offset: number, length: number, start: Uint8Array): MovieProblem | undefined {
    if (offset + length > this.#fileLength) {
      const found = `the end of the file after ${this.#fileLength - offset} bytes of the frame`;
      return this.#problem(this.#fileLength, found, `${length} bytes`);
    }
    if (length > 0 && (start[0] !== 0xff || start[1] !== 0xd8)) {
      return this.#problem(offset, start, "a JPEG (ff d8)");
    }
    this.frames.append(offset, length);
    return undefined;
  }

  #problem(offset: number, bytes: Uint8Array | string, wanted: string): MovieProblem {
    const frame = this.frames.index.count + 1;
    const found = typeof bytes === "string" ? bytes : describeBytes(bytes);
    return { frame, offset, found, wanted };
  }
}
