// Made by `deno task page` from lib/page/; change it there.
import { byId, setText } from "./elements.js";
export class PlayerPicture {
#canvas = byId("picture", HTMLCanvasElement);
#note = byId("picture-note", HTMLElement);
#save = byId("save", HTMLButtonElement);
#number = 0;
#newest;
constructor(){
this.#save.addEventListener("click", ()=>this.#keep());
byId("full-screen", HTMLButtonElement).addEventListener("click", ()=>this.fillScreen());
this.#canvas.addEventListener("dblclick", ()=>this.fillScreen());
}
async show({ number, jpeg }) {
const blob = new Blob([
jpeg.slice()
], {
type: "image/jpeg"
});
let bitmap;
try {
bitmap = await createImageBitmap(blob);
} catch  {
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
fillScreen() {
const done = document.fullscreenElement === null ? this.#canvas.requestFullscreen() : document.exitFullscreen();
done.catch(()=>{});
}
#keep() {
if (this.#newest === undefined) return;
const link = document.createElement("a");
link.href = URL.createObjectURL(this.#newest);
link.download = `frame-${String(this.#number).padStart(6, "0")}.jpg`;
link.click();
setTimeout(()=>URL.revokeObjectURL(link.href), 1000);
}
}
