import { assert, assertEquals, assertLess, assertMatch, assertNotEquals } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { playByGstreamer } from "./gstreamer_play.ts";
import { interopTest } from "./interop_test_case.ts";
import { PEERS } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import { LOGIN, SAMPLE_SIZE, type SampleMovie, sampleMovie } from "./sample_movie.ts";

/** How long a player may take with a movie of one second: start, TEARDOWN, Python. */
const MOST_MS = 4_000;
/** How long a play with a pause of 0.7 s takes at least. */
const LEAST_WITH_PAUSE_MS = 1_600;
const NEEDS = [PEERS.gstreamer, PEERS.gstPython, PEERS.libjpeg];

for (const transport of ["udp", "tcp"]) {
  const name = `GStreamer over ${transport.toUpperCase()}`;

  /** The indices of the frames that GStreamer shows. */
  const play = async (
    { folder, luma }: SampleMovie,
    url: string,
    steps: readonly string[] = [],
  ) => {
    const last = luma.at(-1) as Uint8Array;
    const options = { transport, folder, steps, last, size: SAMPLE_SIZE };
    const { pictures, tookMs } = await playByGstreamer(url, options);
    return { shown: framesShown(pictures, luma), tookMs };
  };

  /** What becomes of a play that is refused. */
  const refusal = async (url: string): Promise<string> => {
    const args = ["-q", "rtspsrc", `location=${url}`, `protocols=${transport}`, "!", "fakesink"];
    const { code, stderr } = await runProgram("gst-launch-1.0", args, { mayFail: true });
    assertNotEquals(code, 0);
    return stderr;
  };

  interopTest(name, NEEDS, async (t) => {
    await using sample = await sampleMovie();
    await using server = await RunningProgram.server(sample.serverArgs);
    const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;

    await t.step("every frame, then the end", async () => {
      const { shown, tookMs } = await play(sample, url);
      assertEquals(shown, framesFrom(0));
      assertLess(tookMs, MOST_MS);
      await server.says("stderr", /TEARDOWN .*: 200 OK, 60 frames/);
    });
    await t.step("pause and resume", async () => {
      const steps = ["wait:0.3", "pause", "wait:0.7", "play"];
      const { shown, tookMs } = await play(sample, url, steps);
      assertEquals(shown, framesFrom(0));
      assert(tookMs > LEAST_WITH_PAUSE_MS, `the pause did not last: all took ${tookMs} ms`);
      await server.says("stderr", /PAUSE .*: 200 OK, before frame [1-5]\d\b/);
    });
    await t.step("seek", async () => {
      const { shown } = await play(sample, url, ["wait:0.2", "seek:0.5"]);
      assertEquals(shown.slice(shown.indexOf(30)), framesFrom(30));
    });
    await t.step("404 for a movie that is not there", async () => {
      assertMatch(await refusal(url.replace("sample", "missing")), /Not Found/);
    });
  });

  interopTest(`${name}, with a login`, NEEDS, async (t) => {
    await using sample = await sampleMovie();
    for (const algorithm of ["md5", "sha256"]) {
      const args = [...sample.lockedArgs, "--digest", algorithm];
      await using server = await RunningProgram.server(args);
      const place = `127.0.0.1:${server.port}/sample.Mjpeg`;
      const offer = algorithm === "md5" ? "MD5" : "SHA-256 and MD5";
      await t.step(`Digest, ${offer} offered`, async () => {
        const { shown } = await play(sample, `rtsp://${LOGIN.user}:${LOGIN.password}@${place}`);
        assertEquals(shown, framesFrom(0));
      });
      await t.step(`wrong password, ${offer} offered`, async () => {
        assertMatch(await refusal(`rtsp://${LOGIN.user}:wrong@${place}`), /Unauthorized/);
      });
    }
  });
}
