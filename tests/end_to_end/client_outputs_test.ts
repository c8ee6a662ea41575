import { assert, assertEquals, assertMatch } from "@std/assert";
import { decode } from "fast-png";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { hasFfmpeg, runFfmpeg } from "../files/ffmpeg.ts";
import { lumaOf, readJpeg } from "../pictures/read_rgb.ts";
import { labMovieFile, labMovieFrames } from "../support/lab_movie.ts";
import { commandLine, ROOT, runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames } from "./play.ts";

const FFMPEG = await hasFfmpeg();

/** The two ways to ask for the movie: the lab dialect brings its bytes, the standard one its pictures. */
interface Targets {
  readonly lab: readonly string[];
  readonly url: string;
}

/** Runs a test with a server and a fresh folder. */
function outputTest(name: string, test: (to: Targets, folder: string) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir({ prefix: "zoetrope-outputs-" });
    try {
      await using server = await RunningProgram.server(["--fps", "50"]);
      const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
      await test({ lab: labForm(server), url }, folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

outputTest("--dump, --every and frames.csv name frames by number", async ({ lab, url }, folder) => {
  const dump = `${folder}/frames`;
  const finished = await runClient([
    ...[...lab, "--frames", "41", "-q"],
    ...["--dump", dump, "--every", "20"],
  ]);
  assertEquals(finished, { code: 0, stdout: "", stderr: "" });
  assertEquals(await namesIn(dump), ["000001.jpg", "000021.jpg", "000041.jpg", "frames.csv"]);
  const files = [1, 21, 41].map((n) => Deno.readFile(`${dump}/${fileName(n)}`));
  assertSameFrames(await Promise.all(files), [0, 20, 40].map((i) => OWN_FRAMES[i] as Uint8Array));
  const [head, ...rows] = await linesOf(`${dump}/frames.csv`);
  assertEquals(head?.join(), "number,file,rtp_timestamp,ntp_time,arrival,arrival_ms,size,whole");
  assertEquals(
    rows.map(([number, file, , , , , size, whole]) => [number, file, size, whole]),
    [1, 21, 41].map((n) => [String(n), fileName(n), String(OWN_FRAMES[n - 1]?.length), "yes"]),
  );
  const standard = `${folder}/standard`;
  await runClient([url, "--frames", "21", "--dump", standard, "--every", "400ms", "-q"]);
  const [, first = [], second = [], ...others] = await linesOf(`${standard}/frames.csv`);
  assertEquals([first[0], second[0], others], ["1", "21", []]);
  assertEquals(Number(second[2]) - Number(first[2]) >>> 0, 20 * 90_000 / 50);
});

/** The fields of a table without quotes. */
async function linesOf(path: string): Promise<string[][]> {
  return (await Deno.readTextFile(path)).trimEnd().split("\n").map((line) => line.split(","));
}

function fileName(number: number): string {
  return `${String(number).padStart(6, "0")}.jpg`;
}

outputTest("--thumbnails and --sheet show the numbers of the frames", async ({ url }, folder) => {
  const { code, stderr } = await runClient([
    ...[url, "--frames", "30", "--at", "0,0.2,0.4", "-q"],
    ...["--thumbnails", `${folder}/small`, "--size", "96", "--sheet", `${folder}/sheet.png`],
    ...["--columns", "2"],
  ]);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(await namesIn(`${folder}/small`), [1, 11, 21].map(fileName));
  for (const number of [1, 11, 21]) {
    const picture = readJpeg(await Deno.readFile(`${folder}/small/${fileName(number)}`));
    assertEquals([picture.width, picture.height], [96, 72]);
    assertEquals(readFrameBlocks(lumaOf(picture), 96, 72), number);
  }
  const { width, height } = decode(await Deno.readFile(`${folder}/sheet.png`));
  assertEquals([width, height], [2 * (96 + 8) + 8, 2 * (72 + 20 + 8) + 8]);
});

outputTest("--at ends the play after its last time", async ({ lab, url }, folder) => {
  for (const [dialect, target] of Object.entries({ lab, standard: [url] })) {
    const dump = `${folder}/${dialect}`;
    const finished = await runClient([...target, "--dump", dump, "--at", "0.4,0"]);
    const [, played] = /^Played (\d+) frames of /.exec(finished.stdout) ?? [];
    assertEquals(finished.code, 0, finished.stderr);
    assert(Number(played) >= 15 && Number(played) < 60, finished.stdout);
    assertEquals((await namesIn(dump)).length, 3);
  }
});

outputTest(
  "--at lets the play go on where a recording wants all frames",
  async ({ url }, folder) => {
    const outputs = ["--dump", `${folder}/d`, "--at", "0.2", "--record", `${folder}/all.Mjpeg`];
    const { code } = await runClient([url, "--frames", "60", "-q", ...outputs]);
    assertEquals([code, await namesIn(`${folder}/d`)], [0, [fileName(11), "frames.csv"]]);
    assertEquals((await labMovieFrames(`${folder}/all.Mjpeg`)).length, 60);
  },
);

outputTest("--test fails where there are no test pictures", async ({ lab, url }) => {
  for (const target of [lab, [url]]) {
    for (const quiet of [[], ["-q"]]) {
      const { code, stderr } = await runClient([...target, "--frames", "5", "--test", ...quiet]);
      assertEquals(code, 1);
      assertMatch(
        stderr,
        /zoetrope-client: Cannot tell the latency of movie\.Mjpeg from .*: none of its 5 frames is a test picture.*\n$/,
      );
    }
  }
});

outputTest("--record writes three kinds of files, byte for byte", async ({ lab }, folder) => {
  const wanted = OWN_FRAMES.slice(0, 40);
  for (const ending of ["Mjpeg", "mjpeg", "avi"]) {
    const path = `${folder}/out.${ending}`;
    const { code, stderr } = await runClient([...lab, "--frames", "40", "--record", path, "-q"]);
    assertEquals([code, stderr], [0, ""]);
  }
  assertEquals(await namesIn(folder), ["out.Mjpeg", "out.avi", "out.mjpeg"]);
  assertSameFrames(await labMovieFrames(`${folder}/out.Mjpeg`), wanted);
  const stream = await Deno.readFile(`${folder}/out.mjpeg`);
  assertEquals(stream.length, labMovieFile(wanted).length - 5 * wanted.length);
});

outputTest("--record FILE.avi has each frame at its time", async ({ url }, folder) => {
  const path = `${folder}/out.avi`;
  assertEquals((await runClient([url, "--frames", "40", "--record", path, "-q"])).code, 0);
  if (!FFMPEG) return;
  const entries = "stream=nb_read_frames,avg_frame_rate";
  const args = ["-count_frames", "-show_entries", entries, "-of", "csv=p=0", path];
  assertEquals((await runFfmpeg("ffprobe", args))?.trim(), "50/1,40");
});

outputTest("--segment begins a new recording", async ({ lab }, folder) => {
  const record = ["--record", `${folder}/door.Mjpeg`, "--segment", "400ms"];
  const { code } = await runClient([...lab, "--frames", "50", ...record, "-q"]);
  assertEquals(code, 0);
  const names = await namesIn(folder);
  assertEquals(names, [1, 2, 3].map((n) => `door-000${n}.Mjpeg`));
  const parts = await Promise.all(names.map((name) => labMovieFrames(`${folder}/${name}`)));
  for (const { length } of parts.slice(0, 2)) assert(Math.abs(length - 20) <= 4, `${length}`);
  assertSameFrames(parts.flat(), OWN_FRAMES.slice(0, 50));
});

outputTest("--output - ends quietly when its reader has gone", async ({ lab }, folder) => {
  const words = commandLine("client", [...lab, "-o", "-", "--quiet"]).map((word) => `'${word}'`);
  const script = `${words.join(" ")} | head -c 20000 > '${folder}/head'; echo \${PIPESTATUS[0]}`;
  const command = new Deno.Command("bash", { args: ["-c", script], cwd: ROOT, stdin: "null" });
  const { stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  assertEquals([decoder.decode(stdout), decoder.decode(stderr)], ["0\n", ""]);
  const head = await Deno.readFile(`${folder}/head`);
  const [first, second] = OWN_FRAMES as [Uint8Array, Uint8Array];
  const whole = new Uint8Array([...first, ...second, ...OWN_FRAMES[2] as Uint8Array]);
  assertEquals(head, whole.subarray(0, 20_000));
});

outputTest(
  "--snapshot writes the first frame, and replaces nothing unasked",
  async ({ lab }, folder) => {
    const path = `${folder}/now.jpg`;
    assertEquals((await runClient([...lab, "--snapshot", path, "-q"])).code, 0);
    assertSameFrames([await Deno.readFile(path)], OWN_FRAMES.slice(0, 1));
    const again = await runClient([...lab, "--snapshot", path]);
    const why =
      `zoetrope-client: Cannot write "${path}": it is there already (--force overwrites it)\n`;
    assertEquals([again.code, again.stderr], [2, why]);
    assertEquals((await runClient([...lab, "--snapshot", path, "--force", "-q"])).code, 0);
    assertEquals(await namesIn(folder), ["now.jpg"]);
  },
);

outputTest("--max-loss, --min-fps and --max-jitter judge the play", async ({ url }) => {
  const play = [url, "--frames", "20"];
  // Bounds that a busy machine keeps as well: the test is about the verdict, not the clock.
  const limits = ["--max-loss", "1%", "--min-fps", "2", "--max-jitter", "5s"];
  const held = await runClient([...play, ...limits]);
  assertEquals(held.code, 0);
  assertMatch(held.stdout, /^Passed: the loss is 0 %, 1 % at most is wanted; the frame rate is /m);
  const failed = await runClient([...play, "--min-fps", "900", "-q"]);
  assertEquals([failed.code, failed.stdout], [4, ""]);
  assertMatch(
    failed.stderr,
    /^zoetrope-client: Failed: the frame rate is [\d.]+ fps, 900 fps at least is wanted\n$/,
  );
});

outputTest(
  "--report writes a page with plots, and a picture where that is allowed",
  async ({ url }, folder) => {
    const [page, picture] = [`${folder}/report.html`, `${folder}/report.png`];
    assertEquals((await runClient([url, "--frames", "60", "--report", page, "-q"])).code, 0);
    const html = await Deno.readTextFile(page);
    for (
      const title of ["Data rate", "Frame rate", "Loss", "Jitter", "Longest gap", "Frame sizes"]
    ) {
      assert(html.includes(`aria-label="${title}`), title);
    }
    const { code, stderr } = await runClient([url, "--frames", "5", "--report", picture, "-q"]);
    if (code === 2) {
      assertMatch(
        stderr,
        /it needs --allow-ffi, --allow-env and --allow-read \(a report that ends/,
      );
      assertEquals(await namesIn(folder), ["report.html"]);
    } else {
      assertEquals([code, stderr], [0, ""]);
      assert(decode(await Deno.readFile(picture)).width > 1000);
    }
  },
);

outputTest("--stats-format writes a line of CSV a second, or Prometheus' text", async ({ url }) => {
  const play = [url, "--frames", "60", "-q", "--stats", "-", "--stats-format"];
  const csv = (await runClient([...play, "csv"])).stdout.trimEnd().split("\n");
  assertEquals(csv[0]?.split(",").slice(0, 4), ["second", "packets", "frames", "payload_bytes"]);
  assertEquals(csv.slice(1).reduce((sum, row) => sum + Number(row.split(",")[2]), 0), 60);
  const text = (await runClient([...play, "prometheus"])).stdout;
  assertMatch(text, /^zoetrope_client_frames_whole_total\{source="movie\.Mjpeg from .*"\} 60$/m);
});

Deno.test("--completions prints a script for the shell", async () => {
  const { code, stdout } = await runClient(["--completions", "bash"]);
  assertEquals(code, 0);
  assert(stdout.includes("complete -o default -F _zoetrope_client zoetrope-client\n"));
});

/** A capture, and the port of the server in it: one that tshark cannot know. */
interface CaptureFile {
  readonly path: string;
  readonly port: string;
}

/** What tshark reads, a value each; `undefined` where it is not installed. */
async function tshark(
  { path, port }: CaptureFile,
  filter: string,
  field: string,
): Promise<string[] | undefined> {
  const rtsp = ["-d", `tcp.port==${port},rtsp`];
  try {
    const { code, stdout } = await new Deno.Command("tshark", {
      args: ["-2", "-r", path, ...rtsp, "-Y", filter, "-T", "fields", "-e", field],
      stderr: "null",
    }).output();
    assertEquals(code, 0);
    return new TextDecoder().decode(stdout).split("\n").flatMap((line) => line.split(","))
      .filter((value) => value !== "");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console -- a test that is left out says so
    console.log("Left out: tshark is not installed");
    return undefined;
  }
}

for (const transport of ["udp", "tcp"]) {
  outputTest(
    `--pcap over ${transport} agrees with our counts in tshark`,
    async ({ url }, folder) => {
      const path = `${folder}/wire.pcapng`;
      const capture = { path, port: new URL(url).port };
      const { code, stdout, stderr } = await runClient([
        ...[url, "--frames", "40", "--transport", transport, "-q"],
        ...["--pcap", path, "--stats", "-"],
      ]);
      assertEquals([code, stderr], [0, ""]);
      assertEquals(await namesIn(folder), ["wire.pcapng"]);
      const complaints = "_ws.malformed or _ws.expert.severity >= error";
      const complained = await tshark(capture, complaints, "frame.number");
      if (complained === undefined) return;
      assertEquals(complained, []);
      const methods = await tshark(capture, "rtsp.method", "rtsp.method");
      assertEquals(methods?.filter((name) => name !== "OPTIONS"), [
        ...["DESCRIBE", "SETUP", "PLAY", "TEARDOWN"],
      ]);
      const sequences = await tshark(capture, "rtp", "rtp.seq");
      const times = (await tshark(capture, "frame", "frame.time_epoch"))?.map(Number) ?? [];
      assertEquals(times, times.toSorted((a, b) => a - b));
      assert(
        times.some((seconds) => seconds * 1000 % 1 > 0.01),
        "all times are whole milliseconds",
      );
      const { packets }: { packets: { received: number } } = JSON.parse(stdout);
      // What comes while TEARDOWN is under way is on the wire, and counts no more.
      const more = (sequences?.length ?? 0) - packets.received;
      assert(more >= 0 && more <= 14, `${sequences?.length} packets, ${packets.received} counted`);
      assert((await tshark(capture, "rtcp", "rtcp.pt"))?.includes("200"), "no sender report");
    },
  );
}

outputTest("--pcap of two sources has both conversations and streams", async ({ url }, folder) => {
  const path = `${folder}/wire.pcapng`;
  const capture = { path, port: new URL(url).port };
  const { code, stderr } = await runClient([url, url, "--frames", "20", "-q", "--pcap", path]);
  assertEquals([code, stderr], [0, ""]);
  const plays = await tshark(capture, 'rtsp.method == "PLAY"', "tcp.stream");
  if (plays === undefined) return;
  assertEquals(plays.toSorted(), ["0", "1"]);
  const sessions = (await tshark(capture, "rtsp.session", "rtsp.session"))?.map((session) =>
    session.replace(/;.*/, "")
  );
  assertEquals(new Set(sessions).size, 2);
  const ports = await tshark(capture, "rtp.marker == 1", "udp.dstport");
  assertEquals(new Set(ports).size, 2);
  assertEquals(await tshark(capture, "_ws.malformed", "frame.number"), []);
});
