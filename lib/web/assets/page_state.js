// Made by `deno task page` from lib/page/; change it there.
const MOST_SAMPLES = 300;
const MOST_LINES = 500;
export const FIRST_STATE = {
connection: "connecting",
status: undefined,
history: [],
sessions: [],
movies: undefined,
lines: []
};
export function nextPageState(state, message) {
switch(message.kind){
case "connection":
return message.connection === state.connection ? state : {
...state,
connection: message.connection
};
case "status":
{
const { status } = message;
const before = state.status?.startedUnixMs ?? status.startedUnixMs;
const isNew = before !== status.startedUnixMs;
return {
...state,
status,
history: status.history,
lines: isNew ? [] : state.lines
};
}
case "second":
{
const { sample, sessions } = message.event;
if (sample === null) return {
...state,
sessions
};
const history = [
...state.history,
sample
].slice(-MOST_SAMPLES);
return {
...state,
sessions,
history
};
}
case "movies":
return {
...state,
movies: message.movies
};
case "lines":
{
const last = state.lines.at(-1)?.id ?? 0;
const fresh = message.lines.filter(({ id })=>id > last);
if (fresh.length === 0) return state;
return {
...state,
lines: [
...state.lines,
...fresh
].slice(-MOST_LINES)
};
}
default:
return message;
}
}
