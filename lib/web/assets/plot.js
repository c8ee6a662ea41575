// Made by `deno task page` from lib/page/; change it there.
import uPlot from "./uplot.js";
import { chartLook, onSchemeChange } from "./chart_look.js";
import { chartOptions } from "./chart_options.js";
import { make, setText } from "./elements.js";
import { plotColumns } from "./plot_columns.js";
import { formatAge, UNKNOWN } from "./quantities.js";
export class Plot {
element;
#options;
#area;
#value = make("p", {
class: "plot-value",
text: UNKNOWN
});
#note = make("p", {
class: "plot-note",
text: UNKNOWN
});
#columns = [
[],
[]
];
#chart;
#look;
#pointed = null;
constructor(options){
this.#options = options;
const title = make("h3", {
text: options.title
});
const attributes = {
role: "img",
"aria-label": options.title
};
this.#area = make("div", {
class: "plot-area",
attributes
});
const children = [
title,
this.#value,
this.#note,
this.#area
];
this.element = make("article", {
class: "plot",
children
});
new ResizeObserver(()=>this.#fit()).observe(this.#area);
onSchemeChange(()=>this.#fit());
}
show(samples) {
this.#columns = plotColumns(samples, this.#options);
const { title, spanSeconds } = this.#options;
const now = this.#valueAt(this.#columns[1].length - 1);
setText(this.#value, now);
const label = `${title} over the last ${formatAge(spanSeconds)}: now ${now}, ${this.#peak()}`;
this.#area.setAttribute("aria-label", label);
this.#chart?.setData(this.#columns);
this.#showNote();
}
#fit() {
const { clientWidth: width, clientHeight: height } = this.#area;
if (width === 0 || height === 0) return;
const look = chartLook(this.#area);
if (this.#chart !== undefined && JSON.stringify(look) === JSON.stringify(this.#look)) {
return this.#chart.setSize({
width,
height
});
}
this.#chart?.destroy();
this.#look = look;
this.#pointed = null;
const options = chartOptions(this.#options, look, (index)=>{
this.#pointed = index;
this.#showNote();
});
this.#chart = new uPlot({
...options,
width,
height
}, this.#columns, this.#area);
}
#showNote() {
const at = this.#pointed === null ? undefined : this.#columns[0][this.#pointed];
if (this.#pointed === null || at === undefined) return setText(this.#note, this.#peak());
const when = Math.round(at) === 0 ? "now" : `${formatAge(-at)} ago`;
setText(this.#note, `${when}: ${this.#valueAt(this.#pointed)}`);
}
#peak() {
const known = this.#columns[1].filter((value)=>value !== null);
return `at most ${known.length === 0 ? UNKNOWN : this.#options.format(Math.max(...known))}`;
}
#valueAt(index) {
const value = this.#columns[1][index] ?? null;
return value === null ? UNKNOWN : this.#options.format(value);
}
}
