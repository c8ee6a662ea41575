import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FrameFolder } from "../../lib/files/frame_folder.ts";
import { sampleJpeg } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

Deno.test(
  "FrameFolder writes one file a frame, and nothing else stays",
  withFolder(async (folder) => {
    const out = `${folder}/new/out`;
    const sink = await FrameFolder.open(out);
    for (let i = 1; i <= 12; i++) assertEquals(sink.write(sampleJpeg(i)), true);
    assertEquals(await sink.close(), { written: 12, notWritten: 0 });
    const names = Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(6, "0")}.jpg`);
    assertEquals(await namesIn(out), names);
    assertEquals(await Deno.readFile(`${out}/000012.jpg`), sampleJpeg(12));
  }),
);

Deno.test(
  "FrameFolder.write() copies the frame",
  withFolder(async (folder) => {
    const sink = await FrameFolder.open(folder);
    const jpeg = sampleJpeg(1);
    sink.write(jpeg);
    jpeg.fill(0);
    await sink.close();
    assertEquals(await Deno.readFile(`${folder}/000001.jpg`), sampleJpeg(1));
  }),
);

Deno.test(
  "FrameFolder drops frames that a slow disk cannot take, counts them, and leaves out their numbers",
  withFolder(async (folder) => {
    let released = () => {};
    const disk = new Promise<void>((resolve) => released = resolve);
    const sink = await FrameFolder.open(folder, {
      mostWaiting: 2,
      writeFile: async (path, bytes) => {
        await disk;
        await Deno.writeFile(path, bytes);
      },
    });
    assertEquals([1, 2, 3, 4].map((i) => sink.write(sampleJpeg(i))), [true, true, false, false]);
    released();
    while (!(await namesIn(folder)).includes("000002.jpg")); // then there is room again
    assertEquals(sink.write(sampleJpeg(5)), true);
    assertEquals(await sink.close(), { written: 3, notWritten: 2 });
    assertEquals(await namesIn(folder), ["000001.jpg", "000002.jpg", "000005.jpg"]);
  }),
);

Deno.test(
  "FrameFolder.open() refuses a folder with frames, unless it is forced to",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/000001.jpg`, "old");
    await Deno.writeTextFile(`${folder}/holiday.jpg`, "mine");
    await assertRejects(
      () => FrameFolder.open(folder),
      Error,
      `Cannot write frames into "${folder}": it holds 1 already (--force overwrites them)`,
    );
    const sink = await FrameFolder.open(folder, { force: true });
    sink.write(sampleJpeg(1));
    assertEquals(await sink.close(), { written: 1, notWritten: 0 });
    assertEquals(await Deno.readFile(`${folder}/000001.jpg`), sampleJpeg(1));
    assertEquals(await Deno.readTextFile(`${folder}/holiday.jpg`), "mine");
  }),
);

Deno.test(
  "FrameFolder does not overwrite a file that came later",
  withFolder(async (folder) => {
    const sink = await FrameFolder.open(folder);
    await Deno.writeTextFile(`${folder}/000002.jpg`, "somebody else's");
    for (let i = 1; i <= 3; i++) sink.write(sampleJpeg(i));
    assertEquals(await sink.close(), {
      written: 1,
      notWritten: 2,
      problem: `Cannot write 000002.jpg into "${folder}": it is there already; ` +
        "1 frame was written before",
    });
    assertEquals(await namesIn(folder), ["000001.jpg", "000002.jpg"]);
    assertEquals(await Deno.readTextFile(`${folder}/000002.jpg`), "somebody else's");
  }),
);

Deno.test(
  "FrameFolder reports a full disk once, and leaves no half file",
  withFolder(async (folder) => {
    const problems: string[] = [];
    let left = 2;
    const sink = await FrameFolder.open(folder, {
      onProblem: (problem) => problems.push(problem),
      writeFile: async (path, bytes) => {
        await Deno.writeFile(path, left-- > 0 ? bytes : bytes.subarray(0, 5));
        if (left >= 0) return;
        throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
      },
    });
    for (let i = 1; i <= 5; i++) sink.write(sampleJpeg(i));
    const problem = `Cannot write 000003.jpg into "${folder}": the disk is full; ` +
      "2 frames were written before";
    assertEquals(await sink.close(), { written: 2, notWritten: 3, problem });
    assertEquals(problems, [problem]);
    assertEquals(await namesIn(folder), ["000001.jpg", "000002.jpg"]);
  }),
);

Deno.test(
  "FrameFolder.open() says why a folder cannot be written to",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    for (const path of [`${folder}/file`, `${folder}/file/out`]) {
      await assertRejects(
        () => FrameFolder.open(path),
        Error,
        `Cannot write frames into "${path}": `,
      );
    }
  }),
);

Deno.test(
  "FrameFolder.write() after close() is a bug of the caller",
  withFolder(async (folder) => {
    const sink = await FrameFolder.open(folder);
    assertEquals(await sink.close(), { written: 0, notWritten: 0 });
    assertThrows(() => sink.write(sampleJpeg(1)), TypeError, "after the folder was closed");
  }),
);

Deno.test(
  "FrameFolder names frames by their own numbers, and has a line for each in its table",
  withFolder(async (folder) => {
    const table = { name: "frames.csv", header: "number,file\n" };
    const options = { extension: "png", table } as const;
    const sink = await FrameFolder.open(folder, options);
    for (const number of [1, 4, 9]) {
      sink.write(sampleJpeg(number), { number, row: (file) => `${number},${file}\n` });
    }
    sink.write(sampleJpeg(10), { row: (file) => `next,${file}\n` });
    assertEquals(await sink.close(), { written: 4, notWritten: 0 });
    const names = ["000001.png", "000004.png", "000009.png", "000010.png", "frames.csv"];
    assertEquals(await namesIn(folder), names);
    assertEquals(
      await Deno.readTextFile(`${folder}/frames.csv`),
      "number,file\n1,000001.png\n4,000004.png\n9,000009.png\nnext,000010.png\n",
    );
    const why = `"${folder}": it holds 4 already`;
    await assertRejects(() => FrameFolder.open(folder, options), Error, why);
    for (const name of names.slice(0, 4)) await Deno.remove(`${folder}/${name}`);
    await assertRejects(
      () => FrameFolder.open(folder, options),
      Error,
      `Cannot write "${folder}/frames.csv": it is there already (--force overwrites it)`,
    );
    const before = await Deno.readTextFile(`${folder}/frames.csv`);
    await (await FrameFolder.open(folder, { ...options, force: true })).close();
    assertEquals(await Deno.readTextFile(`${folder}/frames.csv`), before);
    const again = await FrameFolder.open(folder, { ...options, force: true });
    again.write(sampleJpeg(1), { row: (file) => `again,${file}\n` });
    await again.close();
    assertEquals(
      await Deno.readTextFile(`${folder}/frames.csv`),
      "number,file\nagain,000001.png\n",
    );
  }),
);

Deno.test(
  "FrameFolder has no line for a frame that could not be written",
  withFolder(async (folder) => {
    const sink = await FrameFolder.open(folder, {
      table: { name: "frames.csv", header: "file\n" },
      writeFile: async (path, bytes) => {
        if (path.includes("000002")) throw new Error("Input/output error (os error 5)");
        await Deno.writeFile(path, bytes);
      },
    });
    for (let i = 1; i <= 3; i++) sink.write(sampleJpeg(i), { row: (file) => `${file}\n` });
    assertEquals((await sink.close()).written, 1);
    assertEquals(await Deno.readTextFile(`${folder}/frames.csv`), "file\n000001.jpg\n");
  }),
);

Deno.test(
  "FrameFolder leaves nothing behind where no frame came, and what was there stays",
  withFolder(async (folder) => {
    const table = { name: "frames.csv", header: "number,file\n" };
    await Deno.mkdir(`${folder}/old`);
    for (const path of ["new", "new/inner/most", "old", "old/inner/", "old//other"]) {
      assertEquals(await (await FrameFolder.open(`${folder}/${path}`, { table })).close(), {
        written: 0,
        notWritten: 0,
      });
      assertEquals([await namesIn(folder), await namesIn(`${folder}/old`)], [["old"], []], path);
    }
  }),
);

Deno.test(
  "FrameFolder takes away the folder of several that stay empty, with the last of them",
  withFolder(async (folder) => {
    const sinks = [];
    for (const number of [1, 2]) sinks.push(await FrameFolder.open(`${folder}/new/${number}`));
    for (const sink of sinks) await sink.close();
    assertEquals(await namesIn(folder), []);
  }),
);

Deno.test(
  "FrameFolder takes away no folder that somebody else has put something into",
  withFolder(async (folder) => {
    const sink = await FrameFolder.open(`${folder}/a/b`);
    await Deno.writeTextFile(`${folder}/a/theirs`, "");
    await sink.close();
    assertEquals(await namesIn(`${folder}/a`), ["theirs"]);
  }),
);

Deno.test(
  "FrameFolder.open() refuses a table that is a folder, before any frame",
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/frames.csv`);
    const table = { name: "frames.csv", header: "" };
    await assertRejects(
      () => FrameFolder.open(folder, { table, force: true }),
      Error,
      `Cannot write "${folder}/frames.csv": `,
    );
  }),
);
