import { assert, assertEquals } from "@std/assert";
import { parseConvertOptions } from "../../lib/command_line/convert_options.ts";

Deno.test("parseConvertOptions() reads what to convert, and how", () => {
  assertEquals(parseConvertOptions(["a.avi", "b.Mjpeg"], "1.0.0"), {
    kind: "options",
    options: { input: "a.avi", output: "b.Mjpeg", force: false, fps: 20, quiet: false },
  });
  assertEquals(parseConvertOptions(["a", "-f", "out/", "--fps", "12.5", "-q"], "1.0.0"), {
    kind: "options",
    options: { input: "a", output: "out/", force: true, fps: 12.5, quiet: true },
  });
});

const PROBLEMS: [string[], string][] = [
  [[], "IN and OUT are missing: zoetrope-client convert IN OUT"],
  [["a.avi"], "OUT is missing: zoetrope-client convert IN OUT"],
  [["a", "b.avi", "c"], 'Too many arguments: "c" is one more than fit in'],
  [["a", "b.avi", "--fps", "0"], '--fps needs a number from 0.1 to 1000, not "0"'],
];
for (const [argv, message] of PROBLEMS) {
  Deno.test(`parseConvertOptions() says what is wrong with "${argv.join(" ")}"`, () => {
    const parsed = parseConvertOptions(argv, "1.0.0");
    assert(parsed.kind === "problem" && parsed.message.startsWith(message), JSON.stringify(parsed));
  });
}

Deno.test("parseConvertOptions() has help and version", () => {
  const help = parseConvertOptions(["--help"], "1.2.3");
  assert(help.kind === "help" && help.text.includes("zoetrope-client convert IN OUT"));
  const version = parseConvertOptions(["-V"], "1.2.3");
  assertEquals(version, { kind: "version", text: "zoetrope-client convert 1.2.3\n" });
});
