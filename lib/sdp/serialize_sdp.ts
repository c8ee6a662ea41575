import type {
  SdpAttribute,
  SdpBandwidth,
  SdpConnection,
  SdpMedia,
  SessionDescription,
} from "./session_description.ts";

/**
 * Writes a session description with CRLF, its lines in the order of RFC 8866 §5.
 *
 * @throws {RangeError} For texts with line ends or NUL, and for missing times or formats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = serializeSdp({
 *   origin: {
 *     username: "-",
 *     sessionId: "1",
 *     sessionVersion: "2",
 *     addressType: "IP4",
 *     address: "127.0.0.1",
 *   },
 *   name: "a",
 *   emails: [],
 *   phones: [],
 *   bandwidths: [],
 *   times: [{ start: "0", stop: "0", repeats: [] }],
 *   attributes: [{ name: "control", value: "*" }],
 *   media: [],
 * });
 * assertEquals(
 *   new TextDecoder().decode(bytes),
 *   "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\na=control:*\r\n",
 * );
 * ```
 */
export function serializeSdp(description: SessionDescription): Uint8Array {
  const { origin, times } = description;
  if (times.length === 0) throw new RangeError("Cannot write SDP: it needs a time");
  const lines = [
    "v=0",
    `o=${origin.username} ${origin.sessionId} ${origin.sessionVersion} ` +
    `IN ${origin.addressType} ${origin.address}`,
    `s=${description.name === "" ? "-" : description.name}`,
    ...line("i", description.information),
    ...line("u", description.uri),
    ...description.emails.map((email) => `e=${email}`),
    ...description.phones.map((phone) => `p=${phone}`),
    ...description.connection === undefined ? [] : [connectionLine(description.connection)],
    ...description.bandwidths.map(bandwidthLine),
    ...times.flatMap(({ start, stop, repeats }) => [
      `t=${start} ${stop}`,
      ...repeats.map((repeat) => `r=${repeat}`),
    ]),
    ...line("z", description.zones),
    ...line("k", description.key),
    ...description.attributes.map(attributeLine),
    ...description.media.flatMap(mediaLines),
  ];
  for (const text of lines) {
    if (/[\0\r\n]/.test(text)) {
      throw new RangeError(`Cannot write SDP: ${JSON.stringify(text)} holds NUL or a line end`);
    }
  }
  return new TextEncoder().encode(lines.map((text) => `${text}\r\n`).join(""));
}

function mediaLines(media: SdpMedia): string[] {
  if (media.formats.length === 0) throw new RangeError("Cannot write SDP: media needs a format");
  const ports = media.portCount === undefined ? media.port : `${media.port}/${media.portCount}`;
  return [
    `m=${media.media} ${ports} ${media.protocol} ${media.formats.join(" ")}`,
    ...line("i", media.information),
    ...media.connections.map(connectionLine),
    ...media.bandwidths.map(bandwidthLine),
    ...line("k", media.key),
    ...media.attributes.map(attributeLine),
  ];
}

function line(type: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${type}=${value}`];
}

function connectionLine({ addressType, address }: SdpConnection): string {
  return `c=IN ${addressType} ${address}`;
}

function bandwidthLine({ type, value }: SdpBandwidth): string {
  return `b=${type}:${value}`;
}

function attributeLine({ name, value }: SdpAttribute): string {
  return value === undefined ? `a=${name}` : `a=${name}:${value}`;
}
