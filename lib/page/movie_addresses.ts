import type { ServerStatus } from "../web/server_status.ts";

/** Something to copy: an address, or a command. */
export interface MovieAddress {
  readonly label: string;
  readonly text: string;
}

/**
 * What to paste where, to see a movie.
 *
 * @param name As in `MovieView`.
 * @param rtsp As in `ServerStatus`.
 * @param page The page's own origin: `http://localhost:8080`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const rtsp = { scheme: "rtsp", hostname: null, port: 8554 } as const;
 * const [address] = movieAddresses("a b.mjpeg", rtsp, "http://localhost:8080");
 * assertEquals(address, { label: "RTSP address", text: "rtsp://localhost:8554/a%20b.mjpeg" });
 * ```
 */
export function movieAddresses(
  name: string,
  rtsp: ServerStatus["rtsp"],
  page: string,
): MovieAddress[] {
  const hostname = rtsp.hostname ?? new URL(page).hostname;
  const host = hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
  const path = moviePath(name);
  const url = `${rtsp.scheme}://${host}:${rtsp.port}/${path}`;
  const word = shellWord(url);
  return [
    { label: "RTSP address", text: url },
    { label: "Our client", text: `zoetrope-client ${word}` },
    { label: "VLC", text: `vlc ${word}` },
    { label: "FFmpeg", text: `ffplay ${word}` },
    {
      label: "GStreamer",
      text: `gst-launch-1.0 rtspsrc location=${word} ! rtpjpegdepay ! jpegdec ! ` +
        "videoconvert ! autovideosink",
    },
    { label: "Preview for browsers", text: `${page}/preview/${path}` },
    { label: "Snapshot", text: `${page}/snapshot/${path}.jpg` },
  ];
}

/**
 * A movie's name as part of a URL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(moviePath("new/100 %.mjpeg"), "new/100%20%25.mjpeg");
 * ```
 */
export function moviePath(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

/** As one word of a shell. */
function shellWord(text: string): string {
  return /^[\w:/.%[\]~-]+$/.test(text) && !text.includes("[")
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}
