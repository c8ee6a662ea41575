// Made by `deno task page` from lib/page/; change it there.
const RETRY_MS = 3000;
export class LiveEvents {
#options;
#source;
#timer;
constructor(options){
this.#options = options;
document.addEventListener("visibilitychange", ()=>this.#follow());
this.#follow();
}
#follow() {
clearTimeout(this.#timer);
if (document.visibilityState === "hidden") {
this.#source?.close();
this.#source = undefined;
} else {
this.#source ??= this.#open();
}
}
#open() {
const { url, events, lost } = this.#options;
const source = new EventSource(url);
source.addEventListener("error", ()=>{
lost();
if (source.readyState !== EventSource.CLOSED) return;
this.#source = undefined;
this.#timer = setTimeout(()=>this.#follow(), RETRY_MS);
});
for (const [name, take] of Object.entries(events)){
source.addEventListener(name, (event)=>{
if (event instanceof MessageEvent && typeof event.data === "string") take(event.data);
});
}
return source;
}
}
