import { assertEquals, assertRejects } from "@std/assert";
import { WholeFile } from "../../lib/files/whole_file.ts";
import { withFolder } from "./temp_folder.ts";

Deno.test(
  "WholeFile comes into being when it is written, and not before",
  withFolder(async (folder) => {
    const file = await WholeFile.reserve(`${folder}/a`, false);
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);
    assertEquals(await file.write("text"), undefined);
    assertEquals(await Deno.readTextFile(`${folder}/a`), "text");
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).length, 1);
  }),
);

Deno.test(
  "WholeFile.reserve() refuses what is there, unless it is forced to, and what cannot be written",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "mine");
    const cases: [string, string][] = [
      [`${folder}/a`, "it is there already (--force overwrites it)"],
      [folder, "it is a folder"],
      [`${folder}/no/a`, "there is no such file or folder"],
    ];
    for (const [path, why] of cases) {
      await assertRejects(
        () => WholeFile.reserve(path, false),
        Error,
        `Cannot write ${JSON.stringify(path)}: ${why}`,
      );
    }
    assertEquals(
      await (await WholeFile.reserve(`${folder}/a`, true)).write(Uint8Array.of(65)),
      undefined,
    );
    assertEquals(await Deno.readTextFile(`${folder}/a`), "A");
  }),
);

Deno.test(
  "WholeFile.write() does not replace a file that came later",
  withFolder(async (folder) => {
    const file = await WholeFile.reserve(`${folder}/a`, false);
    await Deno.writeTextFile(`${folder}/a`, "mine");
    const why = `Cannot write "${folder}/a": it is there already (--force overwrites it)`;
    assertEquals(await file.write("ours"), why);
    assertEquals(await Deno.readTextFile(`${folder}/a`), "mine");
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).length, 1);
  }),
);
