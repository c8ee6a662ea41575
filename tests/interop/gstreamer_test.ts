import { assert, assertEquals, assertLess, assertMatch, assertNotEquals } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { interopTest } from "./interop_test_case.ts";
import { PEERS, PYTHON } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import {
  SAMPLE_FPS,
  SAMPLE_FRAMES,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
  sampleMovie,
} from "./sample_movie.ts";
import { splitLuma } from "./split_luma.ts";

const PLAYER = new URL("gst_player.py", import.meta.url).pathname;
/** How long a player may take beyond the movie itself: start, TEARDOWN, Python. */
const MOST_BEYOND_MS = 3_000;

for (const transport of ["udp", "tcp"]) {
  const name = `GStreamer over ${transport.toUpperCase()}`;

  interopTest(name, [PEERS.gstreamer, PEERS.gstPython, PEERS.libjpeg], async (t) => {
    await using sample = await sampleMovie();
    await using server = await RunningProgram.server(sample.serverArgs);
    const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;
    const raw = sample.folder.file("pictures.yuv");
    const play = async (steps: readonly string[]) => {
      const { tookMs } = await runProgram(PYTHON, [PLAYER, url, transport, raw, ...steps]);
      const pictures = splitLuma(await Deno.readFile(raw), SAMPLE_WIDTH, SAMPLE_HEIGHT);
      return { shown: framesShown(pictures, sample.luma), tookMs };
    };

    await t.step("shows every frame, ends with the movie", async () => {
      const { shown, tookMs } = await play([]);
      assertEquals(shown, framesFrom(0));
      assertLess(tookMs, SAMPLE_FRAMES / SAMPLE_FPS * 1000 + MOST_BEYOND_MS);
      await server.says("stderr", /TEARDOWN .*: 200 OK, 60 frames/);
    });
    await t.step("pauses and resumes", async () => {
      const { shown, tookMs } = await play(["wait:0.3", "pause", "wait:0.7", "play"]);
      assertEquals(shown, framesFrom(0));
      assert(tookMs > 1_600, `the pause did not last: all took ${tookMs} ms`);
      await server.says("stderr", /PAUSE .*: 200 OK, before frame (1[0-9]|2[0-9]|3[0-9])\b/);
    });
    await t.step("seeks", async () => {
      const { shown } = await play(["wait:0.2", "seek:0.5"]);
      assertEquals(shown.slice(shown.indexOf(30)), framesFrom(30));
    });
    await t.step("is told of a movie that is not there", async () => {
      const missing = url.replace("sample", "missing");
      const args = ["-q", "rtspsrc", `location=${missing}`, "!", "fakesink"];
      const { code, stderr } = await runProgram("gst-launch-1.0", args, { mayFail: true });
      assertNotEquals(code, 0);
      assertMatch(stderr, /Not Found/);
    });
  });
}
