// Made by `deno task page` from lib/page/; change it there.
import { Plot } from "./plot.js";
import { formatFrameRate, formatMs, formatScaled, formatShare } from "./quantities.js";
const SPAN = {
spanSeconds: 300,
gapSeconds: 2.5
};
export class LoadPlots {
#plots = [
[
new Plot({
...SPAN,
title: "Sessions",
least: 4,
isCount: true,
format: String
}),
({ sessions })=>sessions
],
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
least: 40,
format: formatFrameRate
}),
({ framesPerSecond })=>framesPerSecond
],
[
new Plot({
...SPAN,
title: "Worst loss",
least: 0.01,
most: 1,
format: formatShare
}),
({ worstLoss })=>worstLoss
],
[
new Plot({
...SPAN,
title: "Worst jitter",
least: 10,
format: formatMs
}),
({ worstJitterMs })=>worstJitterMs
]
];
constructor(parent){
parent.append(...this.#plots.map(([plot])=>plot.element));
}
show(history) {
for (const [plot, valueOf] of this.#plots){
plot.show(history.map((sample)=>({
atSeconds: sample.atUnixMs / 1000,
value: valueOf(sample)
})));
}
}
}
