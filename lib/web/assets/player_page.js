// Made by `deno task page` from lib/page/; change it there.
import { Conversation } from "./conversation.js";
import { byId, make, setText } from "./elements.js";
import { isAllowed, keyRequest, playerButtons } from "./player_buttons.js";
import { PlayerFigures } from "./player_figures.js";
import { PlayerImpairment } from "./player_impairment.js";
import { PlayerLink } from "./player_link.js";
import { problemText } from "./problem_text.js";
import { PlayerPlace } from "./player_place.js";
import { PlayerPicture } from "./player_picture.js";
const JUMPS = new Map([
[
"ArrowLeft",
-5
],
[
"ArrowRight",
5
]
]);
class PlayerPage {
#picture = new PlayerPicture();
#figures = new PlayerFigures();
#conversation = new Conversation();
#connection = byId("connection", HTMLElement);
#problem = byId("problem", HTMLElement);
#diagram = byId("diagram", HTMLElement);
#stateText = byId("state-text", HTMLElement);
#keys = byId("keys", HTMLInputElement);
#place = new PlayerPlace((request)=>this.#link.send(request));
#impairment = new PlayerImpairment((request)=>this.#link.send(request));
#buttons = new Map();
#link;
#count = 4;
#state = "init";
#hasEnded = false;
#isOpen = false;
#sentence = "";
constructor(){
this.#link = new PlayerLink({
message: (message)=>this.#take(message),
picture: async (picture)=>{
await this.#picture.show(picture);
this.#place.showFrame(picture.positionSeconds);
},
changed: (isOpen)=>this.#setOpen(isOpen)
});
document.addEventListener("keydown", (event)=>this.#pressed(event));
}
#take(message) {
switch(message.kind){
case "hello":
document.title = `${message.source} – Zoetrope player`;
setText(byId("about", HTMLElement), `${message.source} · version ${message.version}`);
this.#conversation.clear();
this.#makeButtons(message.buttons);
return;
case "state":
this.#state = message.state;
this.#hasEnded = message.hasEnded;
return this.#showState();
case "line":
return this.#conversation.add(message.line);
case "description":
setText(byId("description", HTMLElement), message.text);
byId("description-section", HTMLElement).hidden = false;
return;
case "figures":
this.#place.show(message.figures);
this.#impairment.show(message.figures);
return this.#figures.show(message.figures);
case "impairment":
return this.#impairment.take(message);
case "problem":
this.#sentence = message.sentence;
return this.#showState();
default:
message;
}
}
#makeButtons(count) {
this.#count = count;
if (this.#buttons.size > 0) return this.#showState();
for (const { kind, label, key } of playerButtons(count)){
const button = make("button", {
text: label,
attributes: {
type: "button",
"aria-keyshortcuts": key,
title: `Key: ${key}`
},
onClick: ()=>this.#ask(kind)
});
this.#buttons.set(kind, button);
byId("buttons", HTMLElement).append(button);
}
this.#showState();
}
#setOpen(isOpen) {
this.#isOpen = isOpen;
const text = isOpen ? "Connected" : "The client has ended; waiting for it…";
setText(this.#connection, text);
this.#connection.dataset["state"] = isOpen ? "live" : "lost";
this.#showState();
}
#showState() {
this.#diagram.dataset["state"] = this.#state;
const atEnd = this.#hasEnded ? ", end of stream" : "";
setText(this.#stateText, `State: ${this.#state.toUpperCase()}${atEnd}`);
setText(this.#problem, problemText(this.#sentence, this.#state, this.#count));
for (const [kind, button] of this.#buttons){
button.disabled = !this.#isOpen || !isAllowed(kind, this.#state, this.#count);
}
}
#pressed(event) {
const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
if (ctrlKey || metaKey || altKey || !this.#keys.checked || takesLetters(target)) return;
const jump = JUMPS.get(key);
if (jump !== undefined && !movesByArrows(target)) return this.#place.jump(jump);
if (repeat || key === " " && target instanceof HTMLButtonElement) return;
if (key.toLowerCase() === "f") return this.#picture.fillScreen();
const kind = keyRequest(key, this.#state, this.#count);
if (key === " ") event.preventDefault();
if (kind !== undefined) this.#ask(kind);
}
#ask(kind) {
this.#place.settle();
this.#link.send({
kind
});
}
}
function movesByArrows(target) {
return target instanceof HTMLInputElement || target instanceof HTMLElement && target.hasAttribute("tabindex");
}
function takesLetters(target) {
return target instanceof HTMLSelectElement || target instanceof HTMLInputElement && target.type !== "range";
}
new PlayerPage();
