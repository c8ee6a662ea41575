import type { LoadSample } from "../web/server_status.ts";
import { Plot } from "./plot.ts";
import { formatFrameRate, formatMs, formatScaled, formatShare } from "./quantities.ts";

const SPAN = { span: 300, spanText: "5 minutes" } as const;

/** What the whole server does, over the last minutes. */
export class LoadPlots {
  readonly #plots: readonly (readonly [Plot, (sample: LoadSample) => number | null])[] = [
    [
      new Plot({ ...SPAN, title: "Sessions", least: 4, format: String }),
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
      new Plot({ ...SPAN, title: "Worst loss", least: 0.01, format: formatShare }),
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

  /** Shows these samples, one a second. */
  show(history: readonly LoadSample[]): void {
    for (const [plot, valueOf] of this.#plots) plot.show(history.map(valueOf));
  }
}
