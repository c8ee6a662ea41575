// Made by `deno task page` from lib/page/; change it there.
import uPlot from "./uplot.js";
import { formatAge } from "./quantities.js";
const TIME_STEPS = [
1,
5,
10,
15,
30,
60,
120,
300
];
const COUNT_STEPS = Array.from({
length: 7
}, (_, power)=>[
1,
2,
5
].map((step)=>step * 10 ** power)).flat();
const AXIS_GAP = 6;
const REACH = 12;
export function chartOptions(axes, look, moved) {
const { fontSize, text, grid, line, fill } = look;
const drawn = {
stroke: text,
font: `${fontSize}px ${look.fontFamily}`,
gap: AXIS_GAP,
grid: {
stroke: grid,
width: 1
},
ticks: {
show: false
}
};
return {
legend: {
show: false
},
padding: [
fontSize / 2,
fontSize,
0,
0
],
scales: {
x: {
time: false,
range: [
-axes.spanSeconds,
0
]
},
y: {
range: (_chart, _least, most)=>[
0,
upperEnd(most, axes)
]
}
},
series: [
{},
{
stroke: line,
fill,
width: 2,
points: {
show: false,
filter: aloneIn
}
}
],
axes: [
{
...drawn,
...{
size: AXIS_GAP + fontSize * 1.3,
space: fontSize * 4.5,
incrs: TIME_STEPS
},
values: (_chart, places)=>places.map(formatPlace)
},
{
...drawn,
size: (chart, words)=>Math.max(fontSize * 2.2, widthOf(words, chart, drawn.font)),
space: fontSize * 2,
values: (_chart, values)=>values.map(axes.format),
...axes.isCount === true ? {
incrs: COUNT_STEPS
} : {}
}
],
cursor: {
y: false,
drag: {
x: false,
y: false,
setScale: false
},
points: {
size: 8,
fill: line
},
hover: {
prox: REACH
},
sync: {
key: "charts"
}
},
hooks: {
setCursor: [
({ cursor })=>moved(cursor.idxs?.[1] ?? null)
]
}
};
}
export function upperEnd(largest, { least, most = Infinity }) {
const [, end] = uPlot.rangeNum(0, largest ?? 0, {
min: {
hard: 0
},
max: {
pad: 0.05,
soft: least,
mode: 1,
hard: most
}
});
return end ?? least;
}
export function lonelyIndices(values) {
return Array.from(values, (_, index)=>index).filter((index)=>values[index] != null && values[index - 1] == null && values[index + 1] == null);
}
function aloneIn(chart, series) {
const alone = lonelyIndices(chart.data[series] ?? []);
return alone.length > 0 ? alone : null;
}
function formatPlace(place) {
return place === 0 ? "now" : `−${formatAge(-place)}`;
}
function widthOf(words, chart, font) {
const { ctx } = chart;
ctx.save();
ctx.font = font;
const widths = (words ?? []).map((word)=>ctx.measureText(word).width);
ctx.restore();
return Math.ceil(Math.max(0, ...widths)) + AXIS_GAP;
}
