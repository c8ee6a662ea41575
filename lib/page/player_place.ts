import type { WindowFigures, WindowRequest } from "../web/window_messages.ts";
import { byId, make, setText } from "./elements.ts";
import { placeIn, seekable, seekStep, type Stretch } from "./movie_place.ts";
import { formatClock } from "./quantities.ts";
import { speedNote, speedsWith } from "./speeds.ts";

/** How long a control shows what was chosen, before what the client says of it must be true. */
const PATIENCE_MS = 1500;

/** Keys that follow each other so soon are one seek. */
const KEYS_MS = 400;

/** How near a position is that was asked for, in seconds. */
const NEAR = 1;

/** Where in the movie it is and how fast it goes by: shown, and steered. */
export class PlayerPlace {
  readonly #send: (request: WindowRequest) => void;
  readonly #bar = byId("seek-bar", HTMLInputElement);
  readonly #position = byId("position", HTMLElement);
  readonly #seekNote = byId("seek-note", HTMLElement);
  readonly #speed = byId("speed", HTMLSelectElement);
  readonly #speedNote = byId("speed-note", HTMLElement);
  /** Where can be sought. */
  #stretch: Stretch | undefined;
  #isMoving = false;
  #isByKey = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #soughtMs = -Infinity;
  #chosenMs = -Infinity;
  #end = "";
  #shownSpeeds = "";

  constructor(send: (request: WindowRequest) => void) {
    this.#send = send;
    const bar = this.#bar;
    bar.addEventListener("keydown", () => this.#isByKey = true);
    bar.addEventListener("pointerdown", () => this.#isByKey = false);
    bar.addEventListener("input", () => {
      this.#isMoving = true;
      this.#showPlace(bar.valueAsNumber);
    });
    // By mouse or finger it comes once, on release; by keys with each of them.
    bar.addEventListener("change", () => this.#seekAfter(this.#isByKey ? KEYS_MS : 0));
    this.#speed.addEventListener("change", () => {
      this.#chosenMs = performance.now();
      this.#send({ kind: "scale", scale: Number(this.#speed.value) });
    });
  }

  /** Shows what the client says. */
  show(figures: WindowFigures): void {
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

  /** Shows where the frame is that is on the screen now. */
  showFrame(positionSeconds: number | null): void {
    if (this.#stretch !== undefined) this.#follow(this.#stretch, positionSeconds);
  }

  /** Goes to a place that is so many seconds further, or back; nothing where there are no places. */
  jump(seconds: number): void {
    if (this.#bar.disabled) return;
    this.#isMoving = true;
    this.#bar.value = String(this.#bar.valueAsNumber + seconds);
    this.#showPlace(this.#bar.valueAsNumber);
    this.#seekAfter(KEYS_MS);
  }

  /** Something else is about to be asked for: a seek that still waits for further keys goes first. */
  settle(): void {
    if (this.#timer !== undefined) this.#seek();
  }

  #follow(stretch: Stretch, positionSeconds: number | null): void {
    const place = placeIn(stretch, positionSeconds);
    const isThere = Math.abs(place - this.#bar.valueAsNumber) < NEAR;
    const isDue = isThere || performance.now() - this.#soughtMs > PATIENCE_MS;
    if (this.#isMoving || !isDue) return;
    this.#bar.value = String(place);
    this.#showPlace(place);
  }

  #seekAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#seek(), ms);
  }

  #seek(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isMoving = false;
    this.#soughtMs = performance.now();
    this.#send({ kind: "seek", seconds: this.#bar.valueAsNumber });
  }

  #showPlace(seconds: number): void {
    const text = formatClock(seconds) + this.#end;
    if (this.#position.textContent === text) return;
    setText(this.#position, text);
    this.#bar.setAttribute("aria-valuetext", text.replace("/", "of"));
  }

  /** Without a bar: it is live. */
  #showOnlyPosition(seconds: number | null): void {
    this.#isMoving = false;
    this.#end = "";
    setText(this.#position, seconds === null ? "–" : formatClock(seconds));
  }

  #showSpeed({ dialect, scale }: WindowFigures): void {
    this.#speed.disabled = dialect === "lab";
    setText(this.#speedNote, speedNote(scale));
    const wanted = scale?.wanted ?? 1;
    const isAnswered = [wanted, scale?.asked].includes(Number(this.#speed.value));
    if (!isAnswered && performance.now() - this.#chosenMs < PATIENCE_MS) return;
    const speeds = speedsWith(wanted);
    const key = speeds.map(({ label }) => label).join();
    if (key !== this.#shownSpeeds) {
      this.#shownSpeeds = key;
      const options = speeds.map((speed) =>
        make("option", { text: speed.label, attributes: { value: String(speed.scale) } })
      );
      this.#speed.replaceChildren(...options);
    }
    this.#speed.value = String(wanted);
  }
}
