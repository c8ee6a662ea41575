import { assertEquals } from "@std/assert";
import { formatProbe } from "../../lib/client/format_probe.ts";
import { probeJson } from "../../lib/client/probe_json.ts";
import type { ProbeResult } from "../../lib/client/probe_result.ts";

const RESULT: ProbeResult = {
  url: "rtsp://127.0.0.1:8554/movie.Mjpeg",
  redirects: [],
  address: "127.0.0.1:8554",
  server: "Zoetrope/0.1.0",
  connectMs: 0.21,
  steps: [
    { method: "OPTIONS", status: 200, reason: "OK", atMs: 0.21, tookMs: 1.234 },
    { method: "DESCRIBE", status: 200, reason: "OK", atMs: 1.5, tookMs: 2 },
    {
      method: "SETUP",
      protocol: "udp",
      status: 461,
      reason: "Unsupported Transport",
      atMs: 3.5,
      tookMs: 12.5,
    },
    {
      method: "TEARDOWN",
      protocol: "tcp",
      status: undefined,
      reason: "none came within 1 s",
      atMs: 20,
      tookMs: 1000,
    },
  ],
  methods: ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"],
  tracks: [{
    media: "video",
    encoding: "JPEG/90000",
    payloadType: 26,
    control: "rtsp://127.0.0.1:8554/movie.Mjpeg/trackID=0",
    framesPerSecond: 20,
    size: { width: 384, height: 288 },
    startSeconds: 0,
    endSeconds: 25,
  }],
  sdp: "v=0\r\ns=movie\x1b[2J\r\nm=video 0 RTP/AVP 26\r\n",
  transports: [
    { protocol: "udp", accepted: false, answer: "461 Unsupported Transport" },
    { protocol: "tcp", accepted: true, answer: "RTP/AVP/TCP;unicast;interleaved=0-1" },
  ],
  problem: undefined,
};

Deno.test("formatProbe() tells what was found, how long it took, and the description", () => {
  assertEquals(
    formatProbe(RESULT),
    `\
URL:         rtsp://127.0.0.1:8554/movie.Mjpeg
Address:     127.0.0.1:8554
Server:      Zoetrope/0.1.0
Methods:     OPTIONS, DESCRIBE, SETUP, PLAY
Track 1:     video, JPEG/90000 (payload type 26), 384 x 288, 20 frames a second, 0 to 25 s, rtsp://127.0.0.1:8554/movie.Mjpeg/trackID=0
UDP:         refused: 461 Unsupported Transport
TCP:         accepted: RTP/AVP/TCP;unicast;interleaved=0-1
Timing (begun, taken):
  connect                 0.0 ms      0.2 ms
  OPTIONS                 0.2 ms      1.2 ms  200 OK
  DESCRIBE                1.5 ms      2.0 ms  200 OK
  SETUP UDP               3.5 ms     12.5 ms  461 Unsupported Transport
  TEARDOWN TCP           20.0 ms   1000.0 ms  no answer: none came within 1 s
Session description:
  v=0
  s=movie\ufffd[2J
  m=video 0 RTP/AVP 26
`,
  );
});

const NOTHING: ProbeResult = {
  url: "rtsp://127.0.0.1:1/a",
  redirects: [],
  address: undefined,
  server: undefined,
  connectMs: undefined,
  steps: [],
  methods: [],
  tracks: [],
  sdp: undefined,
  transports: [],
  problem: "Cannot connect to 127.0.0.1:1: nothing listens there",
};

Deno.test("formatProbe() leaves out what was not found out", () => {
  assertEquals(
    formatProbe(NOTHING),
    "URL:         rtsp://127.0.0.1:1/a\n" +
      "Problem:     Cannot connect to 127.0.0.1:1: nothing listens there\n",
  );
});

Deno.test("probeJson() has every field, null where nothing was found out", () => {
  assertEquals(JSON.parse(probeJson(RESULT, "Zoetrope/test")), {
    version: 1,
    product: "Zoetrope/test",
    ...RESULT,
    steps: RESULT.steps.map((step) => ({ ...step, status: step.status ?? null })),
    problem: null,
  });
  const fields = Object.keys(JSON.parse(probeJson(NOTHING, "Zoetrope/test")));
  assertEquals(fields, ["version", "product", ...Object.keys(NOTHING)]);
});
