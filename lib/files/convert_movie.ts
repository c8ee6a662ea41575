import type { Movie } from "../movie/movie.ts";
import { failureText } from "./failure_text.ts";
import type { MovieSink } from "./movie_sink.ts";
import {
  framesIn,
  openAviSink,
  openFolderSink,
  openLabSink,
  openStreamSink,
} from "./movie_sinks.ts";
import { openMoviePath } from "./open_movie_path.ts";
import { OutputError } from "./output_error.ts";

const DEFAULT_FRAMES_PER_SECOND = 20;
const PROGRESS_MS = 100;

/** How far a conversion is. */
export interface ConvertProgress {
  /** Frames that are written, and all that there are. */
  readonly frames: number;
  readonly of: number;
  /** Of the frames that are written. */
  readonly bytes: number;
}

/** What to convert. */
export interface ConvertOrder {
  /** A movie in any container, or a folder of JPEGs. */
  readonly input: string;
  /** Its ending says what it gets: `.Mjpeg`, `.mjpeg`, `.avi`, or `/` for a folder. */
  readonly output: string;
  /** Whether what is there already is replaced. */
  readonly force?: boolean;
  /** Of an input that does not say; 20 unless given. */
  readonly framesPerSecond?: number;
  /** Called at the start, some ten times a second, and at the end. */
  readonly onProgress?: (progress: ConvertProgress) => void;
  /** Ends the conversion early. */
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Converted {
  readonly frames: number;
  readonly bytes: number;
  /** What of the input could not be converted, as a sentence. */
  readonly warning?: string;
}

type Opener = (path: string, movie: Movie) => Promise<MovieSink>;

const OPENERS: readonly (readonly [ending: RegExp, open: Opener])[] = [
  [/\.Mjpeg$/, openLabSink],
  [/\.mjpeg$/, openStreamSink],
  [/\.avi$/i, openAviSink],
];

/**
 * Copies a movie's frames into another container, byte for byte. The output comes into being whole or
 * not at all: it has another name until its last byte is written.
 *
 * @throws {Error} One sentence for the user, an `OutputError` where nothing was converted since the
 *   output cannot be written; or the signal's reason, where that ended it.
 */
export async function convertMovie(order: ConvertOrder): Promise<Converted> {
  const { input, output, signal } = order;
  signal?.throwIfAborted();
  const open = await openerFor(output, order.force ?? false);
  const rate = order.framesPerSecond ?? DEFAULT_FRAMES_PER_SECOND;
  using lease = await openMoviePath(input, rate);
  const { movie, warning } = lease;
  const sink = await open(output, movie).catch((error) => {
    throw new OutputError(`Cannot write ${JSON.stringify(output)}: ${failureText(error)}`);
  });
  try {
    const bytes = await copyFrames(movie, sink, order);
    await sink.commit();
    const frames = frameCountOf(movie);
    return { frames, bytes, ...warning !== undefined && { warning } };
  } catch (error) {
    await sink.discard();
    signal?.throwIfAborted();
    if (!(error instanceof Error && isFromSystem(error))) throw error;
    throw new Error(`Cannot write ${JSON.stringify(output)}: ${failureText(error)}`, {
      cause: error,
    });
  }
}

async function copyFrames(
  movie: Movie,
  sink: MovieSink,
  { onProgress, signal }: ConvertOrder,
): Promise<number> {
  const of = frameCountOf(movie);
  let bytes = 0;
  let reportedMs = -Infinity;
  for (let frames = 0; frames < of; frames++) {
    signal?.throwIfAborted();
    if (performance.now() - reportedMs >= PROGRESS_MS) {
      onProgress?.({ frames, of, bytes });
      reportedMs = performance.now();
    }
    const jpeg = movie.frame(frames);
    await sink.write(jpeg, frames + 1);
    bytes += jpeg.length;
  }
  signal?.throwIfAborted();
  onProgress?.({ frames: of, of, bytes });
  return bytes;
}

/** A still has one frame, however long it is shown. */
function frameCountOf(movie: Movie): number {
  return Number.isFinite(movie.frameCount) ? movie.frameCount : 1;
}

async function openerFor(output: string, force: boolean): Promise<Opener> {
  const there = await Deno.stat(output).catch(() => undefined);
  const shown = JSON.stringify(output);
  if (there?.isDirectory || /[/\\]$/.test(output)) {
    const frames = there?.isDirectory && !force ? (await framesIn(output)).length : 0;
    if (frames === 0) return openFolderSink;
    throw new OutputError(
      `Cannot write ${shown}: it holds ${frames} frames (--force replaces them)`,
    );
  }
  const open = OPENERS.find(([ending]) => ending.test(output))?.[1];
  if (open === undefined) {
    throw new OutputError(
      `Cannot write ${shown}: it has to end in .Mjpeg (lab framing), .mjpeg (JPEG stream), ` +
        ".avi or / (a folder of JPEGs)",
    );
  }
  if (there === undefined || force) return open;
  throw new OutputError(`Cannot write ${shown}: it is there already (--force replaces it)`);
}

function isFromSystem(error: Error): boolean {
  return "code" in error || Object.values(Deno.errors).some((kind) => error instanceof kind);
}
