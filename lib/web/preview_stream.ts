import { joinBytes } from "../bytes/join_bytes.ts";
import { liveIndexAt } from "../movie/live_index_at.ts";
import type { MovieLease } from "../movie/movie_lease.ts";
import { MovieReadError } from "../movie/movie_read_error.ts";
import type { WebClock } from "./web_clock.ts";

/** What parts the frames. */
const BOUNDARY = "zoetrope-frame";

/** The `Content-Type` of a preview (RFC 2046 §5.1, replaced part by part). */
export const PREVIEW_TYPE = `multipart/x-mixed-replace; boundary=${BOUNDARY}`;

const ENCODER = new TextEncoder();
const FIRST = ENCODER.encode(`--${BOUNDARY}\r\n`);
/** Behind each frame at once: browsers show one when they see where it ends. */
const NEXT = ENCODER.encode(`\r\n--${BOUNDARY}\r\n`);

/** What a preview shows, and whom it tells. */
export interface PreviewOptions {
  /** Released at the end, whoever ends it. */
  readonly lease: MovieLease;
  /** The first frame, from 0; live movies begin with the newest one. */
  readonly from: number;
  /** Whether it starts again at its end. */
  readonly loop: boolean;
  readonly clock: WebClock;
  /** Ends the stream when it is aborted. */
  readonly closing: AbortSignal;
  /** Called once, at the end; with a sentence where the movie broke. */
  ended(problem?: string): void;
}

/**
 * A movie at its own rate, one JPEG after the other. A frame is read when the one before it has been
 * taken: who reads slowly loses frames and never holds more than one.
 */
export function previewStream(options: PreviewOptions): ReadableStream<Uint8Array> {
  const { lease, clock, closing } = options;
  const frames = new FrameClock(options);
  const stop = new AbortController();
  let isFirst = true;
  const end = (problem?: string) => {
    if (stop.signal.aborted) return;
    stop.abort();
    closing.removeEventListener("abort", stopped);
    lease.release();
    options.ended(problem);
  };
  const stopped = () => end();
  closing.addEventListener("abort", stopped);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await clock.sleep(frames.waitMs(), stop.signal);
      if (stop.signal.aborted) return closing.aborted ? controller.close() : undefined;
      const index = frames.take();
      if (index === undefined) {
        end();
        return controller.close();
      }
      try {
        const part = partOf(lease.movie.frame(index));
        controller.enqueue(isFirst ? joinBytes([FIRST, part]) : part);
        isFirst = false;
      } catch (error) {
        if (!(error instanceof MovieReadError)) throw error;
        end(error.message);
        controller.close();
      }
    },
    cancel: () => end(),
  }, { highWaterMark: 0 });
}

/** Which frame is due when, from the moment of the first one on. */
class FrameClock {
  readonly #options: PreviewOptions;
  #startMs: number | undefined;
  /** How many frames after the first one the next is. */
  #next = 0;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** How long until a frame is due, in milliseconds. */
  waitMs(): number {
    const { clock, lease: { movie } } = this.#options;
    if (this.#startMs === undefined) return 0;
    return this.#startMs + this.#next * 1000 / movie.framesPerSecond - clock.now().monotonicMs;
  }

  /** The frame that is due now, those missed left out; `undefined` behind the last. */
  take(): number | undefined {
    const { clock, from, loop, lease: { movie } } = this.#options;
    const { framesPerSecond, frameCount } = movie;
    const now = clock.now();
    this.#startMs ??= now.monotonicMs;
    const due = Math.floor((now.monotonicMs - this.#startMs) * framesPerSecond / 1000);
    const step = Math.max(this.#next, due);
    this.#next = step + 1;
    if (movie.liveSinceMs !== undefined) return Math.max(0, liveIndexAt(movie, now.unixMs) - 1);
    const index = from + step;
    if (index < frameCount) return index;
    return loop ? index % frameCount : undefined;
  }
}

function partOf(jpeg: Uint8Array): Uint8Array {
  const head = `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
  return joinBytes([ENCODER.encode(head), jpeg, NEXT]);
}
