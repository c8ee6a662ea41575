import { assertEquals } from "@std/assert";
import { ROOT, RunningProgram } from "../support/programs.ts";
import { decodeLuma } from "./decode_luma.ts";
import { playByFfmpeg } from "./ffmpeg_play.ts";
import { framesShown } from "./frames_shown.ts";
import { playByGstreamer } from "./gstreamer_play.ts";
import { interopTest } from "./interop_test_case.ts";
import { labFrames } from "./lab_frames.ts";
import { MediaFolder } from "./media_folder.ts";
import { PEERS, type PeerSpec } from "./peers.ts";
import { playByVlc } from "./vlc_play.ts";

/** The movie of the exercise, beside the repository: 4:4:4 in lab framing. */
const MOVIE = new URL("../shared/media/movie.Mjpeg", ROOT);
const SIZE = { width: 384, height: 288 };
/** Quicker than its own 20 frames a second; all 500 frames are played. */
const FPS = "60";

const MISSING = await exists(MOVIE) ? undefined : "../shared/media/movie.Mjpeg is not here";

let decoded: Promise<Uint8Array[]> | undefined;

/** The luma of the movie's frames, decoded once for all tests. */
function luma(frames: readonly Uint8Array[]): Promise<Uint8Array[]> {
  return decoded ??= decodeLuma(frames);
}

async function exists(file: URL): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Has the movie played, and compares what came with what the file holds. */
function exerciseTest(
  name: string,
  peers: readonly PeerSpec[],
  play: (port: number, folder: MediaFolder, last: Uint8Array) => Promise<readonly Uint8Array[]>,
  lastKeptBack = 0,
): void {
  const test = async (t: Deno.TestContext) => {
    const frames = await labFrames(Infinity, MOVIE);
    await using folder = await MediaFolder.with({ "movie.Mjpeg": frames });
    await using server = await RunningProgram.server(["--media", folder.media, "--fps", FPS]);
    await t.step("the exercise's movie", async () => {
      const wanted = await luma(frames);
      const last = wanted.at(-1) as Uint8Array;
      const shown = framesShown(await play(server.port, folder, last), wanted);
      assertEquals(shown, [...frames.keys()].slice(0, frames.length - lastKeptBack));
    });
  };
  interopTest(name, [...peers, PEERS.libjpeg], test, MISSING);
}

exerciseTest("FFmpeg over UDP", [PEERS.ffmpeg], async (port) => {
  const url = `rtsp://127.0.0.1:${port}/movie.Mjpeg`;
  return (await playByFfmpeg(url, SIZE, ["-rtsp_transport", "udp"])).pictures;
});

exerciseTest(
  "GStreamer over UDP",
  [PEERS.gstreamer, PEERS.gstPython],
  async (port, folder, last) => {
    const url = `rtsp://127.0.0.1:${port}/movie.Mjpeg`;
    return (await playByGstreamer(url, { transport: "udp", size: SIZE, folder, last })).pictures;
  },
);

exerciseTest(
  "VLC over UDP",
  [PEERS.vlc],
  async (port) => await decodeLuma(await playByVlc(port, "movie.Mjpeg")),
  1,
);
