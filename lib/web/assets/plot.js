// Made by `deno task page` from lib/page/; change it there.
import { make, setText } from "./elements.js";
import { fitCanvas } from "./fit_canvas.js";
import { plotLines, scaleEnd } from "./plot_scale.js";
import { UNKNOWN } from "./quantities.js";
export class Plot {
  element;
  #options;
  #canvas = make("canvas", {
    attributes: {
      role: "img"
    }
  });
  #value = make("p", {
    class: "plot-value",
    text: UNKNOWN
  });
  #end = make("span", {
    class: "plot-end",
    attributes: {
      "aria-hidden": "true"
    }
  });
  #values = [];
  constructor(options){
    this.#options = options;
    const area = make("div", {
      class: "plot-area",
      children: [
        this.#end,
        this.#canvas
      ]
    });
    const title = make("h3", {
      text: options.title
    });
    this.element = make("article", {
      class: "plot",
      children: [
        title,
        this.#value,
        area
      ]
    });
    new ResizeObserver(()=>this.#draw()).observe(this.#canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ()=>this.#draw());
  }
show(values) {
    this.#values = values;
    const { format, title, spanText } = this.#options;
    const known = values.filter((value)=>value !== null);
    const newest = values.at(-1) ?? null;
    const now = newest === null ? UNKNOWN : format(newest);
    setText(this.#value, now);
    const most = known.length === 0 ? UNKNOWN : format(Math.max(...known));
    const label = `${title} over the last ${spanText}: now ${now}, at most ${most}`;
    this.#canvas.setAttribute("aria-label", label);
    this.#draw();
  }
  #draw() {
    const { span, least, format } = this.#options;
    const fitted = fitCanvas(this.#canvas);
    if (fitted === undefined) return;
    const { context, width, height } = fitted;
    const known = this.#values.filter((value)=>value !== null);
    const end = scaleEnd(Math.max(0, ...known), least);
    setText(this.#end, format(end));
    const style = getComputedStyle(this.#canvas);
    context.strokeStyle = style.outlineColor;
    context.lineWidth = 1;
    for (const y of [
      0.5,
      Math.round(height / 2) + 0.5,
      height - 0.5
    ]){
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
    }
    context.strokeStyle = context.fillStyle = style.color;
    const size = {
      span,
      end,
      width,
      height: height - 2
    };
    for (const line of plotLines(this.#values, size))this.#drawLine(context, line, height);
  }
  #drawLine(context, line, height) {
    const [first, last] = [
      line[0],
      line.at(-1)
    ];
    if (first === undefined || last === undefined) return;
    const path = new Path2D();
    path.moveTo(first.x, first.y + 1);
    for (const { x, y } of line)path.lineTo(x, y + 1);
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
