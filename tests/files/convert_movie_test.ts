import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { convertMovie, type ConvertOrder } from "../../lib/files/convert_movie.ts";
import { openMoviePath } from "../../lib/files/open_movie_path.ts";
import { serializeLabFrame } from "../../lib/movie/lab_frame.ts";
import { sampleAviWrites } from "../movie/sample_avi.ts";
import { sampleMp4 } from "../movie/sample_mp4.ts";
import { writtenFile } from "../movie/written_file.ts";
import { bytesOf } from "../support/text.ts";
import { sampleJpeg } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

const JPEGS = Array.from({ length: 12 }, (_, i) => sampleJpeg(i, i * 50));
const LAB = joinBytes(JPEGS.map((jpeg, i) => serializeLabFrame(jpeg, i + 1)));

/** Everything in a folder, hidden files too. */
async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

async function jpegsOf(path: string): Promise<[Uint8Array[], number]> {
  using lease = await openMoviePath(path, 20);
  const { movie } = lease;
  return [
    Array.from({ length: movie.frameCount }, (_, i) => movie.frame(i)),
    movie.framesPerSecond,
  ];
}

const INPUTS: [string, (folder: string) => Promise<string>][] = [
  ["lab framing", (folder) => written(folder, LAB)],
  ["a JPEG stream", (folder) => written(folder, joinBytes(JPEGS))],
  ["AVI", (folder) => written(folder, writtenFile(sampleAviWrites(JPEGS)))],
  ["MOV", (folder) => written(folder, sampleMp4(JPEGS))],
  ["a folder", async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    for (const [i, jpeg] of JPEGS.entries()) await Deno.writeFile(`${folder}/in/${i}`, jpeg);
    return `${folder}/in`;
  }],
];

async function written(folder: string, bytes: Uint8Array): Promise<string> {
  await Deno.writeFile(`${folder}/in`, bytes);
  return `${folder}/in`;
}

for (const [name, make] of INPUTS) {
  for (const output of ["out.Mjpeg", "out.mjpeg", "out.avi", "out/"]) {
    Deno.test(
      `convertMovie() converts ${name} to ${output}, byte for byte`,
      withFolder(async (folder) => {
        const input = await make(folder);
        const done = await convertMovie({ input, output: `${folder}/${output}` });
        const bytes = JPEGS.reduce((sum, { length }) => sum + length, 0);
        assertEquals(done, { frames: 12, bytes });
        const rate = output === "out.avi" && ["AVI", "MOV"].includes(name) ? 25 : 20;
        assertEquals(await jpegsOf(`${folder}/${output}`), [JPEGS, rate]);
        assertEquals(await namesIn(folder), ["in", output.replace("/", "")]);
      }),
    );
  }
}

Deno.test(
  "convertMovie() writes what the other programs read",
  withFolder(async (folder) => {
    const input = await written(folder, joinBytes(JPEGS));
    await convertMovie({ input, output: `${folder}/o.Mjpeg` });
    assertEquals(await Deno.readFile(`${folder}/o.Mjpeg`), LAB);
    await convertMovie({ input, output: `${folder}/o.mjpeg` });
    assertEquals(await Deno.readFile(`${folder}/o.mjpeg`), joinBytes(JPEGS));
    await convertMovie({ input, output: `${folder}/o/` });
    assertEquals((await namesIn(`${folder}/o`)).slice(-2), ["000011.jpg", "000012.jpg"]);
    assertEquals(await Deno.readFile(`${folder}/o/000012.jpg`), JPEGS[11]);
  }),
);

Deno.test(
  "convertMovie() leaves nothing behind where a frame does not fit into lab framing",
  withFolder(async (folder) => {
    const input = await written(folder, joinBytes([sampleJpeg(1), sampleJpeg(2, 100_000)]));
    const length = sampleJpeg(2, 100_000).length;
    await assertRejects(
      () => convertMovie({ input, output: `${folder}/o.Mjpeg` }),
      Error,
      `/o.Mjpeg": frame 2 has ${length} bytes, and lab framing holds 99999 at most`,
    );
    assertEquals(await namesIn(folder), ["in"]);
  }),
);

const THERE: [string, string, string][] = [
  ["a file", "o.avi", "it is there already (--force replaces it)"],
  ["a folder with frames", "frames", "it holds 12 frames (--force replaces them)"],
];
for (const [what, output, why] of THERE) {
  Deno.test(
    `convertMovie() replaces ${what} only when forced`,
    withFolder(async (folder) => {
      const input = await written(folder, LAB);
      const slash = output === "frames" ? "/" : "";
      await convertMovie({ input, output: `${folder}/${output}${slash}` });
      const again = { input: `${folder}/two`, output: `${folder}/${output}` };
      await Deno.writeFile(again.input, joinBytes(JPEGS.slice(0, 2)));
      await assertRejects(() => convertMovie(again), Error, why);
      assertEquals((await jpegsOf(again.output))[0], JPEGS);
      await convertMovie({ ...again, force: true });
      assertEquals((await jpegsOf(again.output))[0], JPEGS.slice(0, 2));
    }),
  );
}

Deno.test(
  "convertMovie() keeps the old output when a forced conversion fails",
  withFolder(async (folder) => {
    const input = await written(folder, joinBytes([sampleJpeg(1), sampleJpeg(2, 100_000)]));
    await Deno.writeFile(`${folder}/o.Mjpeg`, LAB);
    const order = { input, output: `${folder}/o.Mjpeg`, force: true };
    await assertRejects(() => convertMovie(order), Error, "frame 2 has");
    assertEquals(await Deno.readFile(`${folder}/o.Mjpeg`), LAB);
  }),
);

for (const output of ["o.avi", "o/"]) {
  Deno.test(
    `convertMovie() leaves nothing behind of ${output} when it is ended early`,
    withFolder(async (folder) => {
      const input = await written(folder, LAB);
      const controller = new AbortController();
      const onProgress: ConvertOrder["onProgress"] = () =>
        controller.abort(new Error("Interrupted"));
      const { signal } = controller;
      const order = { input, output: `${folder}/${output}`, onProgress, signal };
      await assertRejects(() => convertMovie(order), Error, "Interrupted");
      assertEquals(await namesIn(folder), ["in"]);
      await assertRejects(() => convertMovie(order), Error, "Interrupted");
    }),
  );
}

Deno.test(
  "convertMovie() tells how far it is, and what could not be read",
  withFolder(async (folder) => {
    const input = await written(folder, LAB.subarray(0, -1));
    const steps: number[] = [];
    const done = await convertMovie({
      input,
      output: `${folder}/o.avi`,
      onProgress: ({ frames, of }) => {
        assertEquals(of, 11);
        steps.push(frames);
      },
    });
    assertEquals([steps[0], steps.at(-1)], [0, 11]);
    assertMatch(done.warning ?? "", /^".*": 11 frames can be played, then frame 12 at byte/);
  }),
);

Deno.test(
  "convertMovie() converts a single JPEG to one frame",
  withFolder(async (folder) => {
    const input = await written(folder, sampleJpeg(1));
    const done = await convertMovie({ input, output: `${folder}/o.avi`, framesPerSecond: 2 });
    assertEquals(done.frames, 1);
    assertEquals(await jpegsOf(`${folder}/o.avi`), [[sampleJpeg(1)], 2]);
  }),
);

const REFUSED: [string, string, string, string][] = [
  ["an unknown ending", "in", "o.mpg", "it has to end in .Mjpeg (lab framing), .mjpeg"],
  ["an input that is missing", "none", "o.avi", "there is no such file or folder"],
  ["an input that is no movie", "text", "o.avi", 'it starts with "hello"'],
  ["an output in no folder", "in", "none/o.avi", "there is no such file or folder"],
];
for (const [what, input, output, why] of REFUSED) {
  Deno.test(
    `convertMovie() refuses ${what} in one sentence`,
    withFolder(async (folder) => {
      await written(folder, LAB);
      await Deno.writeFile(`${folder}/text`, bytesOf("hello"));
      const order = { input: `${folder}/${input}`, output: `${folder}/${output}` };
      const error = await assertRejects(() => convertMovie(order), Error, why);
      assert(error.message.startsWith("Cannot ") && !error.message.includes("os error"));
      assertEquals(await namesIn(folder), ["in", "text"]);
    }),
  );
}
