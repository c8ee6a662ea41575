import uPlot from "uplot";
import { chartLook, onSchemeChange } from "./chart_look.ts";
import { type ChartAxes, type ChartLook, chartOptions } from "./chart_options.ts";
import { make, setText } from "./elements.ts";
import { type PlotColumns, plotColumns, type PlotSample } from "./plot_columns.ts";
import { formatAge, UNKNOWN } from "./quantities.ts";

/** What a plot shows. */
export interface PlotOptions extends ChartAxes {
  readonly title: string;
  /** What samples are further apart than where some are missing. */
  readonly gapSeconds: number;
}

/**
 * A live series of one quantity: its newest value and its peak in words, and its last minutes as a
 * chart, whose cursor tells the value at any time in place of the peak.
 */
export class Plot {
  readonly element: HTMLElement;
  readonly #options: PlotOptions;
  readonly #area: HTMLElement;
  readonly #value = make("p", { class: "plot-value", text: UNKNOWN });
  readonly #note = make("p", { class: "plot-note", text: UNKNOWN });
  #columns: PlotColumns = [[], []];
  #chart: uPlot | undefined;
  /** What the chart was made with. */
  #look: ChartLook | undefined;
  /** The sample under the cursor. */
  #pointed: number | null = null;

  constructor(options: PlotOptions) {
    this.#options = options;
    const title = make("h3", { text: options.title });
    const attributes = { role: "img", "aria-label": options.title };
    this.#area = make("div", { class: "plot-area", attributes });
    const children = [title, this.#value, this.#note, this.#area];
    this.element = make("article", { class: "plot", children });
    new ResizeObserver(() => this.#fit()).observe(this.#area);
    onSchemeChange(() => this.#fit());
  }

  /** Shows these samples, the newest last. */
  show(samples: readonly PlotSample[]): void {
    this.#columns = plotColumns(samples, this.#options);
    const { title, spanSeconds } = this.#options;
    const now = this.#valueAt(this.#columns[1].length - 1);
    setText(this.#value, now);
    const label = `${title} over the last ${formatAge(spanSeconds)}: now ${now}, ${this.#peak()}`;
    this.#area.setAttribute("aria-label", label);
    this.#chart?.setData(this.#columns);
    this.#showNote();
  }

  /** Gives the chart the size and the look that the style sheet gives its area. */
  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#area;
    if (width === 0 || height === 0) return;
    const look = chartLook(this.#area);
    if (this.#chart !== undefined && JSON.stringify(look) === JSON.stringify(this.#look)) {
      return this.#chart.setSize({ width, height });
    }
    this.#chart?.destroy();
    this.#look = look;
    this.#pointed = null;
    const options = chartOptions(this.#options, look, (index) => {
      this.#pointed = index;
      this.#showNote();
    });
    this.#chart = new uPlot({ ...options, width, height }, this.#columns, this.#area);
  }

  #showNote(): void {
    const at = this.#pointed === null ? undefined : this.#columns[0][this.#pointed];
    if (this.#pointed === null || at === undefined) return setText(this.#note, this.#peak());
    const when = Math.round(at) === 0 ? "now" : `${formatAge(-at)} ago`;
    setText(this.#note, `${when}: ${this.#valueAt(this.#pointed)}`);
  }

  #peak(): string {
    const known = this.#columns[1].filter((value) => value !== null);
    return `at most ${known.length === 0 ? UNKNOWN : this.#options.format(Math.max(...known))}`;
  }

  #valueAt(index: number): string {
    const value = this.#columns[1][index] ?? null;
    return value === null ? UNKNOWN : this.#options.format(value);
  }
}
