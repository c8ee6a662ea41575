import { assert, assertEquals, assertMatch } from "@std/assert";
import { commandLine, RunningProgram } from "../support/programs.ts";
import { hasPseudoTerminal, onTerminal } from "../support/pseudo_terminal.ts";

const HAS_TERMINAL = await hasPseudoTerminal();
// deno-lint-ignore no-console -- a test that is left out says so
if (!HAS_TERMINAL) console.log("Tests on a terminal are left out: python3 is not installed");

/** Plays the movie, as often as wanted at the same time, on a terminal of 120 columns, then of 40. */
async function playOnTerminal(args: readonly string[], sources: number = 1): Promise<string> {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const urls = Array.from({ length: sources }, () => url);
  const { code, shown } = await onTerminal(commandLine("client", [...urls, ...args]), 120, 40);
  assertEquals(code, 0, shown);
  return shown;
}

/** What erases the rest of a line. */
const ERASE = "\x1b[K";

/** The status lines, as they were drawn. */
const linesIn = (shown: string) =>
  shown.split("\r").filter((line) => line.endsWith(ERASE) && line.includes(" frame"))
    .map((line) => line.slice(0, -ERASE.length));

/** What stays on a terminal: each line as it was last written. */
function remains(shown: string): string[] {
  return shown.replace("<resized>", "").replaceAll(ERASE, "").split("\r\n").map((line) =>
    line.slice(line.lastIndexOf("\r") + 1)
  );
}

Deno.test({
  name: "a terminal gets a status line with a bar while it plays, of which nothing stays",
  ignore: !HAS_TERMINAL,
  fn: async () => {
    const shown = await playOnTerminal(["--frames", "60"]);
    const [before = "", after = ""] = shown.split("<resized>");
    const line = linesIn(before).at(-1) ?? "";
    assertMatch(
      line,
      /^\[[#.]{30}\] +\d+ % {2}\d+ frames {2}\d+\.\d fps {2}loss 0\.00 % {2}jitter \d+\.\d ms {2}rtt \d+\.\d ms$/,
    );
    const narrow = linesIn(after).at(-1) ?? "";
    assertMatch(narrow, /^ *\d+ % {2}\d+ frames {2}\d+\.\d fps {2}/);
    assertEquals(narrow.length, 39); // one column stays free
    const left = remains(shown);
    assertEquals(left.filter((text) => / fps|\[[#.]+\]/.test(text)), [], left.join("\n"));
    assert(left.some((text) => /^Played 60 frames of movie\.Mjpeg/.test(text)), left.join("\n"));
    assertEquals(left.at(-1), "");
  },
});

Deno.test({
  name: "a terminal gets one status line for several sources",
  ignore: !HAS_TERMINAL,
  fn: async () => {
    const shown = await playOnTerminal(["--frames", "60"], 3);
    const [before = "", after = ""] = shown.split("<resized>");
    const line = linesIn(before).at(-1) ?? "";
    assertMatch(line, /^3 sources {2}\d+ frames {2}\d+\.\d fps {2}loss 0\.00 %$/);
    const narrow = linesIn(after).filter((text) => text.startsWith("3 sources"));
    assert(narrow.every((text) => text.length <= 39), narrow.join("\n")); // one column stays free
    const left = remains(shown);
    assertEquals(left.filter((text) => / fps/.test(text)), [], left.join("\n"));
    for (const number of [1, 2, 3]) {
      const heading = `[${number}] Played 60 frames of movie.Mjpeg`;
      assert(left.some((text) => text.startsWith(heading)), left.join("\n"));
    }
  },
});

Deno.test({
  name: "a terminal gets no status line with --quiet",
  ignore: !HAS_TERMINAL,
  fn: async () => {
    assertEquals((await playOnTerminal(["--frames", "20", "--quiet"])).trim(), "");
  },
});
