import { assertEquals } from "@std/assert";
import { formatProbe } from "../../lib/client/format_probe.ts";
import { probeJson } from "../../lib/client/probe_json.ts";
import type { ProbeResult } from "../../lib/client/probe_result.ts";

const RESULT: ProbeResult = {
  url: "rtsp://127.0.0.1:8554/movie.Mjpeg",
  address: "127.0.0.1:8554",
  dialect: "standard",
  server: "Zoetrope/0.1.0",
  connectMs: 0.21,
  steps: [
    { method: "OPTIONS", status: 200, reason: "OK", tookMs: 1.234 },
    { method: "DESCRIBE", status: 200, reason: "OK", tookMs: 2 },
    { method: "SETUP", status: 461, reason: "Unsupported Transport", tookMs: 12.5 },
    { method: "PLAY", status: undefined, reason: "nothing came for 5 s", tookMs: 5000 },
  ],
  methods: ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"],
  tracks: [{
    media: "video",
    encoding: "JPEG/90000",
    payloadType: 26,
    control: "rtsp://127.0.0.1:8554/movie.Mjpeg/trackID=0",
    framesPerSecond: 20,
    size: { width: 384, height: 288 },
    playSeconds: 25,
  }],
  sdp: "v=0\r\ns=movie\x1b[2J\r\nm=video 0 RTP/AVP 26\r\n",
  transport: "RTP/AVP;unicast;client_port=5000-5001",
  firstFrame: { tookMs: 8.04, bytes: 8123, width: 384, height: 288 },
  problem: undefined,
};

Deno.test("formatProbe() tells what was found, how long it took, and the description", () => {
  assertEquals(
    formatProbe(RESULT),
    `\
URL:         rtsp://127.0.0.1:8554/movie.Mjpeg
Address:     127.0.0.1:8554
Server:      Zoetrope/0.1.0
Dialect:     standard
Methods:     OPTIONS, DESCRIBE, SETUP, PLAY
Track 1:     video, JPEG/90000 (payload type 26), 384 x 288, 20 frames a second, 25 s, rtsp://127.0.0.1:8554/movie.Mjpeg/trackID=0
Transport:   RTP/AVP;unicast;client_port=5000-5001
First frame: 384 x 288, 8123 bytes, 8.0 ms after PLAY
Timing:
  connect         0.2 ms
  OPTIONS         1.2 ms  200 OK
  DESCRIBE        2.0 ms  200 OK
  SETUP          12.5 ms  461 Unsupported Transport
  PLAY         5000.0 ms  no answer: nothing came for 5 s
Session description:
  v=0
  s=movie\ufffd[2J
  m=video 0 RTP/AVP 26
`,
  );
});

const NOTHING: ProbeResult = {
  url: "rtsp://127.0.0.1:1/a",
  address: undefined,
  dialect: undefined,
  server: undefined,
  connectMs: undefined,
  steps: [],
  methods: [],
  tracks: [],
  sdp: undefined,
  transport: undefined,
  firstFrame: undefined,
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
