import { assertEquals, assertGreater } from "@std/assert";
import { JpegStreamSplitter } from "../../lib/jpeg/jpeg_stream_splitter.ts";
import { RunningProgram } from "../support/programs.ts";
import { assertCarried } from "./assert_carried.ts";
import { decodePlanes, type Planes } from "./decode_planes.ts";
import { interopTest } from "./interop_test_case.ts";
import { JPEG_SHAPES, makeShapes, SHAPE_FRAMES } from "./jpeg_shapes.ts";
import { MediaFolder } from "./media_folder.ts";
import { PEERS, type PeerSpec } from "./peers.ts";
import { psnr } from "./psnr.ts";
import { runProgram } from "./run_program.ts";

/** How near a peer's own decoder comes to libjpeg-turbo's: inverse DCTs may round differently. */
const LEAST_DECODER_PSNR = 55;

/** What a peer made of a movie. */
interface Received {
  /** The JPEGs as the peer put them together. */
  readonly jpegs: readonly Uint8Array[];
  /** What its own decoder showed of them: planar pictures, one behind the other. */
  readonly raw: Uint8Array;
}

/** Plays a movie over UDP, with a folder to write into. */
type Receive = (url: string, folder: string) => Promise<Received>;

const receiveByFfmpeg: Receive = async (url, folder) => {
  const [jpegs, raw] = [`${folder}/received.mjpeg`, `${folder}/received.yuv`];
  const output = ["-map", "0", "-fps_mode", "passthrough"];
  const { stderr } = await runProgram("ffmpeg", [
    ...["-hide_banner", "-nostdin", "-v", "error", "-y", "-rtsp_transport", "udp", "-i", url],
    ...[...output, "-c", "copy", "-f", "mjpeg", jpegs, ...output, "-f", "rawvideo", raw],
  ]);
  assertEquals(stderr, "");
  const splitter = new JpegStreamSplitter();
  const frames = splitter.push(await Deno.readFile(jpegs));
  return { jpegs: frames.map(({ bytes }) => bytes), raw: await Deno.readFile(raw) };
};

const receiveByGstreamer: Receive = async (url, folder) => {
  const [jpegs, raw] = [`${folder}/received.mjpeg`, `${folder}/received.yuv`];
  const { stderr } = await runProgram("gst-launch-1.0", [
    ...["-q", "rtspsrc", `location=${url}`, "protocols=udp", "latency=100", "!", "rtpjpegdepay"],
    ...["!", "tee", "name=t", "!", "queue", "!", "filesink", `location=${jpegs}`],
    ...["t.", "!", "queue", "!", "jpegdec", "idct-method=islow", "!"],
    ...["filesink", `location=${raw}`],
  ]);
  assertEquals(stderr, "");
  const splitter = new JpegStreamSplitter();
  const frames = splitter.push(await Deno.readFile(jpegs));
  return { jpegs: frames.map(({ bytes }) => bytes), raw: await Deno.readFile(raw) };
};

/** How often a peer may play: GStreamer ends by its own reckoning, now and then before the last frame. */
const MOST_PLAYS = 3;

/** What a peer received; of a play that lacks frames, or that the peer itself broke off, the next one. */
async function receiveWhole(receive: () => ReturnType<Receive>): ReturnType<Receive> {
  for (let plays = 1;; plays++) {
    const isLast = plays === MOST_PLAYS;
    try {
      const received = await receive();
      if (isLast || received.jpegs.length >= SHAPE_FRAMES) return received;
    } catch (error) {
      if (isLast || !(error instanceof Error)) throw error;
    }
  }
}

/** Fails unless the peer's own decoder shows the luma that libjpeg-turbo finds. */
function assertShown(raw: Uint8Array, pictures: readonly Planes[]): void {
  const length = raw.length / pictures.length;
  for (const [i, { planes: [luma] }] of pictures.entries()) {
    const shown = raw.subarray(i * length, i * length + luma.length);
    assertGreater(psnr(shown, luma), LEAST_DECODER_PSNR, `picture ${i + 1} as shown`);
  }
}

const RECEIVERS: readonly [PeerSpec, Receive][] = [
  [PEERS.ffmpeg, receiveByFfmpeg],
  [PEERS.gstreamer, receiveByGstreamer],
];

for (const [peer, receive] of RECEIVERS) {
  interopTest(`${peer.name} over UDP`, [peer, PEERS.libjpeg], async (t) => {
    const movies = await makeShapes(JPEG_SHAPES);
    const named = movies.map((frames, s) => [`${s}.Mjpeg`, frames] as const);
    await using folder = await MediaFolder.with(Object.fromEntries(named));
    await using server = await RunningProgram.server(["--media", folder.media]);
    for (const [s, shape] of JPEG_SHAPES.entries()) {
      const ignore = shape.beyond?.includes(peer.name) === true;
      const fn = async () => {
        const url = `rtsp://127.0.0.1:${server.port}/${s}.Mjpeg`;
        const { jpegs, raw } = await receiveWhole(() => receive(url, folder.path));
        assertEquals(jpegs.length, SHAPE_FRAMES);
        const received = await decodePlanes(jpegs);
        const sources = await decodePlanes(movies[s] as Uint8Array[]);
        for (const [i, picture] of received.entries()) {
          assertCarried(picture, sources[i] as Planes, shape);
        }
        assertShown(raw, received);
      };
      await t.step({ name: shape.name, ignore, fn });
    }
  });
}
