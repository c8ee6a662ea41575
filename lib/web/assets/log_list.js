// Made by `deno task page` from lib/page/; change it there.
import { byId, make, setText } from "./elements.js";
import { KeyedList } from "./keyed_list.js";
import { shownLines } from "./shown_lines.js";
const NEAR = 40;
const SHOWN_ID_LENGTH = 8;
export class LogList {
#box = byId("log", HTMLElement);
#filter = byId("log-filter", HTMLSelectElement);
#search = byId("log-search", HTMLInputElement);
#note = byId("log-note", HTMLElement);
#list;
#lines = [];
constructor(){
this.#list = new KeyedList(this.#box, {
key: ({ id })=>String(id),
create: (line)=>row(line),
update () {}
});
for (const field of [
this.#filter,
this.#search
]){
field.addEventListener("input", ()=>this.show(this.#lines));
}
}
show(lines) {
this.#lines = lines;
const { scrollHeight, scrollTop, clientHeight } = this.#box;
const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
const shown = shownLines(lines, filterOf(this.#filter.value), this.#search.value);
this.#list.show(shown);
setText(this.#note, shown.length === 0 ? "No lines." : "");
if (isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
}
}
function filterOf(value) {
return value === "warnings" || value === "errors" ? value : "all";
}
function row({ atUnixMs, level, peer, session, message }) {
const date = new Date(atUnixMs);
const time = make("time", {
text: date.toLocaleTimeString(),
attributes: {
datetime: date.toISOString()
}
});
const short = session === null ? "" : session.slice(0, SHOWN_ID_LENGTH);
const who = [
peer,
session === null ? null : `[${short}]`
].filter((part)=>part !== null);
return make("li", {
class: level,
children: [
time,
make("span", {
class: "level",
text: level
}),
make("span", {
class: "who",
text: who.join(" ")
}),
make("span", {
class: "message",
text: message
})
]
});
}
