import { WireError } from "../bytes/wire_error.ts";
import { describeBytes } from "../movie/describe_bytes.ts";
import { formatMovieProblem } from "../movie/format_movie_problem.ts";
import { indexAvi } from "../movie/index_avi.ts";
import { indexMp4 } from "../movie/index_mp4.ts";
import { indexMultipart } from "../movie/index_multipart.ts";
import { IndexedMovie } from "../movie/indexed_movie.ts";
import { JpegStreamIndexer } from "../movie/jpeg_stream_indexer.ts";
import { LabFramingIndexer } from "../movie/lab_framing_indexer.ts";
import type { Movie } from "../movie/movie.ts";
import type { MovieIndex } from "../movie/movie_indexer.ts";
import { MovieReadError } from "../movie/movie_read_error.ts";
import type { ReadAt } from "../movie/read_at.ts";
import { StillMovie } from "../movie/still_movie.ts";
import { type Container, sniffContainer, SNIFFED_LENGTH } from "../movie/sniff_container.ts";
import { indexFile } from "./index_file.ts";
import type { MovieRefusal } from "./movie_source.ts";
import { runIndexSteps } from "./run_index_steps.ts";

type KnownContainer = Exclude<Container, { readonly kind: "unknown" }>;

/** A file's bytes and what is known about them. */
export interface MovieBytes {
  /** As in the URL. */
  readonly name: string;
  readonly length: number;
  readonly etag: string;
  readonly framesPerSecond: number;
  /** When they were written last, in Unix milliseconds, where that is known. */
  readonly writtenUnixMs?: number;
  readonly readAt: ReadAt;
  /** So many bytes from an offset on will be read soon; returns at once. */
  readonly readAhead?: (offset: number, length: number) => void;
}

/** A movie that can be played, and what of its file cannot. */
export interface OpenedMovie {
  readonly kind: "opened";
  readonly movie: Movie;
  readonly warning?: string;
}

/**
 * Finds out what the bytes are and indexes them; 415 where there is no frame to play. A single JPEG is a
 * movie without end.
 */
export async function openMovie(bytes: MovieBytes): Promise<OpenedMovie | MovieRefusal> {
  const { name, length, readAt } = bytes;
  const head = new Uint8Array(Math.min(SNIFFED_LENGTH, length));
  const container = sniffContainer(head.subarray(0, readAt(0, head)));
  if (container.kind === "unknown") {
    if (length === 0) return noMovie(name, "it is empty");
    return noMovie(name, `it starts with ${describeBytes(head)}, as no movie does`);
  }
  const { frames, problem, remark, framesPerSecond } = await indexMovie(container, bytes);
  if (frames.count === 0 && problem !== undefined) {
    return noMovie(name, formatMovieProblem(problem));
  }
  try {
    const rate = framesPerSecond !== undefined && { framesPerSecond };
    const indexed = new IndexedMovie({ ...bytes, ...rate, frames });
    const isStill = container.kind === "jpeg-stream" && frames.count === 1;
    const movie = isStill ? new StillMovie(indexed) : indexed;
    const playable = frames.count === 1 ? "1 frame" : `${frames.count} frames`;
    const doubt = problem === undefined
      ? remark
      : `${playable} can be played, then ${formatMovieProblem(problem)}`;
    const warning = doubt === undefined ? undefined : `${JSON.stringify(name)}: ${doubt}`;
    return { kind: "opened", movie, ...warning !== undefined && { warning } };
  } catch (error) {
    if (error instanceof MovieReadError) return noMovie(name, error.message);
    if (!(error instanceof WireError)) throw error;
    return noMovie(name, `frame 1 at byte ${frames.offsetOf(0)}: ${error.message}`);
  }
}

function indexMovie(container: KnownContainer, bytes: MovieBytes): Promise<MovieIndex> {
  const { readAt, length } = bytes;
  switch (container.kind) {
    case "lab-framing":
      return indexFile(readAt, length, new LabFramingIndexer());
    case "jpeg-stream":
      return indexFile(readAt, length, new JpegStreamIndexer());
    case "avi":
      return runIndexSteps(readAt, indexAvi(length));
    case "mp4":
      return runIndexSteps(readAt, indexMp4(length));
    case "multipart":
      return runIndexSteps(readAt, indexMultipart(length));
    default:
      return container satisfies never;
  }
}

function noMovie(name: string, why: string): MovieRefusal {
  return { kind: "refusal", status: 415, reason: `Cannot play ${JSON.stringify(name)}: ${why}` };
}
