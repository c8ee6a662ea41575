import { WireError } from "../bytes/wire_error.ts";
import { type SdpLine, sdpLines } from "./sdp_lines.ts";
import type {
  SdpAttribute,
  SdpBandwidth,
  SdpConnection,
  SdpMedia,
  SdpOrigin,
  SdpTime,
  SessionDescription,
} from "./session_description.ts";

/**
 * Reads a session description (RFC 8866 §5). `v=0` comes first and `o`, `s` and `t` have to be there;
 * the order of the other lines in a section is not held against the sender, since cameras mix them.
 * Letters that we do not know are left out.
 *
 * @throws {WireError} Where a line is missing or cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=x\nt=0 0\nm=video 0 RTP/AVP 26\na=control:track1\n";
 * const description = parseSdp(new TextEncoder().encode(text));
 * assertEquals(description.media[0]?.attributes, [{ name: "control", value: "track1" }]);
 * ```
 */
export function parseSdp(bytes: Uint8Array): SessionDescription {
  const lines = sdpLines(bytes);
  const [first] = lines;
  if (first === undefined) throw new WireError("Cannot parse SDP: it is empty");
  if (first.type !== "v" || first.value.trim() !== "0") fail(first, '"v=0" is wanted first');
  const starts = lines.flatMap(({ type }, index) => type === "m" ? [index] : []);
  const session = lines.slice(0, starts[0] ?? lines.length);
  const media = starts.map((start, i) => parseMedia(lines.slice(start, starts[i + 1])));
  const information = find(session, "i");
  const uri = find(session, "u");
  const [connection] = session.filter(({ type }) => type === "c").map(parseConnection);
  const zones = find(session, "z");
  const key = find(session, "k");
  return {
    origin: parseOrigin(need(session, "o")),
    name: need(session, "s").value.trim() || "-",
    ...information === undefined ? {} : { information },
    ...uri === undefined ? {} : { uri },
    emails: findAll(session, "e"),
    phones: findAll(session, "p"),
    ...connection === undefined ? {} : { connection },
    bandwidths: parseBandwidths(session),
    times: parseTimes(session),
    ...zones === undefined ? {} : { zones },
    ...key === undefined ? {} : { key },
    attributes: parseAttributes(session),
    media,
  };
}

function parseMedia(lines: readonly SdpLine[]): SdpMedia {
  const line = need(lines, "m");
  const [, media, digits = "", count, protocol, formats = ""] =
    /^(\S+) +(\d{1,5})(?:\/(\d{1,5}))? +(\S+)((?: +\S+)+)$/.exec(line.value) ?? [];
  const port = Number(digits);
  if (media === undefined || protocol === undefined || port > 0xffff) {
    fail(line, '"m=<media> <port> <protocol> <formats>" is wanted');
  }
  const portCount = Number(count ?? 1);
  const information = find(lines, "i");
  const key = find(lines, "k");
  return {
    media,
    port,
    ...portCount > 1 ? { portCount } : {},
    protocol,
    formats: formats.trim().split(/ +/),
    ...information === undefined ? {} : { information },
    connections: lines.filter(({ type }) => type === "c").map(parseConnection),
    bandwidths: parseBandwidths(lines),
    ...key === undefined ? {} : { key },
    attributes: parseAttributes(lines),
  };
}

function parseOrigin(line: SdpLine): SdpOrigin {
  const [, username, sessionId, sessionVersion, type, address] =
    /^(\S+) +(\d{1,20}) +(\d{1,20}) +IN +IP([46]) +(\S+)$/.exec(line.value) ?? [];
  if (
    username === undefined || sessionId === undefined || sessionVersion === undefined ||
    address === undefined
  ) {
    fail(line, '"o=<user> <id> <version> IN IP4|IP6 <address>" is wanted');
  }
  const addressType = type === "6" ? "IP6" : "IP4";
  return { username, sessionId, sessionVersion, addressType, address };
}

function parseConnection(line: SdpLine): SdpConnection {
  const [, type, address] = /^IN +IP([46]) +(\S+)$/.exec(line.value) ?? [];
  if (address === undefined) fail(line, '"c=IN IP4|IP6 <address>" is wanted');
  return { addressType: type === "6" ? "IP6" : "IP4", address };
}

function parseBandwidths(lines: readonly SdpLine[]): SdpBandwidth[] {
  return lines.filter(({ type }) => type === "b").map((line) => {
    const [, type, digits] = /^([^\s:]+): *(\d{1,15})$/.exec(line.value) ?? [];
    if (type === undefined) fail(line, '"b=<type>:<number>" is wanted');
    return { type, value: Number(digits) };
  });
}

function parseTimes(lines: readonly SdpLine[]): SdpTime[] {
  const times: { start: string; stop: string; repeats: string[] }[] = [];
  for (const line of lines) {
    if (line.type === "r") times.at(-1)?.repeats.push(line.value);
    if (line.type !== "t") continue;
    const [, start, stop] = /^(\d{1,20}) +(\d{1,20})$/.exec(line.value) ?? [];
    if (start === undefined || stop === undefined) fail(line, '"t=<start> <stop>" is wanted');
    times.push({ start, stop, repeats: [] });
  }
  if (times.length === 0) need(lines, "t");
  return times;
}

function parseAttributes(lines: readonly SdpLine[]): SdpAttribute[] {
  return lines.filter(({ type }) => type === "a").map((line) => {
    const colon = line.value.indexOf(":");
    const name = (colon < 0 ? line.value : line.value.slice(0, colon)).trim();
    if (name === "") fail(line, "a name is wanted");
    return colon < 0 ? { name } : { name, value: line.value.slice(colon + 1).trim() };
  });
}

function find(lines: readonly SdpLine[], type: string): string | undefined {
  return lines.find((line) => line.type === type)?.value;
}

function findAll(lines: readonly SdpLine[], type: string): string[] {
  return lines.filter((line) => line.type === type).map(({ value }) => value);
}

function need(lines: readonly SdpLine[], type: string): SdpLine {
  const line = lines.find((line) => line.type === type);
  if (line === undefined) throw new WireError(`Cannot parse SDP: there is no "${type}=" line`);
  return line;
}

function fail({ type, value, number }: SdpLine, problem: string): never {
  const found = JSON.stringify(`${type}=${value}`.slice(0, 60));
  throw new WireError(`Cannot parse SDP: line ${number} is ${found}, ${problem}`);
}
