import { parseRtspUrl, serializeRtspUrl, withoutUserInfo } from "../rtsp/url.ts";

/** The control URL of a movie's only track, relative to the movie's. */
export const TRACK_CONTROL = "trackID=0";

/** What a request's URL means. */
export interface MovieUrl {
  /** What to look up: path and query without the first slash, percent-encoded as it came. */
  readonly movie: string;
  /** The presentation's path, as it came. */
  readonly path: string;
  /** Whether the track is meant, and not the whole presentation (RFC 2326 §C.1.1). */
  readonly isTrack: boolean;
  /** The presentation's URL, without user and password, without a slash at its end. */
  readonly presentationUrl: string;
}

/**
 * Reads the URL of a movie or of its track. Clients append the track's name to a query as well, where
 * the presentation has one.
 *
 * @throws {RtspSyntaxError} For what is no RTSP URL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseMovieUrl("rtsp://localhost:8554/films/a.Mjpeg/trackID=0"), {
 *   movie: "films/a.Mjpeg",
 *   path: "/films/a.Mjpeg",
 *   isTrack: true,
 *   presentationUrl: "rtsp://localhost:8554/films/a.Mjpeg",
 * });
 * ```
 */
export function parseMovieUrl(text: string): MovieUrl {
  const { query, ...url } = withoutUserInfo(parseRtspUrl(text));
  const place = query === undefined ? url.path : query;
  const isTrack = url.path.endsWith(`/${TRACK_CONTROL}`) || place.endsWith(`/${TRACK_CONTROL}`);
  const path = withoutTrack(url.path);
  const asked = query === undefined ? undefined : withoutTrack(query);
  const presentation = { ...url, path, ...asked === undefined ? {} : { query: asked } };
  return {
    movie: `${path.replace(/^\/+/, "")}${asked === undefined ? "" : `?${asked}`}`,
    path,
    isTrack,
    presentationUrl: serializeRtspUrl(presentation),
  };
}

/** Without slashes at the end, and without the track before them. */
function withoutTrack(text: string): string {
  const bare = withoutSlashes(text);
  return bare.endsWith(`/${TRACK_CONTROL}`)
    ? withoutSlashes(bare.slice(0, -TRACK_CONTROL.length))
    : bare;
}

/** By hand: expressions that end in `/+$` take quadratic time over many slashes. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return text.slice(0, end);
}
