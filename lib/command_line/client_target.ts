import { WireError } from "../bytes/wire_error.ts";
import type { Login } from "../client/login.ts";
import { standardTarget } from "../client/standard_target.ts";
import { isUrl } from "./is_url.ts";
import { parseAddress } from "./parse_address.ts";
import { parseOptionValue } from "./option_value.ts";

const URL_WANTED = "wanted rtsp://HOST:PORT/FILE";
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
    /** The URL's path and query without the first slash, still percent-encoded; may be empty. */
    readonly file: string;
    /** Without user and password. */
    readonly url: string;
    /** Whether it is `rtsps`. */
    readonly secure: boolean;
    /** Who is named in the URL. */
    readonly login?: Login;
  };

/**
 * The target that a client's arguments name, or what is wrong with them: one sentence.
 *
 * @param args `HOST PORT RTP_PORT FILE`, or one URL.
 */
export function parseClientTarget(args: readonly string[]): ClientTarget | string {
  const [first] = args;
  if (first === undefined) {
    return "Nothing to play: give HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE";
  }
  if (isUrl(first)) return parseUrl(first);
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
  const scheme = /^[a-z+.-]*/i.exec(text)?.[0].toLowerCase() ?? "";
  // A password is shown to nobody, not even to whom wrote it.
  const quoted = JSON.stringify(text.replace(/^([^/]*\/\/[^/?#@]*?):[^/?#]*@/, "$1:…@"));
  if (scheme !== "rtsp" && scheme !== "rtsps") {
    return `Cannot play the URL ${quoted}: its scheme is ${scheme}, ${URL_WANTED}`;
  }
  const port = /^[^/]*\/\/[^/?#]*:(\d+)(?=[/?#]|$)/.exec(text)?.[1];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= MOST_PORT)) {
    return `Cannot read the URL ${quoted}: its port is ${port}, wanted 1 to ${MOST_PORT}`;
  }
  let target;
  try {
    target = standardTarget(text);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return `Cannot read the URL ${quoted}: ${URL_WANTED}`;
  }
  const { login } = target;
  if (!isPlain(text) || /[^!-~]/.test(target.url)) {
    return `Cannot play the URL ${quoted}: spaces and the like are written as %20 in a URL`;
  }
  if (login !== undefined && !isPlain(login.user + login.password)) {
    return `Cannot play the URL ${quoted}: its user or password holds control characters`;
  }
  return { form: "url", ...target };
}

function parsePort(text: string, least: number): number | undefined {
  const row = { kind: "integer", min: least, max: MOST_PORT, group: "", help: "" } as const;
  const port = parseOptionValue(row, text);
  return typeof port === "number" ? port : undefined;
}

function portProblem(what: string, least: number, text: string): string {
  return `${what} needs an integer from ${least} to ${MOST_PORT}, not ${JSON.stringify(text)}`;
}

/** Whether it can stand in a request as a name. */
function isName(text: string): boolean {
  return text !== "" && isPlain(text);
}

/** Whether there are no line ends or other control characters in it. */
function isPlain(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return !/[\0-\x1f\x7f]/.test(text);
}
