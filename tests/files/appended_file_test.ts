import { assertEquals, assertRejects } from "@std/assert";
import { AppendedFile } from "../../lib/files/appended_file.ts";
import { withFolder } from "./temp_folder.ts";

async function namesIn(folder: string): Promise<string[]> {
  return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
}

Deno.test(
  "AppendedFile has its name when it is closed, with all pieces in order",
  withFolder(async (folder) => {
    const file = await AppendedFile.open(`${folder}/a`, false);
    for (let i = 0; i < 100; i++) file.append(Uint8Array.of(i));
    assertEquals((await namesIn(folder)).includes("a"), false);
    assertEquals(await file.close(), undefined);
    assertEquals(await namesIn(folder), ["a"]);
    assertEquals(await Deno.readFile(`${folder}/a`), Uint8Array.from({ length: 100 }, (_, i) => i));
  }),
);

Deno.test(
  "AppendedFile replaces nothing unasked",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "mine");
    const why = `Cannot write "${folder}/a": it is there already (--force overwrites it)`;
    await assertRejects(() => AppendedFile.open(`${folder}/a`, false), Error, why);
    await assertRejects(
      () => AppendedFile.open(`${folder}/no/a`, false),
      Error,
      "there is no such file or folder",
    );
    const file = await AppendedFile.open(`${folder}/b`, false);
    await Deno.writeTextFile(`${folder}/b`, "came later");
    file.append(Uint8Array.of(1));
    assertEquals(
      (await file.close())?.startsWith(`Cannot write all of "${folder}/b": it is there`),
      true,
    );
    assertEquals(await Deno.readTextFile(`${folder}/b`), "came later");
    const forced = await AppendedFile.open(`${folder}/a`, true);
    assertEquals(await forced.close(), undefined);
    assertEquals(await Deno.readFile(`${folder}/a`), new Uint8Array());
  }),
);

Deno.test(
  "AppendedFile.discard() leaves nothing behind, and a file of its name as it was",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "mine");
    for (const name of ["a", "b"]) {
      const file = await AppendedFile.open(`${folder}/${name}`, true);
      file.append(Uint8Array.of(1));
      await file.discard();
    }
    assertEquals(await namesIn(folder), ["a"]);
    assertEquals(await Deno.readTextFile(`${folder}/a`), "mine");
  }),
);
