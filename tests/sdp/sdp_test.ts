import { assert, assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { attributeValue, attributeValues } from "../../lib/sdp/attributes.ts";
import { parseSdp } from "../../lib/sdp/parse_sdp.ts";
import { serializeSdp } from "../../lib/sdp/serialize_sdp.ts";
import type { SessionDescription } from "../../lib/sdp/session_description.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

const RFC_8866 = `v=0
o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
s=Call to John Smith
i=SDP Offer #1
u=http://www.jdoe.example.com/home.html
e=Jane Doe <jane@jdoe.example.com>
p=+1 617 555-6011
c=IN IP4 198.51.100.1
t=0 0
m=audio 49170 RTP/AVP 0
m=audio 49180 RTP/AVP 0
m=video 51372 RTP/AVP 99
c=IN IP6 2001:db8::2
a=rtpmap:99 h263-1998/90000
`;

const OURS = `v=0
o=- 1767225600 2 IN IP6 ::1
s=movie.mjpeg
c=IN IP6 ::
b=AS:1500
t=0 0
a=control:*
a=range:npt=0-20
a=etag:"1a2b"
m=video 0 RTP/AVP 26
b=AS:1500
a=rtpmap:26 JPEG/90000
a=control:track1
a=framerate:25
a=x-dimensions:384,288
a=framesize:26 384-288
a=recvonly
a=constructor:kept
`;

const FULL = `v=0
o=- 18446744073709551615 1 IN IP4 h
s=-
e=a
e=b
b=CT:1
b=X-YZ:2
t=2873397496 2873404696
r=7d 1h 0 25h
t=1 2
r=1 2 3
z=2882844526 -1h
k=prompt
a=flag
m=video 49170/2 RTP/AVP 31 26
i=title
c=IN IP4 233.252.0.1/127
c=IN IP4 233.252.0.2/127
k=clear:x
`;

const GOOD: [name: string, text: string, canonical?: string][] = [
  ["RFC 8866 §5's example", RFC_8866],
  ["our own", OURS],
  ["all letters", FULL],
  [
    "mixed order, no name, unknown letters, empty lines and NUL at the end",
    "v=0 \n\ns= \na=x:1 \nt=0  0\nX=?\no=a  1 2 IN IP4 h\nb=AS: 5\n\nm=video  0 RTP/AVP  26 \n\0\0",
    "v=0\no=a 1 2 IN IP4 h\ns=-\nb=AS:5\nt=0 0\na=x:1\nm=video 0 RTP/AVP 26\n",
  ],
];

for (const [name, text, canonical = text] of GOOD) {
  Deno.test(`RFC 8866: parseSdp() and serializeSdp() read and write ${name}`, () => {
    const crlf = canonical.replaceAll("\n", "\r\n");
    const description = parseSdp(bytesOf(text));
    assertEquals(textOf(serializeSdp(description)), crlf);
    assertEquals(parseSdp(bytesOf(crlf)), description);
  });
}

Deno.test("App. C: parseSdp() gives what a player needs", () => {
  const { origin, attributes, connection, media } = parseSdp(bytesOf(OURS));
  assertEquals(origin, {
    username: "-",
    sessionId: "1767225600",
    sessionVersion: "2",
    addressType: "IP6",
    address: "::1",
  });
  assertEquals(connection, { addressType: "IP6", address: "::" });
  assertEquals(attributeValue(attributes, "control"), "*");
  const [video] = media;
  assert(video !== undefined);
  assertEquals([video.media, video.port, video.protocol, video.formats], [
    "video",
    0,
    "RTP/AVP",
    ["26"],
  ]);
  assertEquals(video.bandwidths, [{ type: "AS", value: 1500 }]);
  assertEquals(attributeValues(video.attributes, "rtpmap"), ["26 JPEG/90000"]);
  assertEquals(attributeValue(video.attributes, "recvonly"), "");
  assertEquals(attributeValue(video.attributes, "toString"), undefined);
  assertEquals(video.attributes.at(-1), { name: "constructor", value: "kept" });
});

const START = "v=0\no=- 1 1 IN IP4 h\ns=x\n";
const BAD: [name: string, text: string, message: string][] = [
  ["nothing", " \n", "Cannot parse SDP: it is empty"],
  ["no v=", "o=- 1 1 IN IP4 h\n", 'line 1 is "o=- 1 1 IN IP4 h", "v=0" is wanted first'],
  ["v=1", "v=1\n", '"v=0" is wanted first'],
  ["no o=", "v=0\ns=x\nt=0 0\n", 'there is no "o=" line'],
  ["no s=", "v=0\no=- 1 1 IN IP4 h\nt=0 0\n", 'there is no "s=" line'],
  ["no t=", START, 'there is no "t=" line'],
  ["a line without =", `${START}hello\n`, 'line 4 "hello" is not "<letter>=<value>"'],
  ["a broken o=", "v=0\no=- x 1 IN IP4 h\ns=x\nt=0 0\n", '"o=<user> <id> <version>'],
  ["a broken t=", `${START}t=now\n`, '"t=<start> <stop>" is wanted'],
  ["a broken c=", `${START}t=0 0\nc=IN IP5 h\n`, '"c=IN IP4|IP6 <address>" is wanted'],
  ["a broken b=", `${START}t=0 0\nb=AS\n`, '"b=<type>:<number>" is wanted'],
  ["a port over 65535", `${START}t=0 0\nm=video 65536 RTP/AVP 26\n`, '"m=<media> <port>'],
  ["m= without formats", `${START}t=0 0\nm=video 0 RTP/AVP\n`, '"m=<media> <port>'],
  ["an attribute without name", `${START}t=0 0\na=:x\n`, "a name is wanted"],
  ["NUL inside", `${START}t=0 0\na=x:\0y\n`, "holds NUL or CR"],
  ["thousands of lines", `${START}${"a=x\n".repeat(5000)}`, "are more than 4096"],
];
for (const [name, text, message] of BAD) {
  Deno.test(`RFC 8866: parseSdp() refuses ${name}`, () => {
    assertThrows(() => parseSdp(bytesOf(text)), WireError, message);
  });
}

Deno.test("serializeSdp() refuses what it cannot write", () => {
  const good: SessionDescription = parseSdp(bytesOf(OURS));
  assertThrows(() => serializeSdp({ ...good, name: "a\r\nb" }), RangeError, "line end");
  assertThrows(() => serializeSdp({ ...good, times: [] }), RangeError, "needs a time");
  const media = good.media.map((section) => ({ ...section, formats: [] }));
  assertThrows(() => serializeSdp({ ...good, media }), RangeError, "needs a format");
});

Deno.test("parseSdp() survives 20,000 damages, and what it reads can be written", () => {
  const random = new SeededRandom(5);
  let read = 0;
  for (let run = 0; run < 20_000; run++) {
    let description: SessionDescription;
    try {
      description = parseSdp(damaged(bytesOf(GOOD[run % GOOD.length]?.[1] ?? OURS), random));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      continue;
    }
    read++;
    assertEquals(parseSdp(serializeSdp(description)), description);
  }
  assert(read > 1000, `only ${read} were read`);
});
