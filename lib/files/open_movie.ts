import { WireError } from "../bytes/wire_error.ts";
import { describeBytes } from "../movie/describe_bytes.ts";
import { formatMovieProblem } from "../movie/format_movie_problem.ts";
import { IndexedMovie } from "../movie/indexed_movie.ts";
import { JpegStreamIndexer } from "../movie/jpeg_stream_indexer.ts";
import { LabFramingIndexer } from "../movie/lab_framing_indexer.ts";
import type { MovieIndexer } from "../movie/movie_indexer.ts";
import type { ReadAt } from "../movie/read_at.ts";
import { type Container, sniffContainer, SNIFFED_LENGTH } from "../movie/sniff_container.ts";
import { indexFile } from "./index_file.ts";
import type { MovieRefusal } from "./movie_source.ts";

/** A file's bytes and what is known about them. */
export interface MovieBytes {
  /** As in the URL. */
  readonly name: string;
  readonly length: number;
  readonly etag: string;
  readonly framesPerSecond: number;
  readonly readAt: ReadAt;
}

/** A movie that can be played, and what of its file cannot. */
export interface OpenedMovie {
  readonly kind: "opened";
  readonly movie: IndexedMovie;
  readonly warning?: string;
}

/** Finds out what the bytes are and indexes them; 415 where there is no frame to play. */
export async function openMovie(bytes: MovieBytes): Promise<OpenedMovie | MovieRefusal> {
  const { name, length, readAt } = bytes;
  const head = new Uint8Array(Math.min(SNIFFED_LENGTH, length));
  const container = sniffContainer(head.subarray(0, readAt(0, head)));
  const indexer = indexerFor(container, head);
  if (typeof indexer === "string") {
    return noMovie(name, `it is ${indexer}; lab framing or a JPEG stream is wanted`);
  }
  const { frames, problem, remark } = await indexFile(readAt, length, indexer);
  if (frames.count === 0 && problem !== undefined) {
    return noMovie(name, formatMovieProblem(problem));
  }
  try {
    const movie = new IndexedMovie({ ...bytes, frames });
    const warning = problem === undefined
      ? remark
      : `${frames.count} frames can be played, then ${formatMovieProblem(problem)}`;
    return { kind: "opened", movie, ...warning !== undefined && { warning } };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return noMovie(name, `frame 1 at byte ${frames.offsetOf(0)}: ${error.message}`);
  }
}

/** The indexer for a container, or why there is none. */
function indexerFor(container: Container, head: Uint8Array): MovieIndexer | string {
  switch (container.kind) {
    case "lab-framing":
      return new LabFramingIndexer();
    case "jpeg-stream":
      return new JpegStreamIndexer();
    case "avi":
      return "an AVI file";
    case "mp4":
      return "an MP4 or MOV file";
    case "multipart":
      return "a multipart stream";
    case "unknown":
      return `no movie: it starts with ${describeBytes(head)}`;
    default:
      return container satisfies never;
  }
}

function noMovie(name: string, why: string): MovieRefusal {
  return { kind: "refusal", status: 415, reason: `Cannot play ${JSON.stringify(name)}: ${why}` };
}
