import type { WindowPicture } from "../web/window_picture.ts";
import { byId, setText } from "./elements.ts";

/** The newest frame on a canvas, and as a file to keep. */
export class PlayerPicture {
  readonly #canvas = byId("picture", HTMLCanvasElement);
  readonly #note = byId("picture-note", HTMLElement);
  readonly #save = byId("save", HTMLButtonElement);
  #number = 0;
  #newest: Blob | undefined;

  constructor() {
    this.#save.addEventListener("click", () => this.#keep());
    byId("full-screen", HTMLButtonElement).addEventListener("click", () => this.fillScreen());
    this.#canvas.addEventListener("dblclick", () => this.fillScreen());
  }

  /** Draws a frame; one that the browser cannot decode is left out, and said. */
  async show({ number, jpeg }: WindowPicture): Promise<void> {
    const blob = new Blob([jpeg.slice()], { type: "image/jpeg" });
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(blob);
    } catch {
      return setText(this.#note, `The browser cannot decode frame ${number}`);
    }
    const { width, height } = bitmap;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    this.#canvas.dataset["frame"] = String(number);
    this.#newest = blob;
    this.#number = number;
    this.#save.disabled = false;
    setText(this.#note, `Frame ${number}, ${width} × ${height}`);
  }

  /** Fills the screen with the picture, or gives it back; nothing where the browser does not let it. */
  fillScreen(): void {
    const done = document.fullscreenElement === null
      ? this.#canvas.requestFullscreen()
      : document.exitFullscreen();
    done.catch(() => {});
  }

  #keep(): void {
    if (this.#newest === undefined) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(this.#newest);
    link.download = `frame-${String(this.#number).padStart(6, "0")}.jpg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}
