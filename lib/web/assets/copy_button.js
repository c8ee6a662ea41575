// Made by `deno task page` from lib/page/; change it there.
import { make, setText } from "./elements.js";
const SAID_MS = 2000;
export function copyButton(what, text) {
const said = make("span", {
text: "Copy"
});
let timer;
const say = (words)=>{
setText(said, words);
clearTimeout(timer);
timer = setTimeout(()=>setText(said, "Copy"), SAID_MS);
};
const copy = async ()=>{
try {
await navigator.clipboard.writeText(text());
say("Copied");
} catch  {
say("Select it"); // no clipboard without https, or not allowed
}
};
const hidden = make("span", {
class: "visually-hidden",
text: ` ${what}`
});
return make("button", {
class: "small",
attributes: {
type: "button"
},
children: [
said,
hidden
],
onClick: ()=>void copy()
});
}
