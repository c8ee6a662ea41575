// Made by `deno task page` from lib/page/; change it there.
import { byId, setText } from "./elements.js";
import { LiveEvents } from "./live_events.js";
import { LoadPlots } from "./load_plots.js";
import { LogList } from "./log_list.js";
import { MovieList } from "./movie_list.js";
import { FIRST_STATE, nextPageState } from "./page_state.js";
import { OneAtATime } from "./one_at_a_time.js";
import { formatUptime } from "./quantities.js";
import { endSession, fetchMovies } from "./server_api.js";
import { SessionTable } from "./session_table.js";
const CONNECTION_TEXTS = {
connecting: "Connecting…",
live: "Live",
lost: "The server does not answer; trying again…"
};
class ServerPage {
#plots = new LoadPlots(byId("plots", HTMLElement));
#sessions = new SessionTable((id)=>void this.#ask(()=>endSession(id)));
#log = new LogList();
#connection = byId("connection", HTMLElement);
#about = byId("about", HTMLElement);
#problem = byId("problem", HTMLElement);
#fetching = new OneAtATime(()=>this.#fetchMovies());
#movies;
#state = FIRST_STATE;
#shown = FIRST_STATE;
#isDue = false;
constructor(){
new LiveEvents({
url: "/api/events",
events: {
hello: (data)=>this.#welcome(JSON.parse(data)),
status: (data)=>this.#take({
kind: "second",
event: JSON.parse(data)
}),
log: (data)=>this.#take({
kind: "lines",
lines: JSON.parse(data)
}),
movies: ()=>void this.#ask(()=>this.#fetching.want())
},
lost: ()=>this.#take({
kind: "connection",
connection: "lost"
})
});
this.#draw();
}
#welcome(status) {
this.#take({
kind: "status",
status
});
this.#take({
kind: "connection",
connection: "live"
});
void this.#ask(()=>this.#fetching.want());
}
async #fetchMovies() {
this.#take({
kind: "movies",
movies: await fetchMovies()
});
}
async #ask(work) {
try {
await work();
setText(this.#problem, "");
} catch (error) {
setText(this.#problem, error instanceof Error ? error.message : String(error));
}
}
#take(message) {
this.#state = nextPageState(this.#state, message);
if (this.#isDue) return;
this.#isDue = true;
requestAnimationFrame(()=>{
this.#isDue = false;
this.#draw();
});
}
#draw() {
const { connection, status, history, sessions, movies, lines } = this.#state;
const shown = this.#shown;
this.#shown = this.#state;
setText(this.#connection, CONNECTION_TEXTS[connection]);
this.#connection.dataset["state"] = connection;
if (status !== undefined) {
const seconds = ((history.at(-1)?.atUnixMs ?? status.startedUnixMs) - status.startedUnixMs) / 1000;
setText(this.#about, `Version ${status.version}, running for ${formatUptime(seconds)}`);
this.#movies ??= new MovieList(status.rtsp);
}
if (history !== shown.history) this.#plots.show(history);
if (sessions !== shown.sessions || shown === this.#state) this.#sessions.show(sessions);
if (movies !== undefined && movies !== shown.movies) this.#movies?.show(movies);
if (lines !== shown.lines || shown === this.#state) this.#log.show(lines);
}
}
new ServerPage();
