import { WireError } from "../bytes/wire_error.ts";
import { pathSegments } from "../rtsp/path_segments.ts";

/** Who may use a route: everybody, the server's users, or those who may see the movie. */
export type RouteAccess = "open" | "server" | "movie";

/** What can be asked for. */
export interface Route {
  /** As in the OpenAPI file: `/snapshot/{movie}.jpg`. */
  readonly path: string;
  readonly method: "GET" | "DELETE";
  readonly access: RouteAccess;
  readonly name:
    | "page"
    | "asset"
    | "openapi"
    | "movies"
    | "sessions"
    | "end session"
    | "status"
    | "log"
    | "events"
    | "snapshot"
    | "preview"
    | "metrics"
    | "health";
}

/** Every route of the server's pages. */
export const ROUTES: readonly Route[] = [
  { path: "/", method: "GET", access: "server", name: "page" },
  { path: "/assets/{file}", method: "GET", access: "server", name: "asset" },
  { path: "/api/openapi.json", method: "GET", access: "server", name: "openapi" },
  { path: "/api/movies", method: "GET", access: "server", name: "movies" },
  { path: "/api/sessions", method: "GET", access: "server", name: "sessions" },
  { path: "/api/sessions/{id}", method: "DELETE", access: "server", name: "end session" },
  { path: "/api/status", method: "GET", access: "server", name: "status" },
  { path: "/api/log", method: "GET", access: "server", name: "log" },
  { path: "/api/events", method: "GET", access: "server", name: "events" },
  { path: "/snapshot/{movie}.jpg", method: "GET", access: "movie", name: "snapshot" },
  { path: "/preview/{movie}", method: "GET", access: "movie", name: "preview" },
  { path: "/metrics", method: "GET", access: "server", name: "metrics" },
  { path: "/healthz", method: "GET", access: "open", name: "health" },
];

/** A route and what its path has named. */
export interface RouteMatch {
  readonly kind: "route";
  readonly route: Route;
  /** The names of the movie, percent-decoded; of the file or session, one name. */
  readonly names: readonly string[];
}

/** Which route a request means. */
export type RouteResult =
  | RouteMatch
  /** 404: no such path. */
  | { readonly kind: "unknown" }
  /** 405: the path has these methods. */
  | { readonly kind: "method"; readonly allowed: readonly string[] };

/**
 * Finds the route of a request; HEAD is GET.
 *
 * @param path Percent-encoded, without a query.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 *
 * const found = findRoute("GET", "/snapshot/films/a%20b.mjpeg.jpg");
 * assert(found.kind === "route");
 * assertEquals([found.route.name, found.names], ["snapshot", ["films", "a b.mjpeg"]]);
 * ```
 */
export function findRoute(method: string, path: string): RouteResult {
  const wanted = method === "HEAD" ? "GET" : method;
  const allowed: string[] = [];
  for (const route of ROUTES) {
    const names = namesIn(route.path, path);
    if (names === undefined) continue;
    if (route.method === wanted) return { kind: "route", route, names };
    allowed.push(...route.method === "GET" ? ["GET", "HEAD"] : [route.method]);
  }
  return allowed.length > 0 ? { kind: "method", allowed } : { kind: "unknown" };
}

/** What stands for the braces of a pattern; `undefined` where the path is another one. */
function namesIn(pattern: string, path: string): readonly string[] | undefined {
  const [start = "", variable, end = ""] = pattern.split(/\{(\w+)\}/);
  if (variable === undefined) return path === pattern ? [] : undefined;
  if (!path.startsWith(start) || !path.endsWith(end)) return undefined;
  if (path.length <= start.length + end.length) return undefined;
  const names = safeNames(path.slice(start.length, path.length - end.length));
  return names.length === 1 || variable === "movie" && names.length > 1 ? names : undefined;
}

/** The names between slashes, percent-decoded; none where one of them is not safe. */
function safeNames(text: string): string[] {
  try {
    return pathSegments(text);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return [];
  }
}
