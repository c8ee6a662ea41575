// Made by `deno task page` from lib/page/; change it there.
import { make, setText } from "./elements.js";
import { hexDump } from "./hex_dump.js";
const MOST_SHOWN = 16_384;
const WIDE = 640;
export function rawMessage(id, octets) {
const name = `Raw: ${octets} byte${octets === 1 ? "" : "s"}`;
const dump = make("pre", {
text: "Loading…",
attributes: {
tabindex: "0",
"aria-label": name
}
});
const details = make("details", {
class: "raw",
children: [
make("summary", {
text: name
}),
dump
]
});
let isAsked = false;
details.addEventListener("toggle", async ()=>{
if (!details.open || isAsked) return;
isAsked = true;
const bytes = await bytesOf(id);
isAsked = bytes instanceof Uint8Array; // otherwise it may be tried again
setText(dump, typeof bytes === "string" ? bytes : dumpOf(bytes));
});
return details;
}
async function bytesOf(id) {
try {
const response = await fetch(`/messages/${id}`);
if (!response.ok) return (await response.json()).error;
return new Uint8Array(await response.arrayBuffer());
} catch  {
return "The client does not answer.";
}
}
function dumpOf(bytes) {
const rest = bytes.length - MOST_SHOWN;
const dump = hexDump(bytes.subarray(0, MOST_SHOWN), innerWidth < WIDE ? 8 : 16);
return rest > 0 ? `${dump}\n… and ${rest} bytes more` : dump;
}
