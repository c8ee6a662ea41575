import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseCommandLine } from "../../lib/command_line/parse_command_line.ts";
import type { CommandLineSpec } from "../../lib/command_line/command_line_spec.ts";
import type { OptionTable } from "../../lib/command_line/option_table.ts";
import { SeededRandom } from "../support/random.ts";

const TABLE = {
  loop: { kind: "flag", short: "l", group: "Playing", help: "start again" },
  noCut: { kind: "flag", group: "Playing", help: "do not cut" },
  name: { kind: "text", short: "n", group: "Playing", help: "a name", default: "nobody" },
  title: { kind: "text", group: "Playing", help: "a title" },
  at: { kind: "duration", min: 0, max: 10_000, repeat: true, group: "Playing", help: "when" },
  count: {
    kind: "integer",
    short: "c",
    min: -5,
    max: 9,
    default: 3,
    group: "Numbers",
    help: "how many",
  },
  rate: { kind: "number", min: 0.1, max: 240, group: "Numbers", help: "how fast" },
  cache: { kind: "size", min: 0, max: 2 ** 30, default: 4096, group: "Numbers", help: "memory" },
  mode: { kind: "choice", choices: ["text", "modern"], default: "text", group: "Other", help: "x" },
  host: { kind: "address", group: "Other", help: "where" },
  out: { kind: "file", group: "Other", help: "a folder" },
} as const satisfies OptionTable;

const SPEC: CommandLineSpec<typeof TABLE> = {
  program: "thing",
  version: "1.2.3",
  summary: "does things",
  usage: ["[PORT]", "URL"],
  argumentHelp: [{ name: "PORT", help: "where" }],
  mostArguments: 2,
  options: TABLE,
  conflicts: [["loop", "noCut"]],
  needs: [["title", "out"]],
  examples: [{ command: "thing 1", help: "Do one" }],
};

const DEFAULTS = {
  loop: false,
  noCut: false,
  name: "nobody",
  title: undefined,
  at: [],
  count: 3,
  rate: undefined,
  cache: 4096,
  mode: "text",
  host: undefined,
  out: undefined,
} as const;

const GOOD: [string[], Partial<Record<keyof typeof TABLE, unknown>>, string[]?][] = [
  [[], {}],
  [["--loop"], { loop: true }],
  [["-l"], { loop: true }],
  [["--no-cut"], { noCut: true }],
  [["--name", "x"], { name: "x" }],
  [["--name=x=y"], { name: "x=y" }],
  [["-n", "x"], { name: "x" }],
  [["-nx"], { name: "x" }],
  [["-nx=y"], { name: "x=y" }],
  [["-n=x"], { name: "x" }],
  [["-ln", "x"], { loop: true, name: "x" }],
  [["-c5"], { count: 5 }],
  [["--name", "-"], { name: "-" }],
  [["--name", "two words"], { name: "two words" }],
  [["--count", "-5"], { count: -5 }],
  [["-c", "-5"], { count: -5 }],
  [["--count=0x9"], { count: 9 }],
  [["--rate", ".5"], { rate: 0.5 }],
  [["--rate", "29.97"], { rate: 29.97 }],
  [["--cache", "256MB"], { cache: 2 ** 28 }],
  [["--at", "1.5", "--at", "250ms"], { at: [1500, 250] }],
  [["--mode", "modern"], { mode: "modern" }],
  [["--host", "::1"], { host: "::1" }],
  [["--title", "t", "--out", "d"], { title: "t", out: "d" }],
  [["8554", "007"], {}, ["8554", "007"]],
  [["8554", "--loop", "x"], { loop: true }, ["8554", "x"]],
  [["--", "--loop", "-x"], {}, ["--loop", "-x"]],
  [["--loop", "--loop"], { loop: true }],
];
for (const [argv, values, args = []] of GOOD) {
  Deno.test(`parseCommandLine() reads ${argv.join(" ") || "nothing"}`, () => {
    assertEquals(parseCommandLine(SPEC, argv), {
      kind: "options",
      values: { ...DEFAULTS, ...values } as never,
      arguments: args,
    });
  });
}

const BAD: [string[], string][] = [
  [["--lop"], "Unknown option --lop, did you mean --loop?"],
  [["--nocut"], "Unknown option --nocut, did you mean --no-cut?"],
  [["--xyzzy=3"], "Unknown option --xyzzy"],
  [["-z"], "Unknown option -z"],
  [["-lz"], "Unknown option -z"],
  [["--constructor"], "Unknown option --constructor"],
  [["--__proto__=x"], "Unknown option --__proto__"],
  [["--name"], "--name needs a value: a text"],
  [["--name="], "--name needs a value: a text"],
  [["--name", "--loop"], "--name needs a value: a text"],
  [["--name", "--", "1"], "--name needs a value: a text"],
  [["--name", "a", "--name", "b"], "--name is given 2 times, once is enough"],
  [["--name", "a", "-n", "b"], "--name is given 2 times, once is enough"],
  [["--count", "10"], '--count needs an integer from -5 to 9, not "10"'],
  [["--count", "1.5"], '--count needs an integer from -5 to 9, not "1.5"'],
  [["--count", "1e1"], '--count needs an integer from -5 to 9, not "1e1"'],
  [["--rate", "0"], '--rate needs a number from 0.1 to 240, not "0"'],
  [["--rate", "fast"], '--rate needs a number from 0.1 to 240, not "fast"'],
  [["--rate", "NaN"], '--rate needs a number from 0.1 to 240, not "NaN"'],
  [["--at", "11s"], '--at needs a time from 0s to 10s, not "11s"'],
  [["--at", "1s", "--at", "soon"], '--at needs a time from 0s to 10s, not "soon"'],
  [["--cache", "2G"], '--cache needs a size from 0 to 1073741824 bytes, not "2G"'],
  [["--mode", "old"], '--mode needs text or modern, not "old"'],
  [["--host", "a b"], '--host needs a host name or an IP address, not "a b"'],
  [["--out", "a\0b"], '--out needs a path, not "a\\u0000b"'],
  [["--loop=maybe"], "--loop takes no value"],
  [["-l=1"], "--loop takes no value"],
  [["--loop", "--no-cut"], "--loop and --no-cut contradict each other"],
  [["--title", "t"], "--title means nothing without --out"],
  [["a", "b", "c"], 'Too many arguments: "c" is one more than fit in thing [PORT] or thing URL'],
];
for (const [argv, message] of BAD) {
  Deno.test(`parseCommandLine() refuses ${JSON.stringify(argv.join(" "))}`, () => {
    assertEquals(parseCommandLine(SPEC, argv), { kind: "problem", message });
  });
}

Deno.test("parseCommandLine() shows help and version before any problem", () => {
  for (const argv of [["--help"], ["-h"], ["-lh"], ["--xyzzy", "--help"], ["--count", "x", "-h"]]) {
    assertEquals(parseCommandLine(SPEC, argv).kind, "help");
  }
  const text = "thing 1.2.3\n";
  for (const argv of [["--version"], ["-V"], ["--xyzzy", "--version"]]) {
    assertEquals(parseCommandLine(SPEC, argv), { kind: "version", text });
  }
  assertEquals(parseCommandLine(SPEC, ["--version", "--help"]).kind, "help");
  assertEquals(parseCommandLine(SPEC, ["--", "--help"]).kind, "options");
});

Deno.test("parseCommandLine() types its values by the table", () => {
  const parsed = parseCommandLine(SPEC, ["--rate", "2"]);
  assert(parsed.kind === "options");
  const { values } = parsed;
  // Each of these compiles only if the type is right.
  const loop: boolean = values.loop;
  const count: number = values.count;
  const rate: number | undefined = values.rate;
  const mode: "text" | "modern" = values.mode;
  const at: readonly number[] = values.at;
  const title: string | undefined = values.title;
  assertEquals([loop, count, rate, mode, at, title], [false, 3, 2, "text", [], undefined]);
});

Deno.test("parseCommandLine() formats help in groups", () => {
  const parsed = parseCommandLine(SPEC, ["--help"]);
  assert(parsed.kind === "help");
  assertStringIncludes(
    parsed.text,
    "thing 1.2.3: does things\n\nUsage:\n  thing [PORT]\n  thing URL\n",
  );
  assertStringIncludes(
    parsed.text,
    `
Numbers:
  -c, --count N           how many (default: 3)
      --rate N            how fast
      --cache SIZE        memory (default: 4K)

Other:
      --mode text|modern  x (default: text)
      --host ADDRESS      where
      --out PATH          a folder
      --completions bash|zsh|fish
                          print a script that lets this shell complete the
                          options
  -h, --help              show this text
  -V, --version           show the version

Examples:
  # Do one
  thing 1
`,
  );
  assertStringIncludes(parsed.text, "--at TIME           when (may be repeated)\n");
});

Deno.test("parseCommandLine() survives 20,000 random command lines", () => {
  const random = new SeededRandom(6);
  const pieces = [
    "--",
    "-",
    "=",
    "loop",
    "name",
    "count",
    "no-",
    "5",
    "-5",
    "l",
    "n",
    "é",
    "\0",
    " ",
    ".",
  ];
  const kinds = new Map<string, number>();
  for (let run = 0; run < 20_000; run++) {
    const argv = Array.from({ length: random.below(4) }, () => {
      const count = random.below(4);
      return Array.from({ length: count }, () => pieces[random.below(pieces.length)]).join("");
    });
    const { kind } = parseCommandLine(SPEC, argv);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  assert((kinds.get("options") ?? 0) > 1000 && (kinds.get("problem") ?? 0) > 1000);
});
