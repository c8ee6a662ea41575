import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { serializeAuthorization } from "../../lib/rtsp/authorization_header.ts";
import { serializeNptTime } from "../../lib/rtsp/npt_time.ts";
import { serializePublic } from "../../lib/rtsp/public_header.ts";
import { serializeRange } from "../../lib/rtsp/range_header.ts";
import { parseScale, serializeScale } from "../../lib/rtsp/scale_header.ts";
import { serializeSession } from "../../lib/rtsp/session_header.ts";
import { parseSmpteTime, smpteSeconds, type SmpteType } from "../../lib/rtsp/smpte_time.ts";
import { serializeTransport } from "../../lib/rtsp/transport_header.ts";
import { parseRtspUrl, serializeRtspUrl, withoutUserInfo } from "../../lib/rtsp/url.ts";
import { serializeUtcTime } from "../../lib/rtsp/utc_time.ts";
import { serializeWwwAuthenticate } from "../../lib/rtsp/www_authenticate_header.ts";

const REFUSED: [name: string, write: () => unknown, message: string][] = [
  ["a session id with ;", () => serializeSession({ id: "a;b" }), 'id "a;b"'],
  ["a timeout of 0", () => serializeSession({ id: "a", timeoutSeconds: 0 }), "timeout 0"],
  ["npt without ends", () => serializeRange({ unit: "npt" }), "a start or an end"],
  ["a negative npt", () => serializeNptTime(-1), "-1 is no number"],
  ["NaN as npt", () => serializeNptTime(NaN), "NaN is no number"],
  ["NaN as UTC time", () => serializeUtcTime(NaN), ""],
  ["the year 10000", () => serializeUtcTime(Date.UTC(10_000, 0)), "four-digit year"],
  ["Scale 0", () => serializeScale(0), "0 is not a number that fits"],
  ["an infinite Scale", () => serializeScale(Infinity), "Infinity"],
  ["methods with spaces", () => serializePublic(["A B"]), "A B is no word"],
  [
    "LF in a Transport",
    () => serializeTransport([{ profile: "RTP/AVP", lower: "UDP", mode: "a\nb" }]),
    "is not allowed",
  ],
  [
    "a colon in Basic's user",
    () => serializeAuthorization({ scheme: "basic", user: "a:b", password: "" }),
    "colon in the user name",
  ],
  [
    "LF in a realm",
    () => serializeWwwAuthenticate({ scheme: "basic", realm: "a\nb" }),
    "is not allowed",
  ],
];
for (const [name, write, message] of REFUSED) {
  Deno.test(`serializers refuse ${name} as our bug`, () => {
    assertThrows(write, RangeError, message);
  });
}

Deno.test("§12.35 parseScale() takes no negative Speed", () => {
  assertEquals(parseScale("Speed", "2.5"), 2.5);
  assertThrows(() => parseScale("Speed", "-1"), SyntaxError, "Cannot parse Speed");
});

Deno.test("withoutUserInfo() leaves the password out of the request line", () => {
  const url = parseRtspUrl("rtsp://user:secret@h:8554/a?b");
  assertEquals(serializeRtspUrl(withoutUserInfo(url)), "rtsp://h:8554/a?b");
});

const CODES: [type: SmpteType, text: string, seconds: number][] = [
  ["smpte", "01:00:00:15", 3600.5],
  ["smpte-25", "00:00:01:05.50", 1.22],
  ["smpte-30-drop", "00:01:00:02", 1800 * 1001 / 30_000], // the frame after 00:00:59:29
  ["smpte-30-drop", "01:00:00:00", 107_892 * 1001 / 30_000], // 108 frame numbers dropped an hour
];
for (const [type, text, seconds] of CODES) {
  Deno.test(`§3.5 smpteSeconds() takes ${type}=${text} for ${seconds} s`, () => {
    assertAlmostEquals(smpteSeconds(type, parseSmpteTime(type, text)), seconds, 1e-9);
  });
}
