import { assertEquals, assertMatch } from "@std/assert";
import { runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";

/** Runs a test in a folder that holds an empty folder `old`. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-nothing-" });
  try {
    await Deno.mkdir(`${folder}/old`);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All names below a folder. */
async function namesBelow(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const inner = isDirectory ? await namesBelow(`${folder}/${name}`) : [];
    names.push(name, ...inner.map((below) => `${name}/${below}`));
  }
  return names.sort();
}

/** Options for everything that is made of frames. */
function sinks(folder: string): string[] {
  return [
    ...["--dump", `${folder}/new/dump`, "--thumbnails", `${folder}/old`],
    ...["--sheet", `${folder}/sheet.png`, "--record", `${folder}/movie.avi`],
  ];
}

const REFUSED: [string, number, (server: RunningProgram & { port: number }) => string[]][] = [
  ["answered 404", 3, ({ port }) => [`rtsp://127.0.0.1:${port}/nothing.Mjpeg`]],
  ["answered 404 by a lab server", 3, (server) => labForm(server, "nothing.Mjpeg")],
];
for (const [name, wanted, target] of REFUSED) {
  Deno.test(`a play that is ${name} leaves no file and no folder behind`, async () => {
    await using server = await RunningProgram.server();
    await inFolder(async (folder) => {
      const { code } = await runClient([...target(server), ...sinks(folder)]);
      assertEquals([code, await namesBelow(folder)], [wanted, ["old"]]);
    });
  });
}

Deno.test("a play that reaches no server leaves no file and no folder behind", async () => {
  const server = await RunningProgram.server();
  await server.stop();
  await inFolder(async (folder) => {
    const { code } = await runClient([
      `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`,
      ...sinks(folder),
      ...["--pcap", `${folder}/wire.pcapng`],
    ]);
    assertEquals([code, await namesBelow(folder)], [1, ["old"]]);
  });
});

Deno.test("where one output cannot be written, nothing is left of the others", async () => {
  await inFolder(async (folder) => {
    const { code, stderr } = await runClient([
      "rtsp://127.0.0.1:9/movie.Mjpeg",
      ...["--dump", `${folder}/new/dump`, "--snapshot", `${folder}/missing/one.jpg`],
    ]);
    assertMatch(stderr, /^zoetrope-client: Cannot write ".*one\.jpg": there is no such file .*\n$/);
    assertEquals([code, await namesBelow(folder)], [2, ["old"]]);
  });
});
