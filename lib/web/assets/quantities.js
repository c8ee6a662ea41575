// Made by `deno task page` from lib/page/; change it there.
export const UNKNOWN = "–";
const STEPS = [
"",
"k",
"M",
"G",
"T"
];
export function formatScaled(value, unit) {
let step = 0;
let scaled = Math.abs(value);
while(Number(scaled.toPrecision(3)) >= 1000 && step < STEPS.length - 1){
scaled /= 1000;
step++;
}
const digits = step === 0 && Number.isInteger(value) ? String(scaled) : threeDigits(scaled);
return `${value < 0 ? "−" : ""}${digits} ${STEPS[step] ?? ""}${unit}`;
}
export function formatClock(seconds) {
const whole = Math.floor(seconds);
const [hours, minutes] = [
Math.floor(whole / 3600),
Math.floor(whole / 60) % 60
];
const tail = String(whole % 60).padStart(2, "0");
return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
export function formatAge(seconds) {
const whole = Math.round(seconds);
const [minutes, rest] = [
Math.floor(whole / 60),
whole % 60
];
if (minutes === 0) return `${rest} s`;
return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
export function formatUptime(seconds) {
const minutes = Math.floor(seconds / 60);
if (minutes < 1) return "less than a minute";
const parts = [
[
Math.floor(minutes / 1440),
"d"
],
[
Math.floor(minutes / 60) % 24,
"h"
],
[
minutes % 60,
"min"
]
];
return parts.filter(([count])=>count > 0).map(([count, unit])=>`${count} ${unit}`).join(" ");
}
export function formatShare(share) {
const percent = share * 100;
if (percent === 0) return "0 %";
if (percent < 0.1) return "< 0.1 %";
return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}
export function formatMs(ms) {
if (ms >= 1000) return `${Number((ms / 1000).toFixed(1))} s`;
return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}
export function formatFrameRate(framesPerSecond) {
return `${Number(framesPerSecond.toFixed(2))} fps`;
}
function threeDigits(value) {
return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
