import type { AuthResult } from "../server/authenticator.ts";
import { viewSession } from "../server/session_view.ts";
import { EventHub } from "./event_hub.ts";
import { guardRequest } from "./request_guard.ts";
import { formatMetrics, METRICS_TYPE } from "./metrics.ts";
import { MovieCatalogue } from "./movie_catalogue.ts";
import { MoviePictures } from "./movie_pictures.ts";
import { Places } from "./places.ts";
import { reply, replyError, replyJson } from "./replies.ts";
import { findRoute, type RouteMatch } from "./route_table.ts";
import type { ServerStatus } from "./server_status.ts";
import { type MeasuredSession, SessionMonitor } from "./session_monitor.ts";
import type { SessionStatus } from "./session_status.ts";
import type { WebSettings } from "./web_settings.ts";

/** Requests that are worked on at a time, for all and for each peer, without streams. */
const MOST_REQUESTS = 256;
const MOST_REQUESTS_EACH = 64;
/** Pages that listen to events, for all and for each peer. */
const MOST_EVENT_STREAMS = 128;
const MOST_EVENT_STREAMS_EACH = 32;

/** A request, who sent it, and as whom. */
interface Visit {
  readonly request: Request;
  readonly url: URL;
  readonly match: RouteMatch;
  readonly peerAddress: string;
  /** Who is logged in, where that is asked. */
  readonly user: string | undefined;
}

/**
 * Answers every request for the server's pages: guard, login, route. Knows no sockets; `second()` is to
 * be called once a second, and `logged()` after each line of the log.
 */
export class WebHandler {
  readonly #settings: WebSettings;
  readonly #startedUnixMs: number;
  readonly #monitor = new SessionMonitor();
  readonly #hub: EventHub;
  readonly #catalogue: MovieCatalogue;
  readonly #pictures: MoviePictures;
  readonly #requests = new Places(MOST_REQUESTS, MOST_REQUESTS_EACH);
  readonly #streams = new Places(MOST_EVENT_STREAMS, MOST_EVENT_STREAMS_EACH);
  readonly #answered = new Map<number, number>();

  constructor(settings: WebSettings) {
    this.#settings = settings;
    this.#startedUnixMs = settings.clock.now().unixMs;
    this.#hub = new EventHub(settings.log);
    this.#catalogue = new MovieCatalogue(settings.movies, () => this.#hub.moviesChanged());
    this.#pictures = new MoviePictures(settings);
    this.second();
  }

  /** Looks at all sessions and tells those who listen. */
  second(): void {
    const { server: { totals }, clock } = this.#settings;
    this.#hub.status(this.#monitor.look(this.#measured(), totals, clock.now()));
  }

  /** The log has a new line. */
  logged(): void {
    this.#hub.logged();
  }

  /** The movies are others than before. */
  moviesChanged(): void {
    this.#hub.moviesChanged();
  }

  /** Ends all streams and looks at no more movies. */
  async close(): Promise<void> {
    this.#hub.close();
    this.#pictures.close();
    await this.#catalogue.close();
  }

  /**
   * Answers a request; never throws for anything that a peer can send.
   *
   * @param peerAddress The peer's address, literal.
   */
  async handle(request: Request, peerAddress: string): Promise<Response> {
    const response = await this.#answer(request, peerAddress);
    this.#answered.set(response.status, (this.#answered.get(response.status) ?? 0) + 1);
    if (request.method !== "HEAD" || response.body === null) return response;
    await response.body.cancel();
    const { status, headers } = response;
    // Of a stream nobody knows the length: a body that is empty, not none, has the server name none.
    const body = headers.has("Content-Length") ? null : new Blob().stream();
    return new Response(body, { status, headers });
  }

  async #answer(request: Request, peerAddress: string): Promise<Response> {
    const refusal = guardRequest(request, this.#settings.hosts);
    if (refusal !== undefined) return replyError(refusal.status, refusal.reason);
    const url = new URL(request.url);
    const match = findRoute(request.method, url.pathname);
    if (match.kind === "unknown") return replyError(404, `There is nothing at ${url.pathname}`);
    if (match.kind === "method") {
      const allow = match.allowed.join(", ");
      return replyError(405, `${url.pathname} takes ${allow}`, [["Allow", allow]]);
    }
    const giveBack = this.#requests.take(peerAddress);
    if (giveBack === undefined) {
      return replyError(503, "Too many requests at a time", [["Retry-After", "1"]]);
    }
    try {
      const login = this.#logIn(request, url, match, peerAddress);
      if (login.kind === "allowed") {
        return await this.#serve({ request, url, match, peerAddress, user: login.user });
      }
      if (login.kind !== "forbidden" && login.delayMs > 0) {
        await this.#settings.clock.sleep(login.delayMs);
      }
      return refuseLogin(login);
    } finally {
      giveBack();
    }
  }

  #measured(): MeasuredSession[] {
    const { server } = this.#settings;
    return [...server.sessions.values()].map((session) => ({
      ...viewSession(session),
      droppedFrames: server.droppedFrames(session),
    }));
  }

  #sessions(): SessionStatus[] {
    return this.#monitor.withRates(this.#measured());
  }

  #logIn(
    request: Request,
    url: URL,
    { route, names }: RouteMatch,
    peerAddress: string,
  ): AuthResult {
    const { authenticator, clock } = this.#settings;
    if (authenticator === undefined || route.access === "open") return { kind: "allowed" };
    return authenticator.check({
      method: request.method,
      uri: url.pathname + url.search,
      path: route.access === "movie" ? names : [],
      usersOnly: route.access === "server",
      authorization: request.headers.get("authorization") ?? undefined,
      peerAddress,
    }, clock.now());
  }

  #serve(visit: Visit): Response | Promise<Response> {
    const { match: { route, names: [name = ""] }, peerAddress, request, url } = visit;
    switch (route.name) {
      case "page":
        return this.#asset("index.html", request);
      case "asset":
        return this.#asset(name, request);
      case "openapi":
        return this.#asset("openapi.json", request);
      case "movies":
        return this.#movies(visit);
      case "sessions":
        return replyJson({ sessions: this.#sessions() });
      case "end session":
        return this.#endSession(name, visit);
      case "status":
        return replyJson(this.#status());
      case "log":
        return this.#logLines(url.searchParams.get("after"));
      case "events":
        return this.#events(visit);
      case "snapshot": {
        const tag = request.headers.get("if-none-match");
        return this.#pictures.snapshot(visit.match.names, url.searchParams, tag);
      }
      case "preview":
        return this.#pictures.preview(visit.match.names, url.searchParams, peerAddress);
      case "metrics":
        return this.#metrics();
      case "health":
        return reply("ok\n", { type: "text/plain; charset=utf-8" });
      default:
        return route.name satisfies never;
    }
  }

  #asset(name: string, request: Request): Response {
    const asset = this.#settings.assets.get(name);
    if (asset === undefined) return replyError(404, `There is no file ${JSON.stringify(name)}`);
    const { bytes, type, etag } = asset;
    const fields = { type, cache: "private, no-cache", headers: [["ETag", etag]] } as const;
    const isKnown = request.headers.get("if-none-match") === etag;
    return isKnown ? reply(null, { ...fields, status: 304 }) : reply(bytes, fields);
  }

  async #movies({ user }: Visit): Promise<Response> {
    const { authenticator } = this.#settings;
    const movies = await this.#catalogue.list();
    const seen = movies.filter(({ name }) =>
      authenticator === undefined || authenticator.maySee(user, name.split("/"))
    );
    return replyJson({ movies: seen });
  }

  #endSession(id: string, { peerAddress, user }: Visit): Response {
    const { server } = this.#settings;
    if (!server.sessions.has(id)) return replyError(404, `There is no session ${id}`);
    const who = user === undefined ? peerAddress : `${user} at ${peerAddress}`;
    server.endSession(id, `ended on the web page by ${who}`);
    this.#hub.status({ sample: null, sessions: this.#sessions() });
    return reply(null, { status: 204, type: "application/json" });
  }

  #status(): ServerStatus {
    const { version, rtsp, server: { sender } } = this.#settings;
    const { history } = this.#monitor;
    return { version, startedUnixMs: this.#startedUnixMs, sender, rtsp, history };
  }

  #logLines(after: string | null): Response {
    const id = lineId(after ?? "0");
    if (id === undefined) return replyError(400, `after needs the id of a line, not "${after}"`);
    return replyJson({ lines: this.#settings.log.after(id) });
  }

  #events({ request, peerAddress }: Visit): Response {
    const giveBack = this.#streams.take(peerAddress);
    if (giveBack === undefined) {
      return replyError(503, "Too many pages listen", [["Retry-After", "5"]]);
    }
    const after = lineId(request.headers.get("last-event-id") ?? "") ?? 0;
    // A reader that knows later lines than there are knew the server before it was started anew.
    const first = after > this.#settings.log.lastId ? 0 : after;
    const events = this.#hub.open(this.#status(), first, giveBack);
    return reply(events, { type: "text/event-stream" });
  }

  #metrics(): Response {
    const { version, server: { totals, sender }, log, residentOctets } = this.#settings;
    const text = formatMetrics({
      version,
      sender,
      startedUnixMs: this.#startedUnixMs,
      totals,
      sessions: this.#sessions(),
      sample: this.#monitor.history.at(-1),
      logCounts: log.counts,
      requests: this.#answered,
      previews: this.#pictures.previews,
      eventStreams: this.#hub.readers,
      residentOctets: residentOctets(),
    });
    return reply(text, { type: METRICS_TYPE });
  }
}

function refuseLogin(login: Exclude<AuthResult, { kind: "allowed" }>): Response {
  switch (login.kind) {
    case "challenge": {
      const headers = login.challenges.map((value) => ["WWW-Authenticate", value] as const);
      return replyError(401, "Log in to see this", headers);
    }
    case "forbidden":
      return replyError(403, login.reason);
    case "bad":
      return replyError(400, login.reason);
    default:
      return login satisfies never;
  }
}

/** The id of a line of the log; `undefined` where the text is none. */
function lineId(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
