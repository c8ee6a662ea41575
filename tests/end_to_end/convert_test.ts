import { assertEquals, assertMatch } from "@std/assert";
import { ROOT, runClient } from "../support/programs.ts";

const MOVIE = new URL("media/movie.Mjpeg", ROOT).pathname;

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-convert-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("convert takes a movie through every container and back, byte for byte", async () => {
  await withFolder(async (folder) => {
    const steps = ["a.avi", "b.mjpeg", "frames/", "c.Mjpeg"].map((name) => `${folder}/${name}`);
    let input = MOVIE;
    for (const output of steps) {
      const { code, stdout, stderr } = await runClient(["convert", input, output]);
      assertEquals([code, stderr], [0, ""]);
      assertMatch(stdout, /^Wrote 400 frames \(\d+ bytes\) to /);
      input = output;
    }
    assertEquals(await Deno.readFile(input), await Deno.readFile(MOVIE));
  });
});

Deno.test("convert refuses what would lose something, in one sentence, and leaves no half file", async () => {
  await withFolder(async (folder) => {
    const taken = `${folder}/taken.avi`;
    await Deno.writeTextFile(taken, "precious");
    const existing = await runClient(["convert", MOVIE, taken]);
    assertEquals(existing.code, 2);
    assertMatch(existing.stderr, /^zoetrope-client: .*taken\.avi.*\n$/);
    assertEquals(await Deno.readTextFile(taken), "precious");
    const unknown = await runClient(["convert", MOVIE, `${folder}/out.mov`]);
    assertEquals(unknown.code, 2);
    const nowhere = await runClient(["convert", MOVIE, `${folder}/none/out.avi`]);
    assertEquals(nowhere.code, 2);
    const missing = await runClient(["convert", `${folder}/none.avi`, `${folder}/out.avi`]);
    assertEquals(missing.code, 1);
    assertMatch(missing.stderr, /^zoetrope-client: .*none\.avi.*\n$/);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    assertEquals(names, ["taken.avi"]);
    assertEquals((await runClient(["convert", MOVIE])).code, 2);
  });
});
