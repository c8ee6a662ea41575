// Made by `deno task page` from lib/page/; change it there.
import { copyButton } from "./copy_button.js";
import { byId, make, setText } from "./elements.js";
import { FAULT_FIELDS, faultProblem, impairmentText, impairmentValues } from "./impairment_form.js";
const TYPING_MS = 300;
const OVER_TCP = "Media comes inside the RTSP connection (TCP): there are no datagrams to damage.";
export class PlayerImpairment {
#send;
#form = byId("faults", HTMLFieldSetElement);
#note = byId("faults-note", HTMLElement);
#text = byId("faults-text", HTMLElement);
#copy = copyButton("the option", ()=>this.#text.textContent ?? "");
#fields = FAULT_FIELDS.map((about)=>this.#field(about));
#timer;
constructor(send){
this.#send = send;
this.#form.prepend(...this.#fields.map(({ about, input, problem })=>make("div", {
class: "fault",
children: [
make("label", {
text: about.label + (about.unit && ` (${about.unit})`),
attributes: {
for: input.id
}
}),
input,
problem
]
})));
this.#text.after(this.#copy);
byId("faults-none", HTMLButtonElement).addEventListener("click", ()=>{
this.#show(impairmentValues(""));
this.#read();
});
}
take({ text, sentence }) {
setText(this.#text, text === "" ? "" : `--impair ${text}`);
this.#copy.hidden = text === "";
setText(this.#note, sentence);
if (sentence !== "" || this.#form.contains(document.activeElement)) return;
if (text !== "" || impairmentText((name)=>this.#value(name)) !== "") {
this.#show(impairmentValues(text));
}
}
show({ transport }) {
const isTcp = transport === "tcp";
if (isTcp === this.#form.disabled) return;
this.#form.disabled = isTcp;
setText(this.#note, isTcp ? OVER_TCP : "");
}
#field(about) {
const { name, unit, most, usual } = about;
const id = `fault-${name}`;
const attributes = {
...{
id,
type: "number",
min: "0",
max: String(most),
value: usual,
autocomplete: "off"
},
step: unit === "" ? "1" : "any",
"aria-describedby": `${id}-problem`
};
const input = make("input", {
attributes
});
const problem = make("p", {
class: "problem",
attributes: {
id: `${id}-problem`
}
});
input.addEventListener("input", ()=>{
clearTimeout(this.#timer);
this.#timer = setTimeout(()=>this.#read(), TYPING_MS);
});
return {
about,
input,
problem
};
}
#value(name) {
return this.#fields.find(({ about })=>about.name === name)?.input.value ?? "";
}
#show(values) {
for (const { about, input } of this.#fields)input.value = values.get(about.name) ?? "";
}
#read() {
let isGood = true;
for (const { about, input, problem } of this.#fields){
const sentence = faultProblem(about, input.value);
setText(problem, sentence);
input.setAttribute("aria-invalid", String(sentence !== ""));
if (sentence !== "") isGood = false;
}
if (!isGood) return;
this.#send({
kind: "impair",
text: impairmentText((name)=>this.#value(name))
});
}
}
