// Made by `deno task page` from lib/page/; change it there.
import { byId, make, setText } from "./elements.js";
import { Plot } from "./plot.js";
import { formatClock, formatFrameRate, formatMs, formatScaled, formatShare } from "./quantities.js";
import { rtpFields } from "./rtp_fields.js";
const SPAN = {
spanSeconds: 60,
gapSeconds: 1.5
};
export class PlayerFigures {
#plots = [
[
new Plot({
...SPAN,
title: "Data rate",
least: 1e6,
format: (value)=>formatScaled(value, "bit/s")
}),
({ bitsPerSecond })=>bitsPerSecond
],
[
new Plot({
...SPAN,
title: "Frame rate",
least: 30,
format: (value)=>formatFrameRate(Math.round(value))
}),
({ framesPerSecond })=>framesPerSecond
],
[
new Plot({
...SPAN,
title: "Loss",
least: 0.01,
most: 1,
format: formatShare
}),
({ loss })=>loss
],
[
new Plot({
...SPAN,
title: "Jitter",
least: 10,
format: formatMs
}),
({ jitterMs })=>jitterMs
]
];
#facts = byId("facts", HTMLElement);
#header = byId("rtp-fields", HTMLElement);
#bytes = byId("rtp-bytes", HTMLElement);
#cells = new Map();
#history = [];
constructor(){
byId("plots", HTMLElement).append(...this.#plots.map(([plot])=>plot.element));
}
show(figures) {
const from = figures.atSeconds - SPAN.spanSeconds;
const isOf = ({ atSeconds })=>from <= atSeconds && atSeconds < figures.atSeconds;
this.#history = [
...this.#history.filter(isOf),
figures
];
for (const [plot, valueOf] of this.#plots){
plot.show(this.#history.map((one)=>({
atSeconds: one.atSeconds,
value: valueOf(one)
})));
}
for (const [name, value] of factsOf(figures)){
setText(this.#cell(`fact ${name}`, this.#facts, name), value);
}
if (figures.rtpHeader === null) return;
setText(this.#bytes, figures.rtpHeader);
for (const { name, bits, value } of rtpFields(figures.rtpHeader)){
const title = `${name} (${bits} bit${bits === 1 ? "" : "s"})`;
setText(this.#cell(`field ${name}`, this.#header, title), value);
}
}
#cell(key, parent, title) {
const known = this.#cells.get(key);
if (known !== undefined) return known;
const value = make("dd");
parent.append(make("div", {
children: [
make("dt", {
text: title
}),
value
]
}));
this.#cells.set(key, value);
return value;
}
}
function factsOf(figures) {
const { packets, lost, late, duplicate, reordered, frames, broken } = figures;
return [
[
"Dialect",
figures.dialect
],
[
"Transport",
figures.transport?.toUpperCase() ?? "–"
],
[
"Playing time",
formatClock(figures.playingSeconds)
],
[
"Frames",
String(frames)
],
[
"Broken frames",
String(broken)
],
[
"Packets",
String(packets)
],
[
"Lost",
String(lost)
],
[
"Late",
String(late)
],
[
"Duplicates",
String(duplicate)
],
[
"Reordered",
String(reordered)
]
];
}
