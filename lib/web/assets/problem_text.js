// Made by `deno task page` from lib/page/; change it there.
export function problemText(sentence, state, count) {
if (sentence === "") return "";
if (state !== "init") return `${sentence}.`;
return `${sentence}. Press ${count === 4 ? "SETUP" : "Play"} to try again.`;
}
