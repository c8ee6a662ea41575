// Made by `deno task page` from lib/page/; change it there.
import { parsePicture } from "./parse_picture.js";
const RETRY_MS = 1000;
export class PlayerLink {
#options;
#socket;
constructor(options){
this.#options = options;
this.#open();
}
send(request) {
if (this.#socket?.readyState !== WebSocket.OPEN) return;
this.#socket.send(JSON.stringify(request));
}
#open() {
const socket = new WebSocket(new URL("/live", location.href.replace(/^http/, "ws")));
socket.binaryType = "arraybuffer";
this.#socket = socket;
socket.addEventListener("open", ()=>this.#options.changed(true));
socket.addEventListener("close", ()=>{
this.#options.changed(false);
setTimeout(()=>this.#open(), RETRY_MS);
});
socket.addEventListener("message", ({ data })=>void this.#take(data));
}
async #take(data) {
if (typeof data === "string") return this.#options.message(JSON.parse(data));
if (!(data instanceof ArrayBuffer)) return;
try {
await this.#options.picture(parsePicture(data));
} finally{
this.send({
kind: "drawn"
});
}
}
}
