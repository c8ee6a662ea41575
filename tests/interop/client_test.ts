import { assertEquals, assertGreaterOrEqual, assertMatch, assertNotEquals } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { runBatch } from "../jpeg/libjpeg_peer.ts";
import { runClient } from "../support/programs.ts";
import { decodeLuma } from "./decode_luma.ts";
import { FfmpegRtpServer } from "./ffmpeg_rtp_server.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { GstRtspServer } from "./gst_rtsp_server.ts";
import { interopTest } from "./interop_test_case.ts";
import { labFrames } from "./lab_frames.ts";
import { MediaFolder } from "./media_folder.ts";
import { PEERS } from "./peers.ts";
import { SAMPLE_FRAMES } from "./sample_movie.ts";

const FPS = 60;
/** A ball that is elsewhere in each frame, the same in each run. */
const pipeline = (frames: number) =>
  `videotestsrc num-buffers=${frames} pattern=ball animation-mode=frames ! ` +
  `video/x-raw,format=I420,width=320,height=240,framerate=${FPS}/1 ! jpegenc`;
const PIPELINE = pipeline(SAMPLE_FRAMES);
/** gst-rtsp-server may drop what it was about to send when it pauses (docs/interop.md). */
const MOST_DROPPED_AT_PAUSE = 2;
const LOGIN = "ann:s3cret";

/** The frames that the client writes while it plays, in their order. */
async function play(
  folder: MediaFolder,
  url: string,
  options: readonly string[],
): Promise<Uint8Array[]> {
  const [dump, stats] = [folder.file("dump"), folder.file("stats.json")];
  const args = [url, "--dump", dump, "--force", "--stats", stats, ...options];
  const { code, stderr } = await runClient(args);
  assertEquals(code, 0, stderr);
  const names: string[] = [];
  for await (const { name } of Deno.readDir(dump)) if (name.endsWith(".jpg")) names.push(name);
  return await Promise.all(names.sort().map((name) => Deno.readFile(`${dump}/${name}`)));
}

/** The luma of what the pipeline makes. */
async function pipelineLuma(): Promise<Uint8Array[]> {
  const files = await runBatch(new Map(), [
    `gst-launch-1.0 -q ${PIPELINE} ! multifilesink location=%d.jpg`,
  ]);
  return await decodeLuma(framesFrom(0).map((i) => files.get(`${i}.jpg`) as Uint8Array));
}

for (const transport of ["udp", "tcp"]) {
  const name = `gst-rtsp-server over ${transport.toUpperCase()}`;
  const needs = [PEERS.gstRtspServer, PEERS.gstreamer, PEERS.libjpeg];
  interopTest(name, needs, async (t) => {
    const luma = await pipelineLuma();
    const by = ["--transport", transport];
    await t.step("every frame, then the end", async () => {
      await using folder = await MediaFolder.with({});
      await using server = await GstRtspServer.start(PIPELINE);
      const jpegs = await play(folder, `rtsp://127.0.0.1:${server.port}/movie`, by);
      assertEquals(framesShown(await decodeLuma(jpegs), luma), framesFrom(0));
    });
    await t.step("probe, with a login", async () => {
      await using server = await GstRtspServer.start(PIPELINE, LOGIN);
      const url = `rtsp://${LOGIN}@127.0.0.1:${server.port}/movie`;
      const { code, stdout, stderr } = await runClient(["probe", url, ...by]);
      assertEquals([code, stderr], [0, ""]);
      assertMatch(stdout, /^Track 1: +video, JPEG\/90000 \(payload type 26\)/m);
      assertMatch(stdout, new RegExp(`^${transport.toUpperCase()}: +accepted: `, "m"));
    });
    await t.step("pause and resume", async () => {
      await using folder = await MediaFolder.with({});
      await using server = await GstRtspServer.start(PIPELINE);
      const script = ["--script", "setup, play, wait:300ms, pause, wait:700ms, play, wait:1500ms"];
      const url = `rtsp://127.0.0.1:${server.port}/movie`;
      const jpegs = await play(folder, url, [...by, ...script]);
      const shown = framesShown(await decodeLuma(jpegs), luma);
      assertEquals(shown, framesFrom(0).filter((frame) => shown.includes(frame)));
      assertGreaterOrEqual(shown.length, SAMPLE_FRAMES - MOST_DROPPED_AT_PAUSE);
    });
    await t.step("seek", async () => {
      await using folder = await MediaFolder.with({});
      await using server = await GstRtspServer.start(pipeline(10 * FPS));
      const url = `rtsp://127.0.0.1:${server.port}/movie`;
      const jpegs = await play(folder, url, [...by, "--start", "0.5", "--end", "1"]);
      assertEquals(framesShown(await decodeLuma(jpegs), luma), framesFrom(30));
    });
    await t.step("Digest", async () => {
      await using folder = await MediaFolder.with({});
      await using server = await GstRtspServer.start(PIPELINE, LOGIN);
      const place = `127.0.0.1:${server.port}/movie`;
      const jpegs = await play(folder, `rtsp://${LOGIN}@${place}`, by);
      assertEquals(jpegs.length, SAMPLE_FRAMES);
      const { code } = await runClient([`rtsp://ann:wrong@${place}`, ...by]);
      assertNotEquals(code, 0);
    });
  });
}

interopTest("FFmpeg's RTP over UDP", [PEERS.ffmpeg, PEERS.libjpeg], async (t) => {
  const frames = await labFrames(SAMPLE_FRAMES);
  await t.step("every frame, then the end", async () => {
    await using folder = await MediaFolder.with({});
    const movie = folder.file("movie.mjpeg");
    await Deno.writeFile(movie, joinBytes(frames));
    await using server = new FfmpegRtpServer(movie, FPS);
    const jpegs = await play(folder, `rtsp://127.0.0.1:${server.port}/movie`, [
      "--transport",
      "udp",
    ]);
    const shown = framesShown(await decodeLuma(jpegs), await decodeLuma(frames));
    assertEquals(shown, framesFrom(0));
  });
});
