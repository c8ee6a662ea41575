import type { MovieLease } from "../movie/movie_lease.ts";
import { type FrameChoice, frameIndexOf, parseFrameChoice } from "./frame_choice.ts";
import { literalName } from "./literal_name.ts";
import type { MoviePort } from "./movie_port.ts";
import { Places } from "./places.ts";
import { PREVIEW_TYPE, previewStream } from "./preview_stream.ts";
import { reply, replyError } from "./replies.ts";
import { SnapshotMaker } from "./snapshot_maker.ts";
import type { WebSettings } from "./web_settings.ts";

/** Previews at a time, for all and for each peer: browsers hold six connections to a server. */
const MOST_PREVIEWS = 64;
const MOST_PREVIEWS_EACH = 6;

const MIN_WIDTH = 16;
const MAX_WIDTH = 4096;

/** The pictures of movies: `/snapshot/` and `/preview/`. */
export class MoviePictures {
  readonly #settings: WebSettings;
  readonly #movies: MoviePort;
  readonly #snapshots: SnapshotMaker;
  readonly #closing = new AbortController();
  readonly #previews = new Places(MOST_PREVIEWS, MOST_PREVIEWS_EACH);

  constructor(settings: WebSettings) {
    this.#settings = settings;
    this.#movies = settings.movies;
    this.#snapshots = new SnapshotMaker(settings.scaler);
  }

  /** How many previews are being shown. */
  get previews(): number {
    return this.#previews.taken;
  }

  /** Ends all previews. */
  close(): void {
    this.#closing.abort();
  }

  /**
   * One frame, by `n`, `t` or the newest, with `w` that many pixels wide.
   *
   * @param names The movie's, percent-decoded.
   */
  async snapshot(
    names: readonly string[],
    query: URLSearchParams,
    ifNoneMatch: string | null,
  ): Promise<Response> {
    const choice = parseFrameChoice(query);
    if (typeof choice === "string") return replyError(400, choice);
    const width = parseWidth(query.get("w"));
    if (typeof width === "string") return replyError(400, width);
    const result = await this.#movies.open(literalName(names.join("/")));
    if (result.kind === "refusal") return replyError(result.status, result.reason);
    using lease = result;
    const { movie } = lease;
    const index = frameIndexOf(choice, movie, this.#settings.clock.now().unixMs);
    if (index === undefined) return noSuchFrame(lease, choice);
    const etag = `"${movie.etag}-${index}-${width ?? "full"}"`;
    const isLasting = movie.liveSinceMs === undefined;
    const cache = isLasting ? "private, no-cache" : "no-store";
    const headers = [["ETag", etag], ["X-Frame-Number", String(index + 1)]] as const;
    if (isLasting && ifNoneMatch === etag) {
      return reply(null, { status: 304, type: "image/jpeg", cache, headers });
    }
    if (width !== undefined && this.#snapshots.isBusy) {
      return replyError(503, "Too many pictures are being scaled", [["Retry-After", "1"]]);
    }
    try {
      const jpeg = await this.#snapshots.take(movie, index, width);
      return reply(jpeg, { type: "image/jpeg", cache, headers });
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
        throw error;
      }
      return replyError(500, error.message);
    }
  }

  /** The movie at its own rate, from `n` or `t` on, until nobody looks; over and over unless `loop=0`. */
  async preview(
    names: readonly string[],
    query: URLSearchParams,
    peerAddress: string,
  ): Promise<Response> {
    const choice = parseFrameChoice(query);
    if (typeof choice === "string") return replyError(400, choice);
    const loop = query.get("loop") ?? "1";
    if (!/^[01]$/.test(loop)) return replyError(400, `loop needs 0 or 1, not ${quote(loop)}`);
    const result = await this.#movies.open(literalName(names.join("/")));
    if (result.kind === "refusal") return replyError(result.status, result.reason);
    const { clock, report } = this.#settings;
    const from = frameIndexOf(choice, result.movie, clock.now().unixMs);
    if (from === undefined) {
      result.release();
      return noSuchFrame(result, choice);
    }
    const giveBack = this.#previews.take(peerAddress);
    if (giveBack === undefined) {
      result.release();
      return replyError(503, "Too many previews are being shown", [["Retry-After", "5"]]);
    }
    const ended = (problem?: string) => {
      giveBack();
      if (problem === undefined) return;
      report({ kind: "log", level: "error", message: `Preview ended: ${problem}` });
    };
    const closing = this.#closing.signal;
    const body = previewStream({ lease: result, from, loop: loop === "1", clock, closing, ended });
    return reply(body, { type: PREVIEW_TYPE });
  }
}

/** Pixels; a sentence where the text makes no sense. */
function parseWidth(text: string | null): number | undefined | string {
  if (text === null) return undefined;
  const width = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (width >= MIN_WIDTH && width <= MAX_WIDTH) return width;
  return `w needs a width of ${MIN_WIDTH} to ${MAX_WIDTH} pixels, not ${quote(text)}`;
}

function noSuchFrame({ movie }: MovieLease, choice: FrameChoice): Response {
  const wanted = choice.kind === "number"
    ? `frame ${choice.number}`
    : choice.kind === "time"
    ? `frame at ${choice.seconds} s`
    : "newest frame";
  const { name, frameCount, framesPerSecond, liveSinceMs } = movie;
  const has = liveSinceMs !== undefined
    ? "it is not that far yet"
    : `it has ${frameCount} frames, ${(frameCount / framesPerSecond).toFixed(1)} s`;
  return replyError(404, `${quote(name)} has no ${wanted}: ${has}`);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
