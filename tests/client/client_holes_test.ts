import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { serializeCompound } from "../../lib/rtcp/compound.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { SDP, StandardClientBench } from "./standard_client_bench.ts";

Deno.test("known hole: interleaved channel 255 + 1 is refused, not reported on", () => {
  const bench = StandardClientBench.in("init");
  bench.setUp("RTP/AVP/TCP;unicast;interleaved=255");
  bench.advance(20_000);
  assertEquals(bench.failures.map(({ sentence }) => sentence), [
    "Cannot play a from cam.example:554: SETUP was answered 200 OK, but the server leaves no channel " +
    "for RTCP beside 255",
  ]);
});

for (const control of ["track\u0001", "\u007f", "rtsp://x/\u0002"]) {
  Deno.test(`known hole: a=control:${JSON.stringify(control)} fails in one sentence`, () => {
    const bench = new StandardClientBench();
    bench.command("setup");
    bench.answer("200 OK");
    bench.describe(SDP.replace("track1", control));
    const [failure] = bench.failures;
    assertEquals(failure?.sentence.endsWith("cannot be asked for"), true, failure?.sentence);
    assertEquals(bench.lines.map((line) => line.split(" ")[0]), ["OPTIONS", "DESCRIBE"]);
  });
}

Deno.test("known hole: a Location with a space before its fragment is asked without both", () => {
  const bench = new StandardClientBench();
  bench.command("setup");
  bench.answer("302 Found", ["Location: rtsp://other.example/b #x"]);
  assertEquals(bench.lines.at(-1), "OPTIONS rtsp://other.example/b");
});

/** The SSRC of the last report that the client sent. */
function ownSsrc({ outputs }: StandardClientBench): number {
  const report = outputs.findLast((output) =>
    output.kind === "datagram" && output.channel === "rtcp"
  );
  assert(report?.kind === "datagram");
  return new DataView(report.bytes.buffer, report.bytes.byteOffset).getUint32(4);
}

Deno.test("RFC 3550 §8.2 on a collision with the server's SSRC the client takes a new one", () => {
  const bench = StandardClientBench.in("init");
  bench.setUp();
  const ssrc = ownSsrc(bench);
  bench.datagram(
    "rtcp",
    serializeCompound([
      {
        kind: "sender report",
        ssrc,
        ntpTime: { seconds: 1, fraction: 0 },
        rtpTimestamp: 0,
        packetCount: 0,
        octetCount: 0,
        reports: [],
        extension: new Uint8Array(),
      },
      describeSource(ssrc, "x"),
    ]),
  );
  bench.advance(10_000);
  assertNotEquals(ownSsrc(bench), ssrc);
});
