import type { FrameChoice } from "./frame_choice.ts";

/**
 * Says of one frame after another whether a choice takes it. Frames that are missing move nothing: the
 * next interval begins where it would have begun with them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const selector = new FrameSelector({ kind: "everyMs", intervalMs: 100 });
 * const taken = [0, 40, 80, 120, 160, 200].filter((ms, i) => selector.takes(i + 1, ms));
 * assertEquals(taken, [0, 120, 200]);
 * ```
 */
export class FrameSelector {
  readonly #choice: FrameChoice;
  /** `times`: those that no frame was taken for, sorted. */
  readonly #times: number[];
  #nextInterval = 0;

  constructor(choice: FrameChoice) {
    this.#choice = choice;
    this.#times = choice.kind === "times" ? choice.timesMs.toSorted((a, b) => a - b) : [];
  }

  /** Whether it takes no further frame, whatever comes. */
  get isDone(): boolean {
    return this.#choice.kind === "times" && this.#times.length === 0;
  }

  /**
   * Whether the next frame is taken.
   *
   * @param number From 1, as in `ClientFrame.number`; frames that are missing may leave numbers out.
   * @param playMs After the first frame; never less than that of the frame before.
   */
  takes(number: number, playMs: number): boolean {
    const choice = this.#choice;
    switch (choice.kind) {
      case "everyFrames":
        return (number - 1) % choice.count === 0;
      case "everyMs": {
        const interval = Math.floor(playMs / choice.intervalMs);
        if (interval < this.#nextInterval) return false;
        this.#nextInterval = interval + 1;
        return true;
      }
      case "times": {
        const before = this.#times.length;
        while (this.#times[0] !== undefined && this.#times[0] <= playMs) this.#times.shift();
        return this.#times.length < before;
      }
      default:
        return choice satisfies never;
    }
  }
}
