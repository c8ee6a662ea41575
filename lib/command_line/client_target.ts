import { parseAddress } from "./parse_address.ts";
import { parseOptionValue } from "./option_value.ts";

const RTSP_PORT = 554;
const MOST_PORT = 65_535;

/** What the client is to play. */
export type ClientTarget =
  | {
    /** As the exercise's client is called: `HOST PORT RTP_PORT FILE`. */
    readonly form: "lab";
    /** Name or address, without brackets. */
    readonly host: string;
    readonly port: number;
    /** The movie's name, as it goes into requests. */
    readonly file: string;
    /** 0: any free one. */
    readonly rtpPort: number;
  }
  | {
    readonly form: "url";
    readonly host: string;
    readonly port: number;
    /** The URL's path and query without the first slash, still percent-encoded. */
    readonly file: string;
    readonly url: string;
  };

/**
 * The target that a client's arguments name, or what is wrong with them: one sentence.
 *
 * @param args `HOST PORT RTP_PORT FILE`, or one URL.
 */
export function parseClientTarget(args: readonly string[]): ClientTarget | string {
  const [first, ...more] = args;
  if (first === undefined) {
    return "Nothing to play: give HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE";
  }
  if (/^[a-z][a-z+.-]*:\/\//i.test(first)) {
    return more.length === 0
      ? parseUrl(first)
      : `Too many arguments: ${JSON.stringify(more[0])} is one more than the URL`;
  }
  const [host, port, rtpPort, file] = args;
  if (host === undefined || port === undefined || rtpPort === undefined || file === undefined) {
    return `Too few arguments: ${args.length} are given, wanted HOST PORT RTP_PORT FILE, ` +
      "or rtsp://HOST/FILE";
  }
  return parseLabForm(host, port, rtpPort, file);
}

function parseLabForm(
  host: string,
  port: string,
  rtpPort: string,
  file: string,
): ClientTarget | string {
  const address = parseAddress(host);
  if (address === undefined) {
    return `HOST needs a host name or an IP address, not ${JSON.stringify(host)}`;
  }
  const [rtsp, rtp] = [parsePort(port, 1), parsePort(rtpPort, 0)];
  if (rtsp === undefined) return portProblem("PORT", 1, port);
  if (rtp === undefined) return portProblem("RTP_PORT", 0, rtpPort);
  if (!isName(file)) return `FILE needs the name of a movie, not ${JSON.stringify(file)}`;
  return { form: "lab", host: address, port: rtsp, file, rtpPort: rtp };
}

function parseUrl(text: string): ClientTarget | string {
  const wanted = `wanted rtsp://HOST:PORT/FILE`;
  const quoted = JSON.stringify(text);
  if (!URL.canParse(text)) return `Cannot read the URL ${quoted}: ${wanted}`;
  const url = new URL(text);
  if (url.protocol !== "rtsp:") {
    return `Cannot play the URL ${quoted}: its scheme is ${url.protocol.slice(0, -1)}, ${wanted}`;
  }
  const host = parseAddress(url.hostname);
  if (host === undefined) return `Cannot play the URL ${quoted}: it names no host, ${wanted}`;
  if (url.username !== "" || url.password !== "") {
    return `Cannot play the URL ${quoted}: the lab dialect has no users, ${wanted}`;
  }
  const port = url.port === "" ? RTSP_PORT : Number(url.port);
  if (port === 0) return portProblem("The URL's port", 1, url.port);
  const file = url.pathname.slice(1) + url.search;
  if (!isName(file)) return `Cannot play the URL ${quoted}: it names no movie, ${wanted}`;
  return { form: "url", host, port, file, url: url.href };
}

function parsePort(text: string, least: number): number | undefined {
  const row = { kind: "integer", min: least, max: MOST_PORT, group: "", help: "" } as const;
  const port = parseOptionValue(row, text);
  return typeof port === "number" ? port : undefined;
}

function portProblem(what: string, least: number, text: string): string {
  return `${what} needs an integer from ${least} to ${MOST_PORT}, not ${JSON.stringify(text)}`;
}

/** Whether it can stand in a request: not empty, and no line ends or other control characters. */
function isName(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return text !== "" && !/[\0-\x1f\x7f]/.test(text);
}
