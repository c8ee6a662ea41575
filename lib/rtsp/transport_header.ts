import { excerpt } from "./excerpt.ts";
import { isHeaderValue } from "./header_value.ts";
import { quote, unquote } from "./quoted_string.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { splitHeader } from "./split_header.ts";
import { isToken } from "./token.ts";

/** First and last of a pair of ports or channels; equal where only one was given. */
export type NumberRange = readonly [first: number, last: number];

/** One transport of a `Transport` header (RFC 2326 §12.39). */
export interface Transport {
  /** As written, default filled in: `RTP/AVP`, `RTP/SAVP`, `RTP/AVPF`. */
  readonly profile: string;
  /** `RTP/AVP` alone means UDP. */
  readonly lower: "UDP" | "TCP";
  /** `undefined` where it is not said; RFC 2326's default is then multicast, real clients mean unicast. */
  readonly cast?: "unicast" | "multicast";
  readonly destination?: string;
  readonly source?: string;
  readonly layers?: number;
  /** As written, quotes apart: `PLAY`, `RECORD`. */
  readonly mode?: string;
  readonly append?: boolean;
  /** Channels for RTP and RTCP in the connection, 0 to 255. */
  readonly interleaved?: NumberRange;
  readonly ttl?: number;
  /** Ports of a multicast group. */
  readonly port?: NumberRange;
  readonly clientPort?: NumberRange;
  readonly serverPort?: NumberRange;
  readonly ssrc?: number;
  /** Parameters that we do not know, in their order: name and value as written. */
  readonly unknown?: readonly (readonly [name: string, value: string | undefined])[];
}

/** More offers than any client makes. */
const MOST_TRANSPORTS = 32;

type Fields = { -readonly [K in keyof Transport]?: Transport[K] };

/** How each parameter is read; names come from the wire, hence a `Map`. */
const READERS: ReadonlyMap<string, (fields: Fields, value: string) => void> = new Map([
  ["unicast", (f) => void (f.cast = "unicast")],
  ["multicast", (f) => void (f.cast = "multicast")],
  ["append", (f) => void (f.append = true)],
  ["destination", (f, v) => void (f.destination = v)],
  ["source", (f, v) => void (f.source = v)],
  ["mode", (f, v) => void (f.mode = v)],
  ["layers", (f, v) => void (f.layers = readNumber("layers", v, 1, 255))],
  ["ttl", (f, v) => void (f.ttl = readNumber("ttl", v, 0, 255))],
  ["interleaved", (f, v) => void (f.interleaved = readRange("interleaved", v, 0, 255))],
  ["port", (f, v) => void (f.port = readRange("port", v, 1, 65535))],
  ["client_port", (f, v) => void (f.clientPort = readRange("client_port", v, 1, 65535))],
  ["server_port", (f, v) => void (f.serverPort = readRange("server_port", v, 1, 65535))],
  ["ssrc", (f, v) => void (f.ssrc = readSsrc(v))],
]);

/**
 * Reads a `Transport` header: the transports in order of preference, those of other protocols than RTP
 * left out.
 *
 * @returns Empty where no transport is RTP's: then 461 is the answer.
 * @throws {RtspSyntaxError} For port 0, reversed ranges, channels over 255, and what is no number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTransport("RTP/AVP;unicast;client_port=4588-4589"), [{
 *   profile: "RTP/AVP",
 *   lower: "UDP",
 *   cast: "unicast",
 *   clientPort: [4588, 4589],
 * }]);
 * ```
 */
export function parseTransport(value: string): Transport[] {
  const specs = splitHeader(value, ",");
  if (specs.length === 0) fail("it is empty");
  if (specs.length > MOST_TRANSPORTS) {
    fail(`${specs.length} transports are more than ${MOST_TRANSPORTS}`);
  }
  return specs.map(parseOne).filter((transport) => transport !== undefined);
}

/**
 * Writes transports as `parseTransport()` reads them, in RFC 2326's order of parameters.
 *
 * @throws {RangeError} For a value that cannot be written.
 */
export function serializeTransport(transports: readonly Transport[]): string {
  return transports.map(serializeOne).join(",");
}

function parseOne(spec: string): Transport | undefined {
  const [protocol = "", ...parameters] = splitHeader(spec, ";");
  const [transport = "", profile = "", lower = "UDP"] = protocol.toUpperCase().split("/");
  if (transport !== "RTP" || !isToken(profile)) return undefined;
  if (lower !== "UDP" && lower !== "TCP") return undefined;
  const fields: Fields = {};
  const unknown: [string, string | undefined][] = [];
  for (const parameter of parameters) {
    const equals = parameter.indexOf("=");
    const name = equals < 0 ? parameter : parameter.slice(0, equals).trim();
    const text = equals < 0 ? undefined : parameter.slice(equals + 1).trim();
    const read = READERS.get(name.toLowerCase());
    if (read !== undefined) read(fields, unquote(text ?? ""));
    else if (isToken(name)) unknown.push([name, text]);
    else fail(`parameter ${excerpt(parameter)} has no name`);
  }
  return { profile: `RTP/${profile}`, lower, ...fields, ...unknown.length > 0 ? { unknown } : {} };
}

function serializeOne(transport: Transport): string {
  const { profile, lower, cast, destination, source, layers, mode, append, ttl, ssrc } = transport;
  const parts = [lower === "TCP" ? `${profile}/TCP` : profile];
  const add = (name: string, value: string | number | undefined) => {
    if (value !== undefined) parts.push(`${name}=${value}`);
  };
  if (cast !== undefined) parts.push(cast);
  add("destination", valueOf(destination));
  add("source", valueOf(source));
  add("interleaved", serializeRange(transport.interleaved));
  if (append === true) parts.push("append");
  add("ttl", ttl);
  add("layers", layers);
  add("port", serializeRange(transport.port));
  add("client_port", serializeRange(transport.clientPort));
  add("server_port", serializeRange(transport.serverPort));
  add("ssrc", ssrc?.toString(16).toUpperCase().padStart(8, "0"));
  add("mode", mode === undefined ? undefined : quote(mode));
  for (const [name, value] of transport.unknown ?? []) {
    parts.push(value === undefined ? name : `${name}=${value}`);
  }
  const text = parts.join(";");
  if (!isHeaderValue(text)) {
    throw new RangeError(`Cannot write Transport: ${excerpt(text)} is not allowed`);
  }
  return text;
}

/** As a token where it can be one; IPv6 addresses are written bare, as servers do. */
function valueOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w.:[\]%-]+$/.test(text)) return text;
  return quote(text);
}

function serializeRange(range: NumberRange | undefined): string | undefined {
  if (range === undefined) return undefined;
  return range[0] === range[1] ? String(range[0]) : `${range[0]}-${range[1]}`;
}

function readRange(name: string, text: string, least: number, most: number): NumberRange {
  const [, first = "", last = first] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(text) ?? [];
  const range: NumberRange = [
    readNumber(name, first, least, most),
    readNumber(name, last, least, most),
  ];
  if (range[1] < range[0]) fail(`${name} ${excerpt(text)} is reversed`);
  return range;
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most) fail(`${name} ${excerpt(text)} is not ${least} to ${most}`);
  return value;
}

function readSsrc(text: string): number {
  // Eight digits by RFC 2326 §12.39; leading zeros may be missing.
  if (!/^[0-9a-f]{1,8}$/i.test(text)) fail(`ssrc ${excerpt(text)} is not 8 hexadecimal digits`);
  return parseInt(text, 16);
}

function fail(problem: string): never {
  throw new RtspSyntaxError(`Cannot parse Transport: ${problem}`);
}
