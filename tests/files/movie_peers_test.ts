import { assert, assertEquals } from "@std/assert";
import { MovieLibrary } from "../../lib/files/movie_library.ts";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import type { Movie } from "../../lib/movie/movie.ts";
import { TestMovie } from "../../lib/movie/test_movie.ts";
import { sampleAviWrites } from "../movie/sample_avi.ts";
import { writtenFile } from "../movie/written_file.ts";
import { hasFfmpeg, runFfmpeg } from "./ffmpeg.ts";
import { withFolder } from "./temp_folder.ts";

const PEERS = await hasFfmpeg();
const SOURCE = ["-f", "lavfi", "-i", "testsrc=size=160x120:rate=30000/1001"];
const JPEG = ["-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p", "-frames:v", "60"];
const SOUND = ["-f", "lavfi", "-i", "sine", "-c:a", "pcm_s16le", "-shortest"];

function framesOf(movie: Movie): Uint8Array[] {
  return Array.from({ length: movie.frameCount }, (_, i) => movie.frame(i));
}

async function openedIn(
  folder: string,
  name: string,
): Promise<[Uint8Array[], number, string | undefined]> {
  const library = await MovieLibrary.at(folder, 20);
  const lease = await library.open(name);
  assert(lease.kind === "movie", JSON.stringify(lease));
  using _ = lease;
  const { movie, warning } = lease;
  return [framesOf(movie), Number(movie.framesPerSecond.toFixed(3)), warning];
}

/** The same frames, as FFmpeg takes them out of a file without changing them. */
async function stream(path: string): Promise<Uint8Array> {
  await runFfmpeg("ffmpeg", [
    "-i",
    path,
    "-map",
    "0:v",
    "-c",
    "copy",
    "-f",
    "mjpeg",
    `${path}.raw`,
  ]);
  return await Deno.readFile(`${path}.raw`);
}

const CONTAINERS: [string, readonly string[], readonly string[], number][] = [
  ["AVI", [], ["-f", "avi"], 29.97],
  ["AVI with sound", SOUND, ["-f", "avi"], 29.97],
  [
    "AVI that was never finished",
    [],
    ["-f", "avi", "-write_index", "0", "-flush_packets", "1"],
    29.97,
  ],
  ["MOV", [], ["-f", "mov"], 29.97],
  ["MOV with sound", SOUND, ["-f", "mov"], 29.97],
  ["MP4 with the table of contents first", [], ["-f", "mp4", "-movflags", "+faststart"], 29.97],
  ["multipart dump", [], ["-f", "mpjpeg"], 20],
  ["multipart dump of another boundary", [], ["-f", "mpjpeg", "-boundary_tag", "a-b"], 20],
];
for (const [name, inputs, format, rate] of CONTAINERS) {
  Deno.test({
    name: `MovieLibrary reads FFmpeg's ${name}`,
    ignore: !PEERS,
    fn: withFolder(async (folder) => {
      const path = `${folder}/m`;
      const [sound, codec] = [inputs.slice(0, 4), inputs.slice(4)];
      await runFfmpeg("ffmpeg", [...SOURCE, ...sound, ...JPEG, ...codec, ...format, path]);
      const [frames, framesPerSecond, warning] = await openedIn(folder, "m");
      assertEquals([frames.length, framesPerSecond], [60, rate]);
      if (!format.includes("-write_index")) assertEquals(warning, undefined);
      assertEquals(joinBytes(frames), await stream(path));
    }),
  });
}

interface Probed {
  readonly streams: readonly [Record<string, string | number>];
}

/** What ffprobe says of a movie, which it decodes as a whole. */
async function probe(path: string): Promise<Record<string, string | number>> {
  const args = ["-count_frames", "-show_streams", "-of", "json", path];
  const probed: Probed = JSON.parse(await runFfmpeg("ffprobe", args) ?? "");
  return probed.streams[0];
}

for (
  const [name, finished, partLength] of [
    ["an AVI", true, undefined],
    ["an AVI in several parts", true, 60_000],
    ["an AVI that was never finished", false, undefined],
    ["an AVI in several parts that was never finished", false, 60_000],
  ] as const
) {
  Deno.test({
    name: `AviWriter writes ${name} that ffprobe reads`,
    ignore: !PEERS,
    fn: withFolder(async (folder) => {
      const path = `${folder}/m`;
      await runFfmpeg("ffmpeg", [...SOURCE, ...JPEG, "-f", "mjpeg", path]);
      const [jpegs] = await openedIn(folder, "m");
      const options = { width: 160, height: 120, framesPerSecond: 12.5 };
      const writes = sampleAviWrites(jpegs, {
        ...options,
        ...partLength !== undefined && { partLength },
      });
      const used = finished ? writes : writes.slice(0, -1);
      await Deno.writeFile(`${folder}/m.avi`, writtenFile(used));
      const found = await probe(`${folder}/m.avi`);
      assertEquals(
        [found.codec_name, found.width, found.height, found.nb_read_frames, found.r_frame_rate],
        ["mjpeg", 160, 120, "60", "25/2"],
      );
      if (finished) assertEquals([found.nb_frames, Number(found.duration)], ["60", 4.8]);
      const [ours, rate] = await openedIn(folder, "m.avi");
      assertEquals([ours, rate], [jpegs, 12.5]);
    }),
  });
}

Deno.test({
  name: "TestMovie.frame() makes JPEGs that FFmpeg decodes without a complaint",
  ignore: !PEERS,
  fn: withFolder(async (folder) => {
    const movie = new TestMovie("test", { width: 323, height: 241, framesPerSecond: 25 }, 0);
    const jpegs = Array.from({ length: 10 }, (_, i) => movie.frame(i * 999));
    await Deno.writeFile(`${folder}/m`, joinBytes(jpegs));
    const strict = ["-xerror", "-err_detect", "explode", "-f", "mjpeg", "-i", `${folder}/m`];
    await runFfmpeg("ffmpeg", [...strict, "-f", "null", "-"]);
    assertEquals((await probe(`${folder}/m`)).nb_read_frames, "10");
  }),
});
