import { assertEquals } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { decodeLuma } from "./decode_luma.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { interopTest } from "./interop_test_case.ts";
import { PEERS } from "./peers.ts";
import { sampleMovie } from "./sample_movie.ts";
import { playByVlc } from "./vlc_play.ts";

interopTest("VLC over UDP", [PEERS.vlc, PEERS.libjpeg], async (t) => {
  await using sample = await sampleMovie();
  await using server = await RunningProgram.server(sample.serverArgs);

  await t.step("every frame but the last, then the end", async () => {
    const jpegs = await playByVlc(server.port, "sample.Mjpeg");
    assertEquals(framesShown(await decodeLuma(jpegs), sample.luma), framesFrom(0).slice(0, -1));
  });
});
