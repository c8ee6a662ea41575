import { assert, assertEquals, assertMatch } from "@std/assert";
import { runClient, RunningProgram, type RunningServer } from "../support/programs.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, readFrames, type Statistics } from "./play.ts";
import { requestsIn } from "./requests_in.ts";

type Source = Statistics & { readonly source: { readonly file: string } };

/** Runs a test with a server and a fresh folder. */
function severalTest(
  name: string,
  serverArgs: readonly string[],
  test: (server: RunningServer, folder: string) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir({ prefix: "zoetrope-several-" });
    try {
      await using server = await RunningProgram.server(serverArgs);
      await test(server, folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

function urlOf({ port }: RunningServer, file: string = "movie.Mjpeg"): string {
  return `rtsp://127.0.0.1:${port}/${file}`;
}

async function sourcesIn(path: string): Promise<Source[]> {
  const sources = JSON.parse(await Deno.readTextFile(path));
  assert(Array.isArray(sources));
  return sources;
}

severalTest(
  "two sources and one that is not there: the outputs of each, and exit code 3",
  ["--fps", "50"],
  async (server, folder) => {
    const urls = [urlOf(server), urlOf(server, "none"), urlOf(server)];
    const { code, stdout, stderr } = await runClient([
      ...[...urls, "--frames", "30"],
      ...["--dump", `${folder}/frames`, "--every", "10", "--thumbnails", `${folder}/small`],
      ...["--sheet", `${folder}/sheet.png`, "--record", `${folder}/door.avi`],
      ...["--segment", "300ms", "--report", `${folder}/report.html`],
      ...["--pcap", `${folder}/all.pcapng`, "--stats", `${folder}/all.json`],
    ]);
    assertEquals(code, 3, stderr);
    const names = await namesIn(folder);
    assertEquals(names.filter((name) => name.startsWith("door-")), [
      ...["door-1-0001.avi", "door-1-0002.avi", "door-3-0001.avi", "door-3-0002.avi"],
    ]);
    assertEquals(names.filter((name) => !name.startsWith("door-")), [
      ...["all.json", "all.pcapng", "frames", "report-1.html", "report-2.html", "report-3.html"],
      ...["sheet-1.png", "sheet-3.png", "small"],
    ]);
    const pictures = ["000001.jpg", "000011.jpg", "000021.jpg"];
    for (const number of [1, 3]) {
      assertEquals(await namesIn(`${folder}/small/${number}`), pictures);
      assertEquals(await namesIn(`${folder}/frames/${number}`), [...pictures, "frames.csv"]);
    }
    assertEquals(await namesIn(`${folder}/frames`), ["1", "3"]);
    const sources = await sourcesIn(`${folder}/all.json`);
    assertEquals(
      sources.map(({ source, outcome, frames }) => [source.file, outcome, frames.whole]),
      [["movie.Mjpeg", "played", 30], ["none", "refused", 0], ["movie.Mjpeg", "played", 30]],
    );
    assertMatch(stdout, /^\[3\] Played 30 frames of movie\.Mjpeg from /m);
    assertMatch(stdout, /^\[1\] Frames: +30 whole, 0 broken, 0 not written$/m);
    assertMatch(stderr, /^\[2\] zoetrope-client: Cannot play none from .* 404 Not Found$/m);
    const lines = (stdout + stderr).trimEnd().split("\n");
    assertEquals(lines.filter((line) => !/^\[[123]\] ./.test(line)), []);
  },
);

severalTest(
  "several sources play at the same time, in the lab dialect too",
  ["--fps", "50"],
  async (server, folder) => {
    const urls = [urlOf(server), urlOf(server)];
    const { code, stdout, stderr } = await runClient([
      ...[...urls, "--dialect", "lab", "--frames", "50", "--quiet"],
      ...["--dump", folder, "--stats", "-", "--stats-format", "csv"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    for (const number of [1, 2]) {
      assertSameFrames(await readFrames(`${folder}/${number}`), OWN_FRAMES.slice(0, 50));
    }
    const [head = "", ...rows] = stdout.trimEnd().split("\n");
    assertMatch(head, /^source,second,packets,frames,/);
    assertEquals([...new Set(rows.map((row) => row.split(",")[0]))], ["1", "2"]);
    const requests = requestsIn((await server.stop()).stderr);
    assertEquals(requests.toSorted(), ["PLAY", "PLAY", "SETUP", "SETUP", "TEARDOWN", "TEARDOWN"]);
    assert(requests.lastIndexOf("PLAY") < requests.indexOf("TEARDOWN"), requests.join(" "));
  },
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  severalTest(`${signal} ends all sources, each with TEARDOWN`, [], async (server, folder) => {
    const urls = [urlOf(server), urlOf(server), urlOf(server)];
    const client = RunningProgram.client([...urls, "--dialect", "lab", "--dump", folder]);
    for (const number of [1, 2, 3]) await appears(`${folder}/${number}/000001.jpg`);
    const { code, stdout, stderr } = await client.stop(signal);
    assertEquals(code, 0, stderr);
    for (const number of [1, 2, 3]) {
      assertMatch(stdout, new RegExp(`^\\[${number}\\] Played [1-9]\\d* frames? of movie`, "m"));
    }
    const requests = requestsIn((await server.stop()).stderr);
    assertEquals(requests.filter((method) => method === "TEARDOWN").length, 3);
  });
}

/** Waits until there is such a file. */
async function appears(path: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      await Deno.stat(path);
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${path} does not appear`);
}

severalTest(
  "what cannot be written for one source is said before anything is sent, and nothing is left",
  [],
  async (server, folder) => {
    await Deno.writeTextFile(`${folder}/door-2.avi`, "mine");
    const { code, stdout, stderr } = await runClient([
      ...[urlOf(server), urlOf(server), "--record", `${folder}/door.avi`],
      ...["--report", `${folder}/report.html`, "--pcap", `${folder}/all.pcapng`],
      ...["--stats", `${folder}/all.json`],
    ]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^zoetrope-client: Cannot record ".*\/door-2\.avi": .*\n$/);
    const late = await runClient([
      ...[urlOf(server), urlOf(server), "--record", `${folder}/yard.avi`],
      ...["--dump", `${folder}/frames`, "--thumbnails", `${folder}/small/er`],
      ...["--pcap", `${folder}/all.pcapng`, "--stats", `${folder}/none/all.json`],
    ]);
    assertEquals([late.code, late.stdout], [2, ""]);
    assertMatch(late.stderr, /^zoetrope-client: Cannot write .*\n$/);
    assertEquals(await namesIn(folder), ["door-2.avi"]);
    assertEquals((await server.stop()).stderr.match(/Connected/), null);
  },
);

severalTest(
  "ten sources of 1080p keep up with a thumbnail a second",
  ["--test"],
  async (server, folder) => {
    const url = urlOf(server, "test?size=1920x1080&fps=25");
    const stats = `${folder}/all.json`;
    const { code, stdout, stderr } = await runClient([
      ...Array.from({ length: 10 }, () => url),
      ...["--transport", "tcp", "--frames", "51", "--thumbnails", `${folder}/small`],
      ...["--every", "1s", "--stats", stats, "--quiet"],
    ]);
    assertEquals([code, stdout], [0, ""], stderr);
    const sources = await sourcesIn(stats);
    assertEquals(sources.length, 10);
    for (const [index, { frames }] of sources.entries()) {
      assertEquals([frames.broken, frames.notWritten], [0, 0]);
      // 51 frames last 2 s, and longer where the server was too slow and left some out.
      const { length } = await namesIn(`${folder}/small/${index + 1}`);
      assert(length >= 3 && length < 26, `${length} pictures of 51 frames`);
    }
  },
);
