// Made by `deno task page` from lib/page/; change it there.
import { byId, make } from "./elements.js";
import { rawMessage } from "./raw_message.js";
const MOST_SHOWN = 300;
const NEAR = 40;
const NAMES = {
client: "C:",
server: "S:",
note: "",
warning: "Warning:"
};
export class Conversation {
#box = byId("log", HTMLElement);
#newest = 0;
add({ id, from, text, octets }) {
if (id <= this.#newest) return;
this.#newest = id;
const { scrollHeight, scrollTop, clientHeight } = this.#box;
const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
this.#box.append(make("li", {
class: from,
children: [
make("span", {
class: "who",
text: NAMES[from]
}),
make("span", {
class: "message",
text
}),
...octets === undefined ? [] : [
rawMessage(id, octets)
]
]
}));
if (this.#box.children.length > MOST_SHOWN) this.#box.firstElementChild?.remove();
if (isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
}
clear() {
this.#newest = 0;
this.#box.replaceChildren();
}
}
