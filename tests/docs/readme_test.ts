import { assert, assertEquals, assertMatch } from "@std/assert";
import { labMovieFile } from "../support/lab_movie.ts";
import { ROOT, runClient, RunningProgram } from "../support/programs.ts";
import { OWN_FRAMES } from "../end_to_end/movies.ts";
import { fencedCommands, shellWords } from "./markdown.ts";

const COMMANDS = fencedCommands(await Deno.readTextFile(new URL("README.md", ROOT)));

/** What a command of the README needs while it runs. */
interface Surroundings {
  /** Where files may be written; the movies `movies/movie.Mjpeg` and `holiday.Mjpeg` are in it. */
  readonly folder: string;
  /** The port of a server that takes the place of 8554. */
  readonly port: number;
}

/** Files and folders of the user's. */
const USER_PATH = /^(out|movies|holiday|sheet|report|snapshot|frames|small|figures|wire)(\.\w+)?$/;

/** What is written goes into the folder, and nothing leaves the machine. */
function adapted(word: string, { folder, port }: Surroundings): string {
  if (USER_PATH.test(word)) return `${folder}/${word}`;
  if (word === "8h") return "1s";
  if (word === "25000" || word === "8080") return "0";
  return word.replace("8554", String(port)).replace("0.0.0.0", "127.0.0.1");
}

/** Starts the server as the README says, at a free port. */
async function serve(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const args = words.filter((word) => word !== "8554").map((word) => adapted(word, surroundings));
  await using server = await RunningProgram.server(args);
  assert(server.stdout.includes("/movie.Mjpeg"), server.stdout);
}

/** Plays as the README says, but a second at most where it would play all, and without what reads a pipe. */
async function play(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const piped = words.includes("|") ? words.slice(0, words.indexOf("|")) : words;
  const args = piped.map((word) => adapted(word, surroundings));
  const endsItself = ["--frames", "--duration", "--script", "convert", "probe"].some((word) =>
    args.includes(word)
  );
  const { code, stderr } = await runClient(endsItself ? args : [...args, "--duration", "1"]);
  const isHeld = code === 0 || (code === 4 && args.includes("--max-loss"));
  assert(isHeld, `exit code ${code}: ${stderr}`);
}

/** Runs a program of others to its end. */
async function runOther(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const [program = "", ...args] = words.map((word) => adapted(word, surroundings));
  const command = new Deno.Command(program, { args, cwd: surroundings.folder, stdin: "null" });
  const { code, stderr } = await command.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
}

/** Whether a program is on the PATH. */
function isInstalled(program: string): boolean {
  try {
    new Deno.Command(program, { args: ["--version"], stdin: "null" }).outputSync();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

type Runner = (words: readonly string[], surroundings: Surroundings) => Promise<void>;

/** How each kind of command is tried; `undefined`: it is not, for the reason beside it. */
const KINDS: readonly (readonly [start: string, runner: Runner | undefined])[] = [
  ["deno task serve", serve],
  ["deno task play", play],
  ["ffmpeg", runOther],
  ["gst-launch-1.0", runOther],
  ["ffplay", undefined], // opens a window
  ["make", undefined], // pages_test.ts looks for its target
];

for (const command of COMMANDS) {
  const kind = KINDS.find(([start]) => `${command} `.startsWith(`${start} `));
  if (kind === undefined) throw new Error(`README.md has a command of a new kind: ${command}`);
  const [start, runner] = kind;
  if (runner === undefined) continue;
  const missing = runner === runOther && !isInstalled(start);
  Deno.test({
    name: `README: ${command}${missing ? ` (skipped: ${start} is not installed)` : ""}`,
    ignore: missing,
    fn: () => tryCommand(shellWords(command), runner),
  });
}

/** Runs a command beside a server of our own movie. */
async function tryCommand(words: readonly string[], runner: Runner): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-readme-" });
  try {
    await Deno.mkdir(`${folder}/movies`);
    const movie = labMovieFile(OWN_FRAMES.slice(0, 5));
    for (const name of ["movies/movie.Mjpeg", "holiday.Mjpeg"]) {
      await Deno.writeFile(`${folder}/${name}`, movie);
    }
    await using server = await RunningProgram.server(["--fps", "100", "--test"]);
    const isOurs = words[0] === "deno"; // deno task serve …, deno task play …
    await runner(isOurs ? words.slice(3) : words, { folder, port: server.port });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("README: make demo", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "demo", "--frames", "20"],
    cwd: ROOT,
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, text);
  assertMatch(text, /^C: SETUP .*movie\.Mjpeg/m);
  assertMatch(text, /^Played 20 frames of movie\.Mjpeg from 127\.0\.0\.1:/m);
  const frame = await Deno.readFile(new URL("out/000020.jpg", ROOT));
  assertEquals([...frame.subarray(0, 2), ...frame.subarray(-2)], [0xff, 0xd8, 0xff, 0xd9]);
});
