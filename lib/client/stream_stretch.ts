import { type SilenceVerdict, SilenceWatch } from "./silence_watch.ts";

/** How long packets may still be under way after the server's goodbye. */
export const LAST_PACKETS_MS = 250;
/** Silence at the known end of a movie that is taken for the end, where no goodbye comes; a slow movie gets more. */
export const END_SILENCE_MS = 1_000;
/** Silence in the middle of a play that is taken for a failure though the server answers. */
export const STALL_MS = 60_000;
/** The same of a slow stream: so many frames that do not come. */
const STALL_FRAMES = 6;
/** How near the end of the range the last frame must be: in seconds, where the rate is unknown. */
const NEAR_END_SECONDS = 0.5;
/** How near it must be otherwise. */
const NEAR_END_FRAMES = 3;

/** What silence means: it never began, it is over, it is to be asked about, or it has failed. */
export type StreamVerdict = "nothing came" | "ended" | "stalled" | SilenceVerdict;

/** Where the receiver of a stream is. */
export interface StreamPlace {
  /** When its last packet came. */
  readonly lastMs: number | undefined;
  /** Of the last frame in the movie. */
  readonly positionSeconds: number | undefined;
}

interface Stretch {
  readonly sinceMs: number;
  /** How long the first packet may take. */
  readonly patienceMs: number;
  readonly endSeconds: number | undefined;
  readonly hasCome: boolean;
  readonly goodbyeMs: number | undefined;
}

/** One stretch of playing, from PLAY to its end or a pause: says what silence in it means. */
export class StreamStretch {
  readonly #silence = new SilenceWatch();
  #frameMs: number | undefined;
  /** How long packets may be under way. */
  #restMs = 0;
  #stretch: Stretch | undefined;

  /**
   * A session was set up.
   *
   * @param framesPerSecond As announced.
   * @param isOrdered Whether nothing can come behind the server's goodbye.
   */
  begin(framesPerSecond: number | undefined, isOrdered: boolean): void {
    this.#frameMs = framesPerSecond === undefined ? undefined : 1000 / framesPerSecond;
    this.#restMs = isOrdered ? 0 : LAST_PACKETS_MS;
  }

  /** PLAY was sent: packets may come before its answer. */
  play(patienceMs: number, nowMs: number): void {
    this.#silence.end();
    this.#stretch = {
      sinceMs: nowMs,
      patienceMs,
      endSeconds: undefined,
      hasCome: false,
      goodbyeMs: undefined,
    };
  }

  /** PLAY was answered. */
  started(endSeconds: number | undefined, nowMs: number): void {
    if (this.#stretch !== undefined) {
      this.#stretch = { ...this.#stretch, sinceMs: nowMs, endSeconds };
    }
  }

  /** It stands still: silence means nothing. */
  end(): void {
    this.#stretch = undefined;
    this.#silence.end();
  }

  /** A packet of the server came. */
  packet(nowMs: number): void {
    const stretch = this.#stretch;
    if (stretch === undefined) return;
    if (stretch.hasCome) return this.#silence.heard(nowMs);
    this.#stretch = { ...stretch, hasCome: true };
    this.#silence.begin(this.#frameMs, nowMs);
  }

  /** Its packets made a frame whole. */
  frame(nowMs: number): void {
    this.#silence.frame(nowMs);
  }

  /** The server said that nothing more comes. */
  goodbye(nowMs: number): void {
    const stretch = this.#stretch;
    if (stretch === undefined) return;
    this.#stretch = { ...stretch, goodbyeMs: stretch.goodbyeMs ?? nowMs };
  }

  /** The server answered a request: it is there. */
  answered(nowMs: number): void {
    if (this.#stretch?.hasCome) this.#silence.heard(nowMs);
  }

  /** The server was asked whether it is there; it has until then. */
  asked(untilMs: number): void {
    this.#silence.asked(untilMs);
  }

  /** What is next, and when. */
  due(
    { lastMs, positionSeconds }: StreamPlace,
  ): { readonly atMs: number; readonly verdict: StreamVerdict } | undefined {
    const stretch = this.#stretch;
    if (stretch === undefined) return undefined;
    const { sinceMs, patienceMs, goodbyeMs, hasCome, endSeconds } = stretch;
    if (goodbyeMs !== undefined) return { atMs: goodbyeMs + this.#restMs, verdict: "ended" };
    if (!hasCome) return { atMs: sinceMs + patienceMs, verdict: "nothing came" };
    const silentSinceMs = lastMs ?? sinceMs;
    if (this.#isNear(endSeconds, positionSeconds)) {
      const endMs = Math.max(END_SILENCE_MS, NEAR_END_FRAMES * (this.#frameMs ?? 0));
      return { atMs: silentSinceMs + endMs, verdict: "ended" };
    }
    const stallMs = Math.max(STALL_MS, STALL_FRAMES * (this.#silence.intervalMs ?? 0));
    const stall = { atMs: silentSinceMs + stallMs, verdict: "stalled" } as const;
    const { due: silence = stall } = this.#silence;
    return silence.atMs < stall.atMs ? silence : stall;
  }

  #isNear(endSeconds: number | undefined, positionSeconds: number | undefined): boolean {
    if (endSeconds === undefined || positionSeconds === undefined) return false;
    const nearSeconds = this.#frameMs === undefined
      ? NEAR_END_SECONDS
      : NEAR_END_FRAMES * this.#frameMs / 1000;
    return Math.abs(endSeconds - positionSeconds) <= nearSeconds;
  }
}
