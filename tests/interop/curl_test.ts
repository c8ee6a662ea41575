import { assertEquals, assertMatch } from "@std/assert";
import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { parseRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import { RunningProgram } from "../support/programs.ts";
import { textOf } from "../support/text.ts";
import { decodeLuma } from "./decode_luma.ts";
import { framesFrom } from "./frames_from.ts";
import { framesShown } from "./frames_shown.ts";
import { interopTest } from "./interop_test_case.ts";
import { PEERS, PYTHON } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import { LOGIN, sampleMovie } from "./sample_movie.ts";

const PLAYER = new URL("libcurl_player.py", import.meta.url).pathname;

/** The JPEGs in what libcurl received inside the RTSP connection. */
function jpegsIn(blocks: Uint8Array): Uint8Array[] {
  const depacketizer = new JpegDepacketizer();
  return new RtspMessageParser().push(blocks).flatMap((item) => {
    if (item.kind !== "interleaved" || item.channel !== 0) return [];
    return depacketizer.push(parseRtpPacket(item.payload), 0).flatMap((output) =>
      output.kind === "frame" ? [output.jpeg] : []
    );
  });
}

interopTest("curl over TCP", [PEERS.curl], async (t) => {
  await using server = await RunningProgram.server();

  await t.step("OPTIONS", async () => {
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const { stdout } = await runProgram("curl", ["--silent", "--show-error", "--include", url]);
    assertMatch(textOf(stdout), /^RTSP\/1\.0 200 OK\r\nCSeq: 1\r\n/);
    assertMatch(textOf(stdout), /\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN/);
  });
});

interopTest("libcurl over TCP", [PEERS.libcurl, PEERS.libjpeg], async (t) => {
  await using sample = await sampleMovie();
  const play = async (serverArgs: readonly string[], login: readonly string[]) => {
    await using server = await RunningProgram.server(serverArgs);
    const url = `rtsp://127.0.0.1:${server.port}/sample.Mjpeg`;
    const file = sample.folder.file("blocks");
    const args = [PLAYER, url, `${url}/trackID=0`, file, ...login];
    const result = await runProgram(PYTHON, args);
    return { said: textOf(result.stdout), blocks: await Deno.readFile(file) };
  };

  await t.step("every frame, then the end", async () => {
    const { said, blocks } = await play(sample.serverArgs, []);
    assertEquals(said, "OPTIONS 200\nDESCRIBE 200\nSETUP 200\nPLAY 200\nTEARDOWN 200\n");
    const shown = framesShown(await decodeLuma(jpegsIn(blocks)), sample.luma);
    assertEquals(shown, framesFrom(0));
  });
  await t.step("Digest, MD5 offered", async () => {
    const { said, blocks } = await play(sample.lockedArgs, [`${LOGIN.user}:${LOGIN.password}`]);
    assertEquals(said, "OPTIONS 200\nDESCRIBE 200\nSETUP 200\nPLAY 200\nTEARDOWN 200\n");
    assertEquals(jpegsIn(blocks).length, sample.luma.length);
  });
});
