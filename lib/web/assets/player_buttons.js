// Made by `deno task page` from lib/page/; change it there.
const DESCRIBE = {
kind: "describe",
label: "DESCRIBE",
key: "d"
};
const BUTTONS = {
4: [
{
kind: "setup",
label: "SETUP",
key: "s"
},
{
kind: "play",
label: "PLAY",
key: "p"
},
{
kind: "pause",
label: "PAUSE",
key: "a"
},
{
kind: "teardown",
label: "TEARDOWN",
key: "t"
},
DESCRIBE
],
3: [
{
kind: "play",
label: "Play",
key: "p"
},
{
kind: "pause",
label: "Pause",
key: "a"
},
{
kind: "stop",
label: "Stop",
key: "s"
},
DESCRIBE
]
};
const ALLOWED = {
setup: [
"init"
],
play: [
"ready"
],
pause: [
"playing"
],
teardown: [
"ready",
"playing"
],
stop: [
"ready",
"playing"
],
describe: [
"init",
"ready",
"playing"
]
};
export function playerButtons(count) {
return BUTTONS[count];
}
export function isAllowed(kind, state, count) {
return kind === "play" && count === 3 && state === "init" || ALLOWED[kind].includes(state);
}
export function keyRequest(key, state, count) {
const pressed = key.toLowerCase();
const kind = pressed === " " ? state === "playing" ? "pause" : "play" : pressed === "t" && count === 3 ? "stop" : BUTTONS[count].find((button)=>button.key === pressed)?.kind;
return kind !== undefined && isAllowed(kind, state, count) ? kind : undefined;
}
