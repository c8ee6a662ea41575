import type { LogLine } from "../web/log_line.ts";
import type { MovieView } from "../web/movie_view.ts";
import type { LoadSample, ServerStatus, StatusEvent } from "../web/server_status.ts";
import type { SessionStatus } from "../web/session_status.ts";

/** How many samples and lines the page holds: what the server keeps. */
const MOST_SAMPLES = 300;
const MOST_LINES = 500;

/** Whether the server is heard. */
export type Connection = "connecting" | "live" | "lost";

/** All that the page shows. */
export interface PageState {
  readonly connection: Connection;
  /** `undefined` until the server has told. */
  readonly status: ServerStatus | undefined;
  readonly history: readonly LoadSample[];
  readonly sessions: readonly SessionStatus[];
  readonly movies: readonly MovieView[] | undefined;
  readonly lines: readonly LogLine[];
}

/** What changes the page. */
export type PageMessage =
  | { readonly kind: "connection"; readonly connection: Connection }
  | { readonly kind: "status"; readonly status: ServerStatus }
  | { readonly kind: "second"; readonly event: StatusEvent }
  | { readonly kind: "movies"; readonly movies: readonly MovieView[] }
  | { readonly kind: "lines"; readonly lines: readonly LogLine[] };

/** Before anything is known. */
export const FIRST_STATE: PageState = {
  connection: "connecting",
  status: undefined,
  history: [],
  sessions: [],
  movies: undefined,
  lines: [],
};

/** What the page shows after a message; parts that stay the same stay the same object. */
export function nextPageState(state: PageState, message: PageMessage): PageState {
  switch (message.kind) {
    case "connection":
      return message.connection === state.connection
        ? state
        : { ...state, connection: message.connection };
    case "status": {
      const { status } = message;
      const before = state.status?.startedUnixMs ?? status.startedUnixMs;
      const isNew = before !== status.startedUnixMs;
      // A server that was started anew counts its lines from 1 again.
      return { ...state, status, history: status.history, lines: isNew ? [] : state.lines };
    }
    case "second": {
      const { sample, sessions } = message.event;
      if (sample === null) return { ...state, sessions };
      const history = [...state.history, sample].slice(-MOST_SAMPLES);
      return { ...state, sessions, history };
    }
    case "movies":
      return { ...state, movies: message.movies };
    case "lines": {
      const last = state.lines.at(-1)?.id ?? 0;
      const fresh = message.lines.filter(({ id }) => id > last);
      if (fresh.length === 0) return state;
      return { ...state, lines: [...state.lines, ...fresh].slice(-MOST_LINES) };
    }
    default:
      return message satisfies never;
  }
}
