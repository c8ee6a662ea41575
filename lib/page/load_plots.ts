import type { LoadSample } from "../web/server_status.ts";
import { Plot } from "./plot.ts";
import { formatFrameRate, formatMs, formatScaled, formatShare } from "./quantities.ts";

/** A sample a second, for five minutes. */
const SPAN = { spanSeconds: 300, gapSeconds: 2.5 } as const;

/** What the whole server does, over the last minutes. */
export class LoadPlots {
  readonly #plots: readonly (readonly [Plot, (sample: LoadSample) => number | null])[] = [
    [
      new Plot({ ...SPAN, title: "Sessions", least: 4, isCount: true, format: String }),
      ({ sessions }) => sessions,
    ],
    [
      new Plot({
        ...SPAN,
        title: "Data rate",
        least: 1e6,
        format: (value) => formatScaled(value, "bit/s"),
      }),
      ({ bitsPerSecond }) => bitsPerSecond,
    ],
    [
      new Plot({ ...SPAN, title: "Frame rate", least: 40, format: formatFrameRate }),
      ({ framesPerSecond }) => framesPerSecond,
    ],
    [
      new Plot({ ...SPAN, title: "Worst loss", least: 0.01, most: 1, format: formatShare }),
      ({ worstLoss }) => worstLoss,
    ],
    [
      new Plot({ ...SPAN, title: "Worst jitter", least: 10, format: formatMs }),
      ({ worstJitterMs }) => worstJitterMs,
    ],
  ];

  constructor(parent: HTMLElement) {
    parent.append(...this.#plots.map(([plot]) => plot.element));
  }

  /** Shows these samples, the newest last. */
  show(history: readonly LoadSample[]): void {
    for (const [plot, valueOf] of this.#plots) {
      plot.show(history.map((sample) => ({
        atSeconds: sample.atUnixMs / 1000,
        value: valueOf(sample),
      })));
    }
  }
}
