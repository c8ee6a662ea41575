// Made by `deno task page` from lib/page/; change it there.
import { formatClock, formatFrameRate, formatScaled } from "./quantities.js";
export function movieFacts({ content, octets }) {
const size = octets > 0 ? [
formatScaled(octets, "B")
] : [];
if (content === null) return size;
const { width, height, framesPerSecond, seconds, frames, live } = content;
const length = seconds === null || frames === null ? [
live ? "live" : "without end"
] : [
formatClock(seconds),
`${frames} ${frames === 1 ? "frame" : "frames"}`
];
return [
`${width} × ${height}`,
formatFrameRate(framesPerSecond),
...length,
...size
];
}
export function thumbnailFrame({ content }) {
if (content === null || content.frames === null) return 0;
return Math.max(1, Math.ceil(content.frames / 3));
}
