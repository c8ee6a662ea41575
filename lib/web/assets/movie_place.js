// Made by `deno task page` from lib/page/; change it there.
const STEPS = [
0.1,
0.2,
0.5,
1,
2,
5,
10,
30,
60
];
export function seekable({ dialect, range }) {
if (dialect === "lab") return "The lab dialect has no places to go to, and one speed.";
if (range === null) return "Where to go is known once the server has described the movie.";
const { startSeconds, endSeconds } = range;
if (endSeconds === null) return "The server names no end: it is live.";
return endSeconds > startSeconds ? {
startSeconds,
endSeconds
} : "The movie has no length: there is no place to go to.";
}
const ROUNDING = 0.005;
export function placeIn({ startSeconds, endSeconds }, position) {
const after = (position ?? startSeconds) - startSeconds;
const length = endSeconds - startSeconds;
if (after < -ROUNDING) return endSeconds + after % length;
return startSeconds + (after <= length ? Math.max(0, after) : after % length);
}
export function seekStep(lengthSeconds) {
return STEPS.find((step)=>step >= lengthSeconds / 100) ?? 60;
}
