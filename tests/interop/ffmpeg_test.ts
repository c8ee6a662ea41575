import { assertEquals, assertLess, assertMatch, assertNotEquals } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { framesShown } from "./frames_shown.ts";
import { interopTest } from "./interop_test_case.ts";
import { PEERS } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import {
  SAMPLE_FPS,
  SAMPLE_FRAMES,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
  sampleMovie,
} from "./sample_movie.ts";
import { splitLuma } from "./split_luma.ts";
import { framesFrom } from "./frames_from.ts";

const QUIET = ["-hide_banner", "-nostdin", "-v", "error"];
/** How long a player may take beyond the movie itself: start, probing, TEARDOWN. */
const MOST_BEYOND_MS = 3_000;

/** The luma of each picture that ffmpeg shows. */
async function play(transport: string, url: string, before: readonly string[] = []) {
  const input = ["-rtsp_transport", transport, ...before, "-i", url];
  const output = ["-fps_mode", "passthrough", "-f", "rawvideo", "-"];
  const result = await runProgram("ffmpeg", [...QUIET, ...input, ...output]);
  assertEquals(result.stderr, "");
  return { ...result, pictures: splitLuma(result.stdout, SAMPLE_WIDTH, SAMPLE_HEIGHT) };
}

for (const transport of ["udp", "tcp"]) {
  const name = `FFmpeg over ${transport.toUpperCase()}`;

  interopTest(name, [PEERS.ffmpeg, PEERS.libjpeg], async (t) => {
    await using sample = await sampleMovie();
    await using server = await RunningProgram.server(sample.serverArgs);
    const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;

    await t.step("shows every frame, ends with the movie", async () => {
      const { pictures, tookMs } = await play(transport, url);
      assertEquals(framesShown(pictures, sample.luma), framesFrom(0));
      assertLess(tookMs, SAMPLE_FRAMES / SAMPLE_FPS * 1000 + MOST_BEYOND_MS);
      await server.says("stderr", /TEARDOWN .*: 200 OK, 60 frames/);
    });
    await t.step("seeks", async () => {
      const { pictures } = await play(transport, url, ["-ss", "0.5"]);
      assertEquals(framesShown(pictures, sample.luma), framesFrom(30));
    });
    await t.step("describes size, rate and length", async () => {
      const wanted = [
        "-show_entries",
        "stream=codec_name,width,height,avg_frame_rate:format=duration",
      ];
      const args = ["-v", "error", "-rtsp_transport", transport, ...wanted, "-of", "csv=p=0", url];
      const { stdout } = await runProgram("ffprobe", args);
      assertEquals(new TextDecoder().decode(stdout), "mjpeg,384,288,60/1\n1.000000\n");
    });
    await t.step("is told of a movie that is not there", async () => {
      const missing = url.replace("sample", "missing");
      const args = [...QUIET, "-rtsp_transport", transport, "-i", missing, "-f", "null", "-"];
      const { code, stderr } = await runProgram("ffmpeg", args, { mayFail: true });
      assertNotEquals(code, 0);
      assertMatch(stderr, /404 Not Found/);
    });
  });
}
