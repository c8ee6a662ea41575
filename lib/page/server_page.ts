import type { ServerStatus } from "../web/server_status.ts";
import { byId, setText } from "./elements.ts";
import { LiveEvents } from "./live_events.ts";
import { LoadPlots } from "./load_plots.ts";
import { LogList } from "./log_list.ts";
import { MovieList } from "./movie_list.ts";
import { type Connection, FIRST_STATE, nextPageState, type PageMessage } from "./page_state.ts";
import { OneAtATime } from "./one_at_a_time.ts";
import { formatUptime } from "./quantities.ts";
import { endSession, fetchMovies } from "./server_api.ts";
import { SessionTable } from "./session_table.ts";

const CONNECTION_TEXTS: Readonly<Record<Connection, string>> = {
  connecting: "Connecting…",
  live: "Live",
  lost: "The server does not answer; trying again…",
};

/** Draws what has changed, at most once for each picture of the screen. */
class ServerPage {
  readonly #plots = new LoadPlots(byId("plots", HTMLElement));
  readonly #sessions = new SessionTable((id) => void this.#ask(() => endSession(id)));
  readonly #log = new LogList();
  readonly #connection = byId("connection", HTMLElement);
  readonly #about = byId("about", HTMLElement);
  readonly #problem = byId("problem", HTMLElement);
  /** The server tells of each movie that it has looked at: thousands in a second. */
  readonly #fetching = new OneAtATime(() => this.#fetchMovies());
  #movies: MovieList | undefined;
  #state = FIRST_STATE;
  #shown = FIRST_STATE;
  #isDue = false;

  constructor() {
    new LiveEvents({
      url: "/api/events",
      events: {
        hello: (data) => this.#welcome(JSON.parse(data)),
        status: (data) => this.#take({ kind: "second", event: JSON.parse(data) }),
        log: (data) => this.#take({ kind: "lines", lines: JSON.parse(data) }),
        movies: () => void this.#ask(() => this.#fetching.want()),
      },
      lost: () => this.#take({ kind: "connection", connection: "lost" }),
    });
    this.#draw();
  }

  /** The server is heard, for the first time or again. */
  #welcome(status: ServerStatus): void {
    this.#take({ kind: "status", status });
    this.#take({ kind: "connection", connection: "live" });
    void this.#ask(() => this.#fetching.want());
  }

  async #fetchMovies(): Promise<void> {
    this.#take({ kind: "movies", movies: await fetchMovies() });
  }

  /** Does something with the server, and shows why it did not work. */
  async #ask(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      setText(this.#problem, "");
    } catch (error) {
      setText(this.#problem, error instanceof Error ? error.message : String(error));
    }
  }

  #take(message: PageMessage): void {
    this.#state = nextPageState(this.#state, message);
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { connection, status, history, sessions, movies, lines } = this.#state;
    const shown = this.#shown;
    this.#shown = this.#state;
    setText(this.#connection, CONNECTION_TEXTS[connection]);
    this.#connection.dataset["state"] = connection;
    if (status !== undefined) {
      const seconds = ((history.at(-1)?.atUnixMs ?? status.startedUnixMs) - status.startedUnixMs) /
        1000;
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
