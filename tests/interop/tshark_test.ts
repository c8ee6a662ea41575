import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { assertFrames } from "./assert_frames.ts";
import { Capture, whyNoCapture } from "./capture.ts";
import { freePortPair } from "./free_port_pair.ts";
import { interopTest } from "./interop_test_case.ts";
import { JPEG_FIELDS } from "./jpeg_fields.ts";
import { JPEG_SHAPES, makeShapes, SHAPE_FRAMES } from "./jpeg_shapes.ts";
import { labFrames } from "./lab_frames.ts";
import { MediaFolder } from "./media_folder.ts";
import { onlyValue } from "./only_value.ts";
import { PEERS } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import { SAMPLE_FRAMES } from "./sample_movie.ts";

const NO_CAPTURE = whyNoCapture();
const FPS = 60;
/** RTP timestamps from one frame to the next. */
const TICKS = 90_000 / FPS;
const MAX_DATAGRAM_LENGTH = 1400;
/** A frame with restart markers and the fields of each of its packets (RFC 2435 §3.1.7). */
const RESTARTED = "restart marker after 3 blocks";

for (const transport of ["udp", "tcp"]) {
  const needs = [PEERS.tshark, PEERS.ffmpeg, PEERS.libjpeg];
  interopTest(`tshark over ${transport.toUpperCase()}`, needs, async (t) => {
    const restarted = await makeShapes(JPEG_SHAPES.filter(({ name }) => name === RESTARTED));
    await using folder = await MediaFolder.with({
      "sample.Mjpeg": await labFrames(SAMPLE_FRAMES),
      "restarted.Mjpeg": restarted[0] as Uint8Array[],
    });
    const udpPort = freePortPair();
    // One by one: what the kernel cuts (GSO) is still whole where tshark sees it on this interface.
    const ports = ["--rtp-ports", `${udpPort}-${udpPort + 1}`, "--sender", "native"];
    const args = ["--media", folder.media, "--fps", String(FPS), ...ports];
    await using server = await RunningProgram.server(args);

    /** Captures one session of ffmpeg. */
    const capture = async (name: string) => {
      const captured = await Capture.start(folder.file(`${name}.pcapng`), server.port, udpPort);
      const url = `rtsp://127.0.0.1:${server.port}/${name}.Mjpeg`;
      const by = ["-v", "error", "-nostdin", "-rtsp_transport", transport, "-i", url];
      await runProgram("ffmpeg", [...by, "-f", "null", "-"]);
      await captured.stop();
      const said = await captured.fields("rtsp.status", ["rtsp.transport"]);
      const [, rtp, rtcp] = /server_port=(\d+)-(\d+)/.exec(said["rtsp.transport"].join()) ?? [];
      const from = transport === "tcp" ? `tcp.srcport == ${server.port}` : undefined;
      const ssrc = /ssrc=([0-9A-F]{8})/.exec(said["rtsp.transport"].join())?.[1]?.toLowerCase();
      return {
        captured,
        ssrc: `0x${ssrc}`,
        rtp: from ?? `udp.srcport == ${rtp}`,
        rtcp: from ?? `udp.srcport == ${rtcp}`,
        all: `tcp.port == ${server.port} or udp.port == ${rtp ?? 0} or udp.port == ${rtcp ?? 0}`,
      };
    };
    const sample = await capture("sample");
    await using _sample = sample.captured;

    await t.step("RTSP", async () => {
      const names = ["rtsp.method", "rtsp.status", "rtsp.session"] as const;
      const fields = await sample.captured.fields("rtsp.method or rtsp.status", names);
      assertEquals(fields["rtsp.method"].slice(0, 4), ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"]);
      assertEquals(fields["rtsp.method"].at(-1), "TEARDOWN");
      assertEquals(onlyValue(fields["rtsp.status"]), "200");
    });
    await t.step("RTP and RFC 2435 headers", async () => {
      const fields = await sample.captured.fields(`${sample.rtp} and jpeg`, JPEG_FIELDS);
      assertFrames(fields, SAMPLE_FRAMES, TICKS);
      const { "rtp.ssrc": ssrc, "udp.length": lengths, "rtp.p_type": type } = fields;
      assertEquals([onlyValue(ssrc), onlyValue(type)], [sample.ssrc, "26"]);
      assertLessOrEqual(Math.max(0, ...(lengths ?? []).map(Number)), MAX_DATAGRAM_LENGTH + 8);
      const header = ["ts", "type", "q", "width", "height"];
      const values = header.map((name) => onlyValue(fields[`jpeg.main_hdr.${name}`]));
      assertEquals(values, ["0", "1", "255", "384", "288"]);
      const tables = ["mbz", "precision", "length"].map((name) =>
        fields[`jpeg.qtable_hdr.${name}`]
      );
      assertEquals(tables.map(onlyValue), ["0", "0", "128"]);
      assertEquals(tables.map((column) => column?.length), [60, 60, 60]);
    });
    await t.step("RTCP: reports, name, goodbye", async () => {
      const names = ["rtcp.pt", "rtcp.length_check", "rtcp.sdes.type", "rtcp.ssrc.identifier"];
      const { captured } = sample;
      const fields = await captured.fields(`${sample.rtcp} and rtcp`, [
        ...names,
        "rtcp.senderssrc",
      ]);
      assertEquals(fields["rtcp.pt"]?.slice(0, 2), ["200", "202"]);
      assert(fields["rtcp.pt"]?.includes("203"), "no goodbye");
      assertEquals(
        onlyValue(fields["rtcp.length_check"]?.map((value) => value.replace("True", "1"))),
        "1",
      );
      assertEquals(onlyValue(fields["rtcp.senderssrc"]), sample.ssrc);
    });
    await t.step("restart headers", async () => {
      const { captured, rtp, ssrc } = await capture("restarted");
      await using _captured = captured;
      const fields = await captured.fields(`${rtp} and jpeg and rtp.ssrc == ${ssrc}`, JPEG_FIELDS);
      assertFrames(fields, SHAPE_FRAMES, TICKS);
      const header = ["interval", "f", "l", "count"];
      const values = header.map((name) => onlyValue(fields[`jpeg.restart_hdr.${name}`]));
      assertEquals(values, ["3", "1", "1", "16383"]);
      assertEquals(onlyValue(fields["jpeg.main_hdr.type"]), "65");
      const [restarts, fragments] = [fields["jpeg.restart_hdr.f"], fields["jpeg.main_hdr.type"]];
      assertEquals(restarts?.length, fragments?.length);
    });
    await t.step("nothing malformed", async () => {
      const broken = "_ws.malformed or _ws.expert.severity == error or rtcp.length_check == 0";
      const filter = `(${sample.all}) and (${broken})`;
      const { "frame.number": frames } = await sample.captured.fields(filter, ["frame.number"]);
      assertEquals(frames, []);
    });
  }, NO_CAPTURE);
}
