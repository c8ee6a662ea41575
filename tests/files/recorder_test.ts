import { assert, assertEquals, assertRejects } from "@std/assert";
import { FramePipe } from "../../lib/files/frame_pipe.ts";
import { Recorder, type RecorderOptions } from "../../lib/files/recorder.ts";
import { REAL_DISK } from "../../lib/files/recording_disk.ts";
import { AVI_HEADER_LENGTH } from "../../lib/movie/avi_header.ts";
import { indexAvi } from "../../lib/movie/index_avi.ts";
import { framesOf, runSteps } from "../movie/frames_of.ts";
import { labMovieFile } from "../support/lab_movie.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { hasFfmpeg, runFfmpeg } from "./ffmpeg.ts";
import { SmallDisk } from "./small_disk.ts";
import { withFolder } from "./temp_folder.ts";

const JPEGS = sampleJpegs(60);
const FFMPEG = await hasFfmpeg();

/** Records frames 50 ms apart, but for those that are left out, or at other times. */
async function record(
  path: string,
  options: RecorderOptions,
  isLost = (_index: number) => false,
  timeOf = (index: number) => 7000 + index * 50,
) {
  const problems: string[] = [];
  const recorder = await Recorder.open(path, {
    mostWaiting: 1000,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  JPEGS.forEach((jpeg, i) => {
    if (!isLost(i)) recorder.write({ jpeg, number: i + 1, timeMs: timeOf(i) });
  });
  return { ...await recorder.close(), problems };
}

/** The frames of an AVI file that are no repetitions. */
function aviFrames(file: Uint8Array): { jpegs: Uint8Array[]; count: number; remark: unknown } {
  const { result } = runSteps(indexAvi(file.length), file);
  const frames = framesOf(result).map(([offset, length]) => file.slice(offset, offset + length));
  const jpegs = frames.filter((jpeg, i) => jpeg.length > 0 && frames[i - 1] !== jpeg);
  return { jpegs, count: frames.length, remark: result.remark };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test(
  "Recorder writes lab framing and JPEG streams byte for byte",
  withFolder(async (folder) => {
    const all = { written: 60, notWritten: 0, problems: [] };
    const [lab, stream] = [`${folder}/a.Mjpeg`, `${folder}/a.mjpeg`];
    assertEquals(await record(lab, {}), { files: [lab], ...all });
    assertEquals(await record(stream, {}), { files: [stream], ...all });
    assertEquals(await Deno.readFile(lab), labMovieFile(JPEGS));
    assertEquals(new Blob(JPEGS as BlobPart[]).size, (await Deno.stat(stream)).size);
    assertEquals(await namesIn(folder), ["a.Mjpeg", "a.mjpeg"]);
  }),
);

Deno.test(
  "Recorder writes an AVI file with every frame and the stream's rate",
  withFolder(async (folder) => {
    const path = `${folder}/a.avi`;
    assertEquals(await record(path, {}), {
      files: [path],
      written: 60,
      notWritten: 0,
      problems: [],
    });
    const file = await Deno.readFile(path);
    assertEquals(aviFrames(file).jpegs, JPEGS);
    assertEquals(runSteps(indexAvi(file.length), file).result.framesPerSecond, 20);
    assertEquals(await namesIn(folder), ["a.avi"]);
  }),
);

Deno.test({
  name: "Recorder writes AVI files in which FFmpeg sees each frame at its time",
  ignore: !FFMPEG,
  fn: withFolder(async (folder) => {
    const path = `${folder}/a.avi`;
    await record(path, {}, (i) => i % 7 === 3 || (i > 30 && i < 45));
    const wanted = JPEGS.flatMap((_, i) => i % 7 === 3 || (i > 30 && i < 45) ? [] : [i * 0.05]);
    const text = await runFfmpeg("ffprobe", [
      "-show_entries",
      "packet=pts_time,size",
      "-of",
      "csv=p=0",
      path,
    ]);
    const packets = (text ?? "").trim().split("\n").map((line) => line.split(",").map(Number));
    const times = packets.filter(([, size]) => size !== 0).map(([time = NaN]) => time);
    assertEquals(
      times.map((time) => Math.round(time * 1000) / 1000),
      wanted.map((s) => Math.round(s * 1000) / 1000),
    );
  }),
});

Deno.test({
  name: "Recorder writes an AVI file that FFmpeg plays at the stream's rate after a burst",
  ignore: !FFMPEG,
  fn: withFolder(async (folder) => {
    const path = `${folder}/a.avi`;
    const burst = 18;
    await record(path, {}, undefined, (i) => i < burst ? 7000 + i / 10 : 7000 + (i - burst) * 50);
    const fields = "stream=avg_frame_rate,nb_read_packets,duration";
    const text = await runFfmpeg("ffprobe", [
      ...["-count_packets", "-show_entries", fields, "-of", "default=noprint_wrappers=1", path],
    ]);
    const found = Object.fromEntries(
      (text ?? "").trim().split("\n").map((line) => line.split("=")),
    );
    const [ticks = NaN, per = NaN] = found["avg_frame_rate"].split("/").map(Number);
    assertEquals(Number(found["nb_read_packets"]), JPEGS.length);
    assert(Math.abs(ticks / per - 20) < 0.1, text);
    assert(Math.abs(Number(found["duration"]) - JPEGS.length / 20) < 0.02, text);
  }),
});

Deno.test(
  "Recorder cuts segments at multiples of their length",
  withFolder(async (folder) => {
    const summary = await record(`${folder}/door.Mjpeg`, { segmentMs: 1000 }, (i) => i === 20);
    const names = [1, 2, 3].map((n) => `${folder}/door-000${n}.Mjpeg`);
    assertEquals([summary.files, summary.written], [names, 59]);
    const parts = [JPEGS.slice(0, 20), JPEGS.slice(21, 40), JPEGS.slice(40)];
    for (const [i, name] of names.entries()) {
      assertEquals(await Deno.readFile(name), labMovieFile(parts[i] ?? []));
    }
  }),
);

Deno.test("Recorder makes an AVI file whole when the disk is full", async () => {
  for (const room of [310_000, 311_234, 313_000, 315_001]) {
    const disk = new SmallDisk(room);
    const { written, notWritten, problem, problems, files } = await record("a.avi", { disk });
    assertEquals([files, written + notWritten, problems], [["a.avi"], 60, [problem ?? ""]]);
    assert(
      /^Cannot record "a\.avi" any further at frame \d+: the disk is full; \d+ frames were written$/
        .test(problem ?? ""),
      problem,
    );
    assertEquals(disk.names, ["a.avi"]);
    const { jpegs, remark } = aviFrames(disk.files.get("a.avi") ?? new Uint8Array());
    assert(written > 16, `${written}`);
    assertEquals([jpegs.length, remark], [written, undefined], `with ${room} bytes`);
    assertEquals(jpegs, JPEGS.slice(0, written));
  }
});

Deno.test("Recorder ends lab framing with a whole frame when the disk is full", async () => {
  const disk = new SmallDisk(20_000);
  const { written, problem } = await record("a.Mjpeg", { disk });
  assert(written > 5 && written < 60 && problem?.includes("the disk is full"), `${written}`);
  assertEquals(disk.files.get("a.Mjpeg"), labMovieFile(JPEGS.slice(0, written)));
});

Deno.test("Recorder leaves an AVI file that can be played when the disk fails", async () => {
  const disk = new SmallDisk(1e9);
  const recorder = await Recorder.open("a.avi", { disk, mostWaiting: 100 });
  const write = async (i: number) => {
    recorder.write({ jpeg: JPEGS[i] as Uint8Array, number: i + 1, timeMs: i * 50 });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  for (let i = 0; i < 40; i++) await write(i);
  disk.failure = new Error("Input/output error (os error 5)");
  await write(40);
  disk.failure = undefined;
  const { written, notWritten, problem } = await recorder.close();
  assertEquals([written, notWritten], [40, 1]);
  assertEquals(
    problem,
    'Cannot record "a.avi" any further at frame 41: Input/output error; 40 frames were written',
  );
  assertEquals(aviFrames(disk.files.get("a.avi") ?? new Uint8Array()).jpegs, JPEGS.slice(0, 40));
});

Deno.test("Recorder leaves nothing behind where there was no room for one frame", async () => {
  const disk = new SmallDisk(AVI_HEADER_LENGTH / 2);
  const { files, written, notWritten } = await record("a.avi", { disk });
  assertEquals([files, written, notWritten, disk.names], [[], 0, 60, []]);
});

Deno.test("Recorder leaves out a frame that the format cannot hold, and says so once", async () => {
  const disk = new SmallDisk(1e9);
  const problems: string[] = [];
  const recorder = await Recorder.open("a.Mjpeg", { disk, onProblem: (p) => problems.push(p) });
  const frames = [JPEGS[0] as Uint8Array, new Uint8Array(100_000), new Uint8Array(100_000)];
  frames.forEach((jpeg, i) => recorder.write({ jpeg, number: i + 1, timeMs: i }));
  assertEquals(await recorder.close(), { files: ["a.Mjpeg"], written: 1, notWritten: 2 });
  assertEquals(problems, [
    "Cannot write frame 2 in lab framing: it has 100000 bytes, 1 to 99999 fit; it is left out",
  ]);
});

Deno.test("Recorder drops frames that a slow disk cannot take, and counts them", async () => {
  const disk = new SmallDisk(1e9);
  const recorder = await Recorder.open("a.mjpeg", { disk, mostWaiting: 3 });
  const taken = JPEGS.slice(0, 5).map((jpeg, i) =>
    recorder.write({ jpeg, number: i + 1, timeMs: i })
  );
  assertEquals(taken, [true, true, true, false, false]);
  assertEquals(await recorder.close(), { files: ["a.mjpeg"], written: 3, notWritten: 2 });
});

Deno.test(
  "Recorder.open() refuses what it cannot write, in one sentence",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.avi`, "mine");
    await Deno.writeTextFile(`${folder}/b-0001.avi`, "mine");
    const cases: [string, RecorderOptions, string][] = [
      [
        `${folder}/a.mp4`,
        {},
        `a.mp4": it has to end in .Mjpeg (lab framing), .mjpeg (JPEG stream)`,
      ],
      [`${folder}/a.avi`, {}, `"${folder}/a.avi" is there already (--force replaces it)`],
      [`${folder}/b.avi`, { segmentMs: 1 }, `"${folder}/b-0001.avi" is there already`],
      [`${folder}/no/a.avi`, {}, "there is no such file or folder"],
    ];
    for (const [path, options, sentence] of cases) {
      await assertRejects(() => Recorder.open(path, options), Error, sentence);
    }
    assertEquals(await namesIn(folder), ["a.avi", "b-0001.avi"]);
    await record(`${folder}/a.avi`, { force: true });
    assertEquals(aviFrames(await Deno.readFile(`${folder}/a.avi`)).jpegs.length, 60);
  }),
);

Deno.test(
  "Recorder does not replace a file that came later, and keeps the recording",
  withFolder(async (folder) => {
    const path = `${folder}/a.Mjpeg`;
    const recorder = await Recorder.open(path);
    recorder.write({ jpeg: JPEGS[0] as Uint8Array, number: 1, timeMs: 0 });
    await Deno.writeTextFile(path, "mine");
    const { problem } = await recorder.close();
    assert(problem?.startsWith(`Cannot finish the recording "${path}": it is there already; `));
    assertEquals(await Deno.readTextFile(path), "mine");
    const [part = ""] = (await namesIn(folder)).filter((name) => name.endsWith(".part"));
    assertEquals(await Deno.readFile(`${folder}/${part}`), labMovieFile(JPEGS.slice(0, 1)));
  }),
);

Deno.test(
  "REAL_DISK writes at places",
  withFolder(async (folder) => {
    const file = await REAL_DISK.create(`${folder}/x`);
    await file.write([{ offset: 0, bytes: Uint8Array.of(1, 2, 3) }]);
    await file.write([{ offset: 1, bytes: Uint8Array.of(9) }, {
      offset: 3,
      bytes: Uint8Array.of(4),
    }]);
    await file.truncate(4);
    file.close();
    assertEquals(await Deno.readFile(`${folder}/x`), Uint8Array.of(1, 9, 3, 4));
  }),
);

Deno.test("FramePipe writes whole frames, however little the pipe takes at once", async () => {
  const got: number[] = [];
  const pipe = new FramePipe({
    write: (bytes) => {
      got.push(...bytes.subarray(0, 100));
      return Promise.resolve(Math.min(100, bytes.length));
    },
  });
  for (const jpeg of JPEGS.slice(0, 3)) assertEquals(pipe.write(jpeg), true);
  assertEquals(await pipe.close(), { written: 3, notWritten: 0 });
  assertEquals(got, JPEGS.slice(0, 3).flatMap((jpeg) => [...jpeg]));
});

Deno.test("FramePipe ends quietly when its reader has gone", async () => {
  const ends: (string | undefined)[] = [];
  const write = () => Promise.reject(new Deno.errors.BrokenPipe("Broken pipe (os error 32)"));
  const pipe = new FramePipe({ write }, { onEnd: (problem) => ends.push(problem) });
  pipe.write(JPEGS[0] as Uint8Array);
  pipe.write(JPEGS[1] as Uint8Array);
  assertEquals(await pipe.close(), { written: 0, notWritten: 2 });
  assertEquals([ends, pipe.write(JPEGS[2] as Uint8Array)], [[undefined], false]);
});

Deno.test("FramePipe tells of any other failure", async () => {
  const pipe = new FramePipe({
    write: () => Promise.reject(new Error("Input/output error (os error 5)")),
  });
  pipe.write(JPEGS[0] as Uint8Array);
  const { problem } = await pipe.close();
  assertEquals(problem, "Cannot write frames to standard output: Input/output error");
});

Deno.test("FramePipe.close() gives up a reader that does not read", async () => {
  const pipe = new FramePipe({ write: () => new Promise<number>(() => {}) }, { mostWaiting: 2 });
  assertEquals(JPEGS.slice(0, 3).map((jpeg) => pipe.write(jpeg)), [true, true, false]);
  assertEquals(await pipe.close(10), { written: 0, notWritten: 3 });
});
