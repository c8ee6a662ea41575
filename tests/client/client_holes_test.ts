import { assertEquals } from "@std/assert";
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
