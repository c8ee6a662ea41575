import type { WindowFigures } from "../web/window_messages.ts";
import { byId, make, setText } from "./elements.ts";
import { Plot } from "./plot.ts";
import { formatClock, formatFrameRate, formatMs, formatScaled, formatShare } from "./quantities.ts";
import { rtpFields } from "./rtp_fields.ts";

/** Two samples a second, for a minute. */
const SPAN = { spanSeconds: 60, gapSeconds: 1.5 } as const;

type Shown = readonly [Plot, (figures: WindowFigures) => number | null];

/** Plots and numbers of what comes in, and the newest RTP header. */
export class PlayerFigures {
  readonly #plots: readonly Shown[] = [
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
      new Plot({
        ...SPAN,
        title: "Frame rate",
        least: 30,
        format: (value) => formatFrameRate(Math.round(value)),
      }),
      ({ framesPerSecond }) => framesPerSecond,
    ],
    [
      new Plot({ ...SPAN, title: "Loss", least: 0.01, most: 1, format: formatShare }),
      ({ loss }) => loss,
    ],
    [
      new Plot({ ...SPAN, title: "Jitter", least: 10, format: formatMs }),
      ({ jitterMs }) => jitterMs,
    ],
  ];
  readonly #facts = byId("facts", HTMLElement);
  readonly #header = byId("rtp-fields", HTMLElement);
  readonly #bytes = byId("rtp-bytes", HTMLElement);
  readonly #cells = new Map<string, HTMLElement>();
  #history: readonly WindowFigures[] = [];

  constructor() {
    byId("plots", HTMLElement).append(...this.#plots.map(([plot]) => plot.element));
  }

  /** Shows what came in up to now. */
  show(figures: WindowFigures): void {
    const from = figures.atSeconds - SPAN.spanSeconds;
    // A client that was started anew counts its seconds from 0 again.
    const isOf = ({ atSeconds }: WindowFigures) =>
      from <= atSeconds && atSeconds < figures.atSeconds;
    this.#history = [...this.#history.filter(isOf), figures];
    for (const [plot, valueOf] of this.#plots) {
      plot.show(this.#history.map((one) => ({ atSeconds: one.atSeconds, value: valueOf(one) })));
    }
    for (const [name, value] of factsOf(figures)) {
      setText(this.#cell(`fact ${name}`, this.#facts, name), value);
    }
    if (figures.rtpHeader === null) return;
    setText(this.#bytes, figures.rtpHeader);
    for (const { name, bits, value } of rtpFields(figures.rtpHeader)) {
      const title = `${name} (${bits} bit${bits === 1 ? "" : "s"})`;
      setText(this.#cell(`field ${name}`, this.#header, title), value);
    }
  }

  /** The element of a value, beside its name. */
  #cell(key: string, parent: HTMLElement, title: string): HTMLElement {
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const value = make("dd");
    parent.append(make("div", { children: [make("dt", { text: title }), value] }));
    this.#cells.set(key, value);
    return value;
  }
}

function factsOf(figures: WindowFigures): [name: string, value: string][] {
  const { packets, lost, late, duplicate, reordered, frames, broken } = figures;
  return [
    ["Dialect", figures.dialect],
    ["Transport", figures.transport?.toUpperCase() ?? "–"],
    ["Playing time", formatClock(figures.playingSeconds)],
    ["Frames", String(frames)],
    ["Broken frames", String(broken)],
    ["Packets", String(packets)],
    ["Lost", String(lost)],
    ["Late", String(late)],
    ["Duplicates", String(duplicate)],
    ["Reordered", String(reordered)],
  ];
}
