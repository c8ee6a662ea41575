import { assertEquals, assertLess, assertMatch, assertNotEquals } from "@std/assert";
import { parseImpairment } from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { carryFrame } from "../../lib/server/carry_frame.ts";
import { RunningProgram } from "../support/programs.ts";
import { FFMPEG_QUIET, playByFfmpeg } from "./ffmpeg_play.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { interopTest } from "./interop_test_case.ts";
import { labFrames } from "./lab_frames.ts";
import { PEERS } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import { splitLuma } from "./split_luma.ts";
import { LOGIN, SAMPLE_FRAMES, SAMPLE_SIZE, sampleMovie } from "./sample_movie.ts";

/** How long a player may take with a movie of one second: start, probing, TEARDOWN. */
const MOST_MS = 4_000;

/** The server's own, in bytes. */
const PACKET_SIZE = 1400;

for (const transport of ["udp", "tcp"]) {
  const by = ["-rtsp_transport", transport];

  /** What becomes of a play that is refused. */
  const refusal = async (url: string): Promise<string> => {
    const args = [...FFMPEG_QUIET, ...by, "-i", url, "-f", "null", "-"];
    const { code, stderr } = await runProgram("ffmpeg", args, { mayFail: true });
    assertNotEquals(code, 0);
    return stderr;
  };

  interopTest(
    `FFmpeg over ${transport.toUpperCase()}`,
    [PEERS.ffmpeg, PEERS.libjpeg],
    async (t) => {
      await using sample = await sampleMovie();
      await using server = await RunningProgram.server(sample.serverArgs);
      const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;

      await t.step("every frame, then the end", async () => {
        const { pictures, tookMs } = await playByFfmpeg(url, SAMPLE_SIZE, by);
        assertEquals(framesShown(pictures, sample.luma), framesFrom(0));
        assertLess(tookMs, MOST_MS);
        await server.says("stderr", /TEARDOWN .*: 200 OK, 60 frames/);
      });
      await t.step("seek", async () => {
        const { pictures } = await playByFfmpeg(url, SAMPLE_SIZE, [...by, "-ss", "0.5"]);
        assertEquals(framesShown(pictures, sample.luma), framesFrom(30));
      });
      await t.step("size, rate and length", async () => {
        const entries = "stream=codec_name,width,height,avg_frame_rate:format=duration";
        const args = ["-v", "error", ...by, "-show_entries", entries, "-of", "csv=p=0", url];
        const { stdout } = await runProgram("ffprobe", args);
        assertEquals(new TextDecoder().decode(stdout), "mjpeg,384,288,60/1\n1.000000\n");
      });
      await t.step("404 for a movie that is not there", async () => {
        assertMatch(await refusal(url.replace("sample", "missing")), /404 Not Found/);
      });
    },
  );

  interopTest(`FFmpeg over ${transport.toUpperCase()}, with a login`, [PEERS.ffmpeg], async (t) => {
    await using sample = await sampleMovie();
    for (const algorithm of ["md5", "sha256"]) {
      const args = [...sample.lockedArgs, "--digest", algorithm];
      await using server = await RunningProgram.server(args);
      const place = `127.0.0.1:${server.port}/sample.Mjpeg`;
      const offer = algorithm === "md5" ? "MD5" : "SHA-256 and MD5";
      await t.step(`Digest, ${offer} offered`, async () => {
        const url = `rtsp://${LOGIN.user}:${LOGIN.password}@${place}`;
        const { pictures } = await playByFfmpeg(url, SAMPLE_SIZE, by);
        assertEquals(framesShown(pictures, sample.luma), framesFrom(0));
      });
      await t.step(`wrong password, ${offer} offered`, async () => {
        const url = `rtsp://${LOGIN.user}:wrong@${place}`;
        assertMatch(await refusal(url), /401 Unauthorized/);
      });
    }
  });
}

interopTest(
  "FFmpeg over TCP, inside TLS",
  [PEERS.ffmpeg, PEERS.libjpeg, PEERS.openssl],
  async (t) => {
    await using sample = await sampleMovie();
    const [cert, key] = [sample.folder.file("cert.pem"), sample.folder.file("key.pem")];
    const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"];
    const subject = ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert];
    await runProgram("openssl", [...request, ...subject]);
    const args = [...sample.serverArgs, "--tls-cert", cert, "--tls-key", key];
    await using server = await RunningProgram.server(args);
    await t.step("rtsps: every frame, then the end", async () => {
      const url = `rtsps://127.0.0.1:${server.port}/sample.Mjpeg`;
      const { pictures } = await playByFfmpeg(url, SAMPLE_SIZE, ["-rtsp_transport", "tcp"]);
      assertEquals(framesShown(pictures, sample.luma), framesFrom(0));
    });
  },
);

interopTest("FFmpeg over a bad network", [PEERS.ffmpeg, PEERS.libjpeg], async () => {
  const faults = "loss=5%,seed=7";
  await using sample = await sampleMovie();
  await using server = await RunningProgram.server([...sample.serverArgs, "--impair", faults]);
  const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;
  const args = [...FFMPEG_QUIET, "-rtsp_transport", "udp", "-i", url];
  const output = ["-fps_mode", "passthrough", "-f", "rawvideo", "-"];
  const { stdout } = await runProgram("ffmpeg", [...args, ...output]);
  const pictures = splitLuma(stdout, SAMPLE_SIZE.width, SAMPLE_SIZE.height);
  const network = new NetworkImpairment<Uint8Array>(parseImpairment(faults));
  const isWhole = (frame: Uint8Array) => {
    const { payloads } = carryFrame(frame, PACKET_SIZE);
    return payloads.map((payload) => network.push(payload, 0).length).every((came) => came === 1);
  };
  const whole = (await labFrames(SAMPLE_FRAMES)).flatMap((frame, i) => isWhole(frame) ? [i] : []);
  assertLess(whole.length, SAMPLE_FRAMES);
  assertEquals(framesShown(pictures, sample.luma), whole);
});
