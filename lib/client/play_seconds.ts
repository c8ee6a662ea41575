import type { Reception } from "./reception.ts";
import type { SecondFigures } from "./second_figures.ts";

/** What is looked at once a second. */
export type ReceptionSample = Pick<Reception, "lost" | "broken" | "jitterMs">;

/** The figures of one second while they grow. */
type Second = {
  -readonly [Name in keyof Omit<Required<SecondFigures>, "seconds">]: Required<SecondFigures>[Name];
};

/** What came in each second of playing time: a few numbers for each, and nothing for each packet. */
export class PlaySeconds {
  readonly #seconds: Second[] = [];
  /** Seconds whose end has been looked at. */
  #sampled = 0;
  #lost = 0;
  #broken = 0;

  /** Whether a second is over at whose end the reception has not been looked at. */
  get wantsSample(): boolean {
    return this.#sampled < this.#seconds.length - 1;
  }

  /** A packet came. */
  packet(playingMs: number, payloadLength: number): void {
    const second = this.#at(playingMs);
    second.packets++;
    second.payloadBytes += payloadLength;
  }

  /**
   * A whole frame came.
   *
   * @param gapMs After the one before; `undefined` where there was none.
   */
  frame(playingMs: number, gapMs: number | undefined): void {
    const second = this.#at(playingMs);
    second.frames++;
    if (gapMs !== undefined) second.longestGapMs = Math.max(second.longestGapMs ?? 0, gapMs);
  }

  /** How large the frame was that came last, in bytes. */
  frameSize(length: number): void {
    const second = this.#seconds.at(-1);
    if (second === undefined) return;
    second.leastFrameBytes = Math.min(second.leastFrameBytes ?? Infinity, length);
    second.mostFrameBytes = Math.max(second.mostFrameBytes ?? 0, length);
  }

  /** The reception as it is now: what is new of it belongs to the last second that is over. */
  sample(reception: ReceptionSample): void {
    this.#sample(reception, this.#seconds.length - 2);
    this.#sampled = Math.max(0, this.#seconds.length - 1);
  }

  /**
   * All seconds, the last of which may not be over.
   *
   * @param playingMs All playing time, which may be over since the last of them.
   */
  figures(reception: ReceptionSample, playingMs: number): SecondFigures[] {
    const last = this.#seconds.length - 1;
    this.#sample(reception, last);
    const lastLength = Math.min(1, Math.max(0, Math.round(playingMs - 1000 * last) / 1000));
    return this.#seconds.map((second, index) => ({
      ...second,
      seconds: index < last ? 1 : lastLength,
    }));
  }

  #sample({ lost, broken, jitterMs }: ReceptionSample, index: number): void {
    const second = this.#seconds[index];
    if (second === undefined) return;
    second.lost += Math.max(0, lost - this.#lost); // a late packet takes back a loss
    second.broken += Math.max(0, broken - this.#broken);
    this.#lost = Math.max(this.#lost, lost);
    this.#broken = Math.max(this.#broken, broken);
    if (jitterMs !== undefined) second.jitterMs = jitterMs;
  }

  #at(playingMs: number): Second {
    const index = Math.floor(playingMs / 1000);
    while (this.#seconds.length < index) this.#seconds.push(emptySecond());
    return this.#seconds[index] ??= emptySecond();
  }
}

function emptySecond(): Second {
  return {
    packets: 0,
    frames: 0,
    payloadBytes: 0,
    lost: 0,
    broken: 0,
    jitterMs: null,
    longestGapMs: null,
    leastFrameBytes: null,
    mostFrameBytes: null,
  };
}
