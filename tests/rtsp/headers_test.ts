import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseAuthorization, serializeAuthorization } from "../../lib/rtsp/authorization_header.ts";
import { parsePublic, serializePublic } from "../../lib/rtsp/public_header.ts";
import { parseRange, serializeRange } from "../../lib/rtsp/range_header.ts";
import { parseRtpInfo, serializeRtpInfo } from "../../lib/rtsp/rtp_info_header.ts";
import { RtspSyntaxError } from "../../lib/rtsp/rtsp_syntax_error.ts";
import { parseScale, serializeScale } from "../../lib/rtsp/scale_header.ts";
import { parseSession, serializeSession } from "../../lib/rtsp/session_header.ts";
import { parseTransport, serializeTransport } from "../../lib/rtsp/transport_header.ts";
import { parseRtspUrl, serializeRtspUrl } from "../../lib/rtsp/url.ts";
import { pathSegments } from "../../lib/rtsp/path_segments.ts";
import {
  parseWwwAuthenticate,
  serializeWwwAuthenticate,
} from "../../lib/rtsp/www_authenticate_header.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf } from "../support/text.ts";

/** Sloppy in, the value, canonical out (the same where none is given). */
type Good = [name: string, text: string, value: unknown, canonical?: string];
type Bad = [name: string, text: string, message: string];

interface Header {
  readonly name: string;
  readonly parse: (text: string) => unknown;
  /** Parses and writes again. */
  readonly again: (text: string) => string | undefined;
  readonly good: readonly Good[];
  readonly bad: readonly Bad[];
}

const UDP = { profile: "RTP/AVP", lower: "UDP" };
const TCP = { profile: "RTP/AVP", lower: "TCP" };

const HEADERS: readonly Header[] = [
  {
    name: "§12.39 Transport",
    parse: parseTransport,
    again: (text) => serializeTransport(parseTransport(text)),
    good: [
      [
        "RFC 2326's list in order of preference",
        'RTP/AVP;multicast;ttl=127;mode="PLAY",RTP/AVP;unicast;client_port=3456-3457;mode="PLAY"',
        [
          { ...UDP, cast: "multicast", ttl: 127, mode: "PLAY" },
          { ...UDP, cast: "unicast", clientPort: [3456, 3457], mode: "PLAY" },
        ],
      ],
      [
        "an answer with all",
        "RTP/AVP/UDP;unicast;destination=192.0.2.1;source=::1;client_port=2-3;server_port=4-5;ssrc=0000abcd",
        [{
          ...UDP,
          cast: "unicast",
          destination: "192.0.2.1",
          source: "::1",
          clientPort: [2, 3],
          serverPort: [4, 5],
          ssrc: 0xabcd,
        }],
        "RTP/AVP;unicast;destination=192.0.2.1;source=::1;client_port=2-3;server_port=4-5;" +
        "ssrc=0000ABCD",
      ],
      [
        "interleaved, sloppy",
        " rtp/avp/tcp ; Unicast ; Interleaved = 254 - 255 ;; append",
        [{ ...TCP, cast: "unicast", interleaved: [254, 255], append: true }],
        "RTP/AVP/TCP;unicast;interleaved=254-255;append",
      ],
      [
        "one port",
        "RTP/SAVP;multicast;port=3456;layers=2",
        [{ profile: "RTP/SAVP", lower: "UDP", cast: "multicast", port: [3456, 3456], layers: 2 }],
        "RTP/SAVP;multicast;layers=2;port=3456",
      ],
      [
        "unknown parameters",
        'RTP/AVP;constructor=1;x-a="b;c,d";flag',
        [{ ...UDP, unknown: [["constructor", "1"], ["x-a", '"b;c,d"'], ["flag", undefined]] }],
      ],
      ["other protocols, left out", "RAW/RAW/UDP;unicast,RTP/AVP/DCCP,MP2T/H2221/UDP", [], ""],
    ],
    bad: [
      ["port 0 in SETUP", "RTP/AVP;client_port=0-1", 'client_port "0" is not 1 to 65535'],
      ["port 65536", "RTP/AVP;client_port=65535-65536", '"65536" is not 1 to 65535'],
      ["a reversed range", "RTP/AVP;client_port=5-4", 'client_port "5-4" is reversed'],
      ["interleaved channel 255 + 1", "RTP/AVP/TCP;interleaved=255-256", '"256" is not 0 to 255'],
      ["a negative channel", "RTP/AVP/TCP;interleaved=-1", 'interleaved "" is not 0 to 255'],
      ["a long ssrc", "RTP/AVP;ssrc=123456789", "ssrc"],
      ["nothing", " , ", "it is empty"],
      ["too many", "RTP/AVP,".repeat(33), "33 transports are more than 32"],
    ],
  },
  {
    name: "§3.4, §12.37 Session",
    parse: parseSession,
    again: (text) => serializeSession(parseSession(text)),
    good: [
      ["an id", "12345678", { id: "12345678" }],
      [
        "a timeout",
        "aB$-_.+1 ; Timeout = 60",
        { id: "aB$-_.+1", timeoutSeconds: 60 },
        "aB$-_.+1;timeout=60",
      ],
      ["a timeout that is none", "1;timeout=x", { id: "1" }, "1"],
      ["constructor", "constructor", { id: "constructor" }],
    ],
    bad: [
      ["nothing", "", 'id "" is not allowed'],
      ["a space", "a b", 'id "a b"'],
      ["a very long id", "a".repeat(257), "is not allowed"],
    ],
  },
  {
    name: "§3.5–3.7, §12.29 Range",
    parse: parseRange,
    again: (text) => {
      const range = parseRange(text);
      return range === undefined ? undefined : serializeRange(range);
    },
    good: [
      ["npt with h:m:s", "npt=123.45-125", { unit: "npt", start: 123.45, end: 125 }],
      ["npt from 12:05:35.3", "npt=12:05:35.3-", { unit: "npt", start: 43535.3 }, "npt=43535.3-"],
      ["npt=now-", "npt=now-", { unit: "npt", start: "now" }],
      ["npt with open start", "NPT = -20", { unit: "npt", end: 20 }, "npt=-20"],
      ["npt=0-", "npt=0-", { unit: "npt", start: 0 }],
      ["reverse play's npt", "npt=20-10", { unit: "npt", start: 20, end: 10 }],
      ["m:s", "npt=1:05-", { unit: "npt", start: 65 }, "npt=65-"],
      [
        "smpte",
        "smpte=10:12:33:20-",
        {
          unit: "smpte",
          type: "smpte",
          start: { hours: 10, minutes: 12, seconds: 33, frames: 20, subframes: 0 },
        },
      ],
      [
        "smpte-25 with subframes",
        "smpte-25=10:07:00-10:07:33:05.01",
        {
          unit: "smpte",
          type: "smpte-25",
          start: { hours: 10, minutes: 7, seconds: 0, frames: 0, subframes: 0 },
          end: { hours: 10, minutes: 7, seconds: 33, frames: 5, subframes: 1 },
        },
      ],
      [
        "smpte-30-drop at a tenth minute",
        "smpte-30-drop=0:10:00:00-",
        {
          unit: "smpte",
          type: "smpte-30-drop",
          start: { hours: 0, minutes: 10, seconds: 0, frames: 0, subframes: 0 },
        },
        "smpte-30-drop=00:10:00-",
      ],
      [
        "clock with time=",
        "clock=19961108T142300Z-19961108T143520.5Z;time=19970123T143720Z",
        {
          unit: "clock",
          startMs: Date.UTC(1996, 10, 8, 14, 23),
          endMs: Date.UTC(1996, 10, 8, 14, 35, 20, 500),
          atMs: Date.UTC(1997, 0, 23, 14, 37, 20),
        },
      ],
      ["an unknown unit, ignored", "bytes=0-1", undefined],
    ],
    bad: [
      ["no unit", "0-1", '"0-1" has no unit'],
      ["npt without ends", "npt=-", "npt needs a start or an end"],
      ["letters", "npt=abc-", 'npt time "abc" is no time'],
      ["two dashes", "npt=1-2-3", "more than one dash"],
      ["61 minutes", "npt=0:61:00-", "is no time"],
      ["frame 25 of 25", "smpte-25=0:00:00:25-", "is no smpte-25 time code"],
      ["a dropped frame", "smpte-30-drop=0:01:00:01-", "is no smpte-30-drop time code"],
      ["30 February", "clock=20260230T000000Z-", "is no UTC time"],
      ["infinity", "npt=Infinity-", "is no time"],
    ],
  },
  {
    name: "§12.33 RTP-Info",
    parse: parseRtpInfo,
    again: (text) => serializeRtpInfo(parseRtpInfo(text)),
    good: [
      [
        "RFC 2326's two streams",
        "url=rtsp://foo.com/bar.avi/streamid=0;seq=45102,url=rtsp://foo.com/bar.avi/streamid=1;seq=30211",
        [
          { url: "rtsp://foo.com/bar.avi/streamid=0", sequence: 45102 },
          { url: "rtsp://foo.com/bar.avi/streamid=1", sequence: 30211 },
        ],
      ],
      [
        "a comma and semicolon in the URL, numbers out of range",
        ' url="rtsp://h/a;b,c" ; seq=65536 ; rtptime=4294967295',
        [{ url: "rtsp://h/a;b,c", rtpTime: 4294967295 }],
        'url="rtsp://h/a;b,c";rtptime=4294967295',
      ],
      ["a relative URL", "url=track1;rtptime=-1", [{ url: "track1" }], "url=track1"],
    ],
    bad: [["no URL", "seq=1", "has no URL"], ["an empty URL", "url=;seq=1", "has no URL"]],
  },
  {
    name: "§12.34 Scale",
    parse: (text) => parseScale("Scale", text),
    again: (text) => serializeScale(parseScale("Scale", text)),
    good: [
      ["reverse", "-3.5", -3.5],
      ["a plus and zeros", "+2.50", 2.5, "2.5"],
      ["a point first", ".25", 0.25, "0.25"],
    ],
    bad: [
      ["0", "0.0", '"0.0" is not a number other than 0'],
      ["an exponent", "1e3", '"1e3"'],
      ["nothing", "", '""'],
    ],
  },
  {
    name: "§12.28 Public and §12.4 Allow",
    parse: parsePublic,
    again: (text) => serializePublic(parsePublic(text)),
    good: [
      [
        "commas with and without spaces",
        "DESCRIBE, SETUP,TEARDOWN ,,PLAY",
        ["DESCRIBE", "SETUP", "TEARDOWN", "PLAY"],
        "DESCRIBE, SETUP, TEARDOWN, PLAY",
      ],
      ["missing commas", "PLAY PAUSE", ["PLAY", "PAUSE"], "PLAY, PAUSE"],
      ["nothing", "", []],
    ],
    bad: [],
  },
  {
    name: "§12.44 WWW-Authenticate",
    parse: (text) => parseWwwAuthenticate([text]),
    again: (text) => parseWwwAuthenticate([text]).map(serializeWwwAuthenticate).join(", "),
    good: [
      [
        "RFC 7616 §3.9.1's two in one header",
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7y", ' +
        'opaque="FQ", Digest realm="a, \\"b\\"", algorithm=MD5, nonce="n", stale=TRUE, Basic realm="c"',
        [
          {
            scheme: "digest",
            realm: "http-auth@example.org",
            nonce: "7y",
            hash: "SHA-256",
            algorithmNamed: true,
            qopAuth: true,
            opaque: "FQ",
          },
          {
            scheme: "digest",
            realm: 'a, "b"',
            nonce: "n",
            hash: "MD5",
            algorithmNamed: true,
            stale: true,
          },
          { scheme: "basic", realm: "c" },
        ],
        'Digest realm="http-auth@example.org", nonce="7y", opaque="FQ", algorithm=SHA-256, ' +
        'qop="auth", Digest realm="a, \\"b\\"", nonce="n", stale=true, algorithm=MD5, Basic realm="c"',
      ],
      [
        "schemes, hashes and qop that we do not know, left out",
        'Negotiate, Bearer realm="x", Digest realm="r", nonce="n", algorithm=SHA-512-256, ' +
        'Digest realm="r", nonce="n", qop="auth-int", digest realm=r,nonce=n,algorithm="md5-SESS"',
        [{
          scheme: "digest",
          realm: "r",
          nonce: "n",
          hash: "MD5",
          sessionAlgorithm: true,
          algorithmNamed: true,
        }],
        'Digest realm="r", nonce="n", algorithm=MD5-sess',
      ],
    ],
    bad: [
      ["no scheme", 'realm="x"', "starts with no scheme"],
      ["a parameter twice", 'Digest realm="a", Realm="b"', 'parameter "Realm" stands twice'],
    ],
  },
  {
    name: "§12.5 Authorization",
    parse: parseAuthorization,
    again: (text) => {
      const credentials = parseAuthorization(text);
      return credentials === undefined ? undefined : serializeAuthorization(credentials);
    },
    good: [
      [
        "RFC 7616 §3.9.1's Digest",
        'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", ' +
        'algorithm=MD5, nonce="7y", nc=00000001, cnonce="f2", qop=auth, ' +
        'response="8ca523f5e9506fed4657c9700eebdbec", opaque="FQ"',
        {
          scheme: "digest",
          user: "Mufasa",
          realm: "http-auth@example.org",
          nonce: "7y",
          uri: "/dir/index.html",
          response: "8ca523f5e9506fed4657c9700eebdbec",
          hash: "MD5",
          algorithmNamed: true,
          opaque: "FQ",
          qop: { name: "auth", nonceCount: 1, clientNonce: "f2" },
        },
        'Digest username="Mufasa", realm="http-auth@example.org", nonce="7y", ' +
        'uri="/dir/index.html", response="8ca523f5e9506fed4657c9700eebdbec", algorithm=MD5, ' +
        'opaque="FQ", qop=auth, nc=00000001, cnonce="f2"',
      ],
      [
        "RFC 2069's form",
        `Digest username="a\\"b", realm="", nonce="n", uri="*", response="${"0".repeat(32)}"`,
        {
          scheme: "digest",
          user: 'a"b',
          realm: "",
          nonce: "n",
          uri: "*",
          response: "0".repeat(32),
          hash: "MD5",
        },
      ],
      [
        "RFC 7617's Basic",
        "basic dGVzdDoxMjPCow==",
        { scheme: "basic", user: "test", password: "123£" },
        "Basic dGVzdDoxMjPCow==",
      ],
      ["an unknown scheme", "Bearer abc", undefined],
      ["an unknown hash", 'Digest algorithm="x"', undefined],
    ],
    bad: [
      ["nothing", "", "0 schemes, 1 is wanted"],
      ["two schemes", "Basic YTpi, Basic YTpi", "2 schemes, 1 is wanted"],
      ["broken base64", "Basic %%%", "not followed by base64"],
      ["Basic without colon", "Basic YQ==", "no colon"],
      [
        "Digest without nonce",
        `Digest username=a, realm=b, response="${"0".repeat(32)}"`,
        "without nonce",
      ],
      ["a response that is no hash", 'Digest response="x"', "response is no hash"],
    ],
  },
  {
    name: "§3.2 URL",
    parse: parseRtspUrl,
    again: (text) => serializeRtspUrl(parseRtspUrl(text)),
    good: [
      [
        "all parts",
        "RTSP://us%40er:p:w@Host.example:8554/a%20b/../c?x=1?#end",
        {
          scheme: "rtsp",
          user: "us%40er",
          password: "p:w",
          host: "host.example",
          port: 8554,
          path: "/a%20b/../c",
          query: "x=1?",
        },
        "rtsp://us%40er:p:w@host.example:8554/a%20b/../c?x=1?",
      ],
      [
        "an IPv6 literal with zone",
        "rtsps://[FE80::1%25eth0]",
        { scheme: "rtsps", host: "fe80::1%25eth0", port: 322, path: "" },
        "rtsps://[fe80::1%25eth0]",
      ],
      [
        "the default port",
        "rtsp://1.2.3.4:554/",
        { scheme: "rtsp", host: "1.2.3.4", port: 554, path: "/" },
        "rtsp://1.2.3.4/",
      ],
    ],
    bad: [
      ["another scheme", "http://h/", 'is not "rtsp://'],
      ["no host", "rtsp:///a", "has no host"],
      ["port 0", "rtsp://h:0/", "has the port 0"],
      ["port 65536", "rtsp://h:65536/", "has the port 65536"],
      ["an open bracket", "rtsp://[::1/", 'is not "rtsp://'],
      ["a name in brackets", "rtsp://[host]/", "has no IPv6 address"],
      ["NUL in the host", "rtsp://a\0b/", "has no host"],
    ],
  },
  {
    name: "path",
    parse: pathSegments,
    again: (text) => pathSegments(text).map(encodeURIComponent).join("/"),
    good: [
      [
        "segments, percent-decoded once",
        "/a%20b//%C3%A4%2541/",
        ["a b", "ä%41"],
        "a%20b/%C3%A4%2541",
      ],
      [
        "names of three dots and prototypes",
        "/.../__proto__",
        ["...", "__proto__"],
        ".../__proto__",
      ],
      ["nothing", "/", [], ""],
    ],
    bad: [
      ["..", "/a/../b", '".." is not allowed'],
      ["%2e%2e", "/%2E%2e/b", '".." is not allowed'],
      ["%2f", "/a%2fb", '"a/b" is not allowed'],
      ["%5c", "/a%5Cb", "is not allowed"],
      ["%00", "/a%00.mjpeg", "is not allowed"],
      ["a bare %", "/100%", "needs two digits"],
      ["broken UTF-8", "/%c3%28", "is not UTF-8"],
    ],
  },
];

for (const { name, parse, again, good, bad } of HEADERS) {
  for (const [what, text, value, canonical = text] of good) {
    Deno.test(`${name}: reads and writes ${what}`, () => {
      assertEquals(parse(text), value);
      if (value === undefined) return;
      assertEquals(again(text), canonical);
      if (canonical !== "") assertEquals(parse(canonical), value);
    });
  }
  for (const [what, text, message] of bad) {
    Deno.test(`${name}: refuses ${what}`, () => {
      assertThrows(() => parse(text), RtspSyntaxError, message);
    });
  }
  Deno.test(`${name}: survives 20,000 damages, and what is read can be written`, () => {
    const random = new SeededRandom(4);
    const decoder = new TextDecoder();
    let read = 0;
    for (let run = 0; run < 20_000; run++) {
      const bytes = damaged(bytesOf(good[run % good.length]?.[1] ?? ""), random);
      // deno-lint-ignore no-control-regex
      const text = decoder.decode(bytes).replace(/[\0-\x1f\x7f]/g, "").trim(); // as from a head
      try {
        const canonical = again(text);
        read++;
        if (canonical !== undefined && canonical !== "") assertEquals(again(canonical), canonical);
      } catch (error) {
        if (!(error instanceof RtspSyntaxError)) throw error;
      }
    }
    assert(read > 1000, `only ${read} were read`);
  });
}
