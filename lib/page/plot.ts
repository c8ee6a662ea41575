import { make, setText } from "./elements.ts";
import { fitCanvas } from "./fit_canvas.ts";
import { plotLines, scaleEnd } from "./plot_scale.ts";
import { UNKNOWN } from "./quantities.ts";

/** What a plot shows. */
export interface PlotOptions {
  readonly title: string;
  /** How many values fill the width. */
  readonly span: number;
  /** For people: how long that is, such as `5 minutes`. */
  readonly spanText: string;
  /** What the scale goes up to at least. */
  readonly least: number;
  format(value: number): string;
}

/** A live series of one quantity: its newest value in words, and its last minutes as a line. */
export class Plot {
  readonly element: HTMLElement;
  readonly #options: PlotOptions;
  readonly #canvas = make("canvas", { attributes: { role: "img" } });
  readonly #value = make("p", { class: "plot-value", text: UNKNOWN });
  readonly #end = make("span", { class: "plot-end", attributes: { "aria-hidden": "true" } });
  #values: readonly (number | null)[] = [];

  constructor(options: PlotOptions) {
    this.#options = options;
    const area = make("div", { class: "plot-area", children: [this.#end, this.#canvas] });
    const title = make("h3", { text: options.title });
    this.element = make("article", { class: "plot", children: [title, this.#value, area] });
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  /** Shows these values, at equal times, the newest last; `null` where there is none. */
  show(values: readonly (number | null)[]): void {
    this.#values = values;
    const { format, title, spanText } = this.#options;
    const known = values.filter((value) => value !== null);
    const newest = values.at(-1) ?? null;
    const now = newest === null ? UNKNOWN : format(newest);
    setText(this.#value, now);
    const most = known.length === 0 ? UNKNOWN : format(Math.max(...known));
    const label = `${title} over the last ${spanText}: now ${now}, at most ${most}`;
    this.#canvas.setAttribute("aria-label", label);
    this.#draw();
  }

  #draw(): void {
    const { span, least, format } = this.#options;
    const fitted = fitCanvas(this.#canvas);
    if (fitted === undefined) return;
    const { context, width, height } = fitted;
    const known = this.#values.filter((value) => value !== null);
    const end = scaleEnd(Math.max(0, ...known), least);
    setText(this.#end, format(end));
    const style = getComputedStyle(this.#canvas);
    context.strokeStyle = style.outlineColor;
    context.lineWidth = 1;
    for (const y of [0.5, Math.round(height / 2) + 0.5, height - 0.5]) {
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
    }
    context.strokeStyle = context.fillStyle = style.color;
    const size = { span, end, width, height: height - 2 };
    for (const line of plotLines(this.#values, size)) this.#drawLine(context, line, height);
  }

  #drawLine(
    context: CanvasRenderingContext2D,
    line: readonly { readonly x: number; readonly y: number }[],
    height: number,
  ): void {
    const [first, last] = [line[0], line.at(-1)];
    if (first === undefined || last === undefined) return;
    const path = new Path2D();
    path.moveTo(first.x, first.y + 1);
    for (const { x, y } of line) path.lineTo(x, y + 1);
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.stroke(path);
    path.lineTo(last.x, height);
    path.lineTo(first.x, height);
    context.globalAlpha = 0.15;
    context.fill(path);
    context.globalAlpha = 1;
  }
}
