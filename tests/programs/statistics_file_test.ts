import { assert, assertEquals, assertRejects } from "@std/assert";
import { StatisticsFile } from "../../lib/programs/statistics_file.ts";
import { withFolder } from "../files/temp_folder.ts";

async function namesIn(folder: string): Promise<string[]> {
  return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
}

Deno.test(
  "StatisticsFile.write() takes the place of what was in the file",
  withFolder(async (folder) => {
    const path = `${folder}/all.json`;
    await Deno.writeTextFile(path, "what was there before");
    const file = await StatisticsFile.open(path);
    assertEquals(await Deno.readTextFile(path), "what was there before");
    assertEquals(await file.write("{}\n"), undefined);
    file.close();
    assertEquals(await Deno.readTextFile(path), "{}\n");
  }),
);

Deno.test(
  "StatisticsFile.open() refuses a place where nothing can be",
  withFolder(async (folder) => {
    await assertRejects(
      () => StatisticsFile.open(`${folder}/none/all.json`),
      Error,
      `Cannot write "${folder}/none/all.json": there is no such file or folder`,
    );
    await assertRejects(() => StatisticsFile.open(folder), Error, "it is a folder");
    assertEquals(await namesIn(folder), []);
  }),
);

Deno.test(
  "StatisticsFile.discard() leaves what was there, and nothing else",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old`, "old");
    for (const name of ["old", "new"]) {
      await (await StatisticsFile.open(`${folder}/${name}`)).discard();
    }
    assertEquals(await namesIn(folder), ["old"]);
    assertEquals(await Deno.readTextFile(`${folder}/old`), "old");
  }),
);

Deno.test("StatisticsFile.write() tells of a full disk", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const file = await StatisticsFile.open("/dev/full");
  const sentence = await file.write("{}\n");
  file.close();
  assert(sentence === 'Cannot write "/dev/full": the disk is full', sentence);
});
