// Made by `deno task page` from lib/page/; change it there.
const SPEEDS = [
-2,
-1,
0.25,
0.5,
1,
2,
4,
8
];
export function speedsWith(scale) {
const scales = SPEEDS.includes(scale) ? SPEEDS : [
...SPEEDS,
scale
].toSorted((a, b)=>a - b);
return scales.map((one)=>({
scale: one,
label: labelOf(one)
}));
}
export function speedNote(scale) {
if (scale === null || scale.asked === null || scale.used === null) return "";
const isDone = scale.asked === scale.used || scale.wanted !== scale.used;
return isDone ? "" : `The server plays at ${labelOf(scale.used)}, it was asked for ${labelOf(scale.asked)}.`;
}
function labelOf(scale) {
const size = Math.abs(scale);
const digits = size === 0.25 ? "¼" : size === 0.5 ? "½" : String(Number(size.toFixed(3)));
return `${scale < 0 ? "−" : ""}${digits}×`;
}
