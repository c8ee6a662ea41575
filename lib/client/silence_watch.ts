/** The least silence of a stream after which its server is asked whether it is still there. */
export const SHORTEST_SILENCE_MS = 5_000;
/** The longest, however slow the stream is: asking costs one request. */
export const LONGEST_SILENCE_MS = 15_000;
/** How long the answer may take. */
export const ANSWER_WAIT_MS = 3_000;

/** So many frames that do not come are worth a question. */
const MISSED_FRAMES = 4;
/** How much of a new interval counts for the pace; the rest is what it was. */
const GAIN = 1 / 8;

/** What silence asks for: a question, or an end, since that was not answered. */
export type SilenceVerdict = "silent" | "gone";

/**
 * Notices that a server is gone though nothing says so: its host lost power, or the network swallows
 * everything. Silence of four frames by the stream's own pace (5 s at least, 15 s at most) is worth a
 * question over the RTSP connection; whoever does not answer that within 3 s, and sends nothing, is gone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const watch = new SilenceWatch();
 * watch.begin(40, 0);
 * assertEquals(watch.due, { atMs: 5_000, verdict: "silent" });
 * watch.asked(8_000);
 * assertEquals(watch.due, { atMs: 8_000, verdict: "gone" });
 * watch.heard(5_020);
 * assertEquals(watch.due, { atMs: 10_020, verdict: "silent" });
 * ```
 */
export class SilenceWatch {
  #heardMs: number | undefined;
  #frameMs: number | undefined;
  #intervalMs: number | undefined;
  #answerUntilMs: number | undefined;

  /** Between two frames, by what was announced and what came; `undefined` where nothing tells. */
  get intervalMs(): number | undefined {
    return this.#intervalMs;
  }

  /** What is next, and when; `undefined` while nothing is awaited of the server. */
  get due(): { readonly atMs: number; readonly verdict: SilenceVerdict } | undefined {
    if (this.#heardMs === undefined) return undefined;
    if (this.#answerUntilMs !== undefined) return { atMs: this.#answerUntilMs, verdict: "gone" };
    const byPaceMs = MISSED_FRAMES * (this.#intervalMs ?? 0);
    const silenceMs = Math.min(LONGEST_SILENCE_MS, Math.max(SHORTEST_SILENCE_MS, byPaceMs));
    return { atMs: this.#heardMs + silenceMs, verdict: "silent" };
  }

  /**
   * It plays.
   *
   * @param intervalMs Between two frames, where it is announced.
   */
  begin(intervalMs: number | undefined, nowMs: number): void {
    this.#intervalMs ??= intervalMs;
    this.#frameMs = undefined;
    this.heard(nowMs);
  }

  /** Anything came of the server. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs;
    this.#answerUntilMs = undefined;
  }

  /** A frame came. */
  frame(nowMs: number): void {
    if (this.#frameMs !== undefined) {
      const newMs = nowMs - this.#frameMs;
      const oldMs = this.#intervalMs ?? newMs;
      this.#intervalMs = oldMs + GAIN * (newMs - oldMs);
    }
    this.#frameMs = nowMs;
  }

  /** The server was asked; it is gone at `untilMs` if nothing comes before. */
  asked(untilMs: number): void {
    this.#answerUntilMs = untilMs;
  }

  /** It stands still: silence means nothing. */
  end(): void {
    this.#heardMs = undefined;
    this.#answerUntilMs = undefined;
  }
}
