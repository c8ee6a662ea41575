// Made by `deno task page` from lib/page/; change it there.
import { byId, make, setText } from "./elements.js";
import { placeIn, seekable, seekStep } from "./movie_place.js";
import { formatClock } from "./quantities.js";
import { speedNote, speedsWith } from "./speeds.js";
const PATIENCE_MS = 1500;
const KEYS_MS = 400;
const NEAR = 1;
export class PlayerPlace {
#send;
#bar = byId("seek-bar", HTMLInputElement);
#position = byId("position", HTMLElement);
#seekNote = byId("seek-note", HTMLElement);
#speed = byId("speed", HTMLSelectElement);
#speedNote = byId("speed-note", HTMLElement);
#stretch;
#isMoving = false;
#isByKey = false;
#timer;
#soughtMs = -Infinity;
#chosenMs = -Infinity;
#end = "";
#shownSpeeds = "";
constructor(send){
this.#send = send;
const bar = this.#bar;
bar.addEventListener("keydown", ()=>this.#isByKey = true);
bar.addEventListener("pointerdown", ()=>this.#isByKey = false);
bar.addEventListener("input", ()=>{
this.#isMoving = true;
this.#showPlace(bar.valueAsNumber);
});
bar.addEventListener("change", ()=>this.#seekAfter(this.#isByKey ? KEYS_MS : 0));
this.#speed.addEventListener("change", ()=>{
this.#chosenMs = performance.now();
this.#send({
kind: "scale",
scale: Number(this.#speed.value)
});
});
}
show(figures) {
const stretch = seekable(figures);
const isOffered = typeof stretch !== "string";
this.#bar.disabled = !isOffered;
setText(this.#seekNote, isOffered ? "" : stretch);
this.#showSpeed(figures);
this.#stretch = isOffered ? stretch : undefined;
if (!isOffered) return this.#showOnlyPosition(figures.positionSeconds);
const { startSeconds, endSeconds } = stretch;
this.#end = ` / ${formatClock(endSeconds)}`;
if (Number(this.#bar.max) !== endSeconds) {
this.#bar.min = String(startSeconds);
this.#bar.step = String(seekStep(endSeconds - startSeconds));
this.#bar.max = String(endSeconds);
}
this.#follow(stretch, figures.positionSeconds);
}
showFrame(positionSeconds) {
if (this.#stretch !== undefined) this.#follow(this.#stretch, positionSeconds);
}
jump(seconds) {
if (this.#bar.disabled) return;
this.#isMoving = true;
this.#bar.value = String(this.#bar.valueAsNumber + seconds);
this.#showPlace(this.#bar.valueAsNumber);
this.#seekAfter(KEYS_MS);
}
settle() {
if (this.#timer !== undefined) this.#seek();
}
#follow(stretch, positionSeconds) {
const place = placeIn(stretch, positionSeconds);
const isThere = Math.abs(place - this.#bar.valueAsNumber) < NEAR;
const isDue = isThere || performance.now() - this.#soughtMs > PATIENCE_MS;
if (this.#isMoving || !isDue) return;
this.#bar.value = String(place);
this.#showPlace(place);
}
#seekAfter(ms) {
clearTimeout(this.#timer);
this.#timer = setTimeout(()=>this.#seek(), ms);
}
#seek() {
clearTimeout(this.#timer);
this.#timer = undefined;
this.#isMoving = false;
this.#soughtMs = performance.now();
this.#send({
kind: "seek",
seconds: this.#bar.valueAsNumber
});
}
#showPlace(seconds) {
const text = formatClock(seconds) + this.#end;
if (this.#position.textContent === text) return;
setText(this.#position, text);
this.#bar.setAttribute("aria-valuetext", text.replace("/", "of"));
}
#showOnlyPosition(seconds) {
this.#isMoving = false;
this.#end = "";
setText(this.#position, seconds === null ? "–" : formatClock(seconds));
}
#showSpeed({ dialect, scale }) {
this.#speed.disabled = dialect === "lab";
setText(this.#speedNote, speedNote(scale));
const wanted = scale?.wanted ?? 1;
const isAnswered = [
wanted,
scale?.asked
].includes(Number(this.#speed.value));
if (!isAnswered && performance.now() - this.#chosenMs < PATIENCE_MS) return;
const speeds = speedsWith(wanted);
const key = speeds.map(({ label })=>label).join();
if (key !== this.#shownSpeeds) {
this.#shownSpeeds = key;
const options = speeds.map((speed)=>make("option", {
text: speed.label,
attributes: {
value: String(speed.scale)
}
}));
this.#speed.replaceChildren(...options);
}
this.#speed.value = String(wanted);
}
}
