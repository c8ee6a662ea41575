import { assert, assertEquals } from "@std/assert";
import {
  COMPLETION_SHELLS,
  completionScript,
  type CompletionShell,
} from "../../lib/command_line/completion_script.ts";
import type { OptionTable } from "../../lib/command_line/option_table.ts";

const OPTIONS: OptionTable = {
  duration: { kind: "duration", min: 1, max: 9, short: "d", group: "A", help: "stop it's: [late]" },
  dump: { kind: "file", placeholder: "DIR", group: "A", help: "a folder" },
  labRtp: { kind: "choice", choices: ["exercise", "modern"], group: "A", help: "which $HOME `id`" },
  allow: { kind: "text", repeat: true, group: "A", help: "may be repeated" },
  loop: { kind: "flag", short: "l", group: "A", help: "again" },
  record: { kind: "file", group: "A", help: "a file" },
};
const COMMANDS = {
  probe: {
    json: { kind: "flag", group: "A", help: "as JSON" },
    transport: { kind: "choice", choices: ["udp", "tcp"], group: "A", help: "by which" },
  },
  convert: { loop: { kind: "flag", short: "l", group: "A", help: "again" } },
} as const satisfies Record<string, OptionTable>;
const PROGRAM = { program: "zoetrope-sample", options: OPTIONS };
const WITH_COMMANDS = { ...PROGRAM, commands: COMMANDS };

/** Runs a script in a shell; `undefined` where the shell is not installed. */
async function run(
  shell: string,
  script: string,
  args: string[] = [],
): Promise<string | undefined> {
  const file = await Deno.makeTempFile({ suffix: `.${shell}` });
  try {
    await Deno.writeTextFile(file, script);
    const env = { HOME: "/nowhere", PATH: Deno.env.get("PATH") ?? "", TERM: "dumb" };
    const options = { args: [...args, file], env, clearEnv: true };
    const { code, stdout, stderr } = await new Deno.Command(shell, options).output();
    const decoder = new TextDecoder();
    if (code !== 0) throw new Error(`${shell} failed: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console -- a test that is left out says so
    console.log(`Left out: ${shell} is not installed`);
    return undefined;
  } finally {
    await Deno.remove(file);
  }
}

/** What bash offers for the last of these words. */
async function offeredByBash(words: readonly string[]): Promise<string[] | undefined> {
  const list = words.map((word) => `'${word}'`).join(" ");
  const script = completionScript("bash", WITH_COMMANDS) +
    `COMP_WORDS=(zoetrope-sample ${list})\nCOMP_CWORD=${words.length}\n` +
    `_zoetrope_sample\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
  return (await run("bash", script))?.trimEnd().split("\n");
}

const BASH_CASES: [string, string[], string[]][] = [
  ["options that begin so", ["--du"], ["--duration", "--dump"]],
  ["a choice's words", ["--lab-rtp", ""], ["exercise", "modern"]],
  ["those that begin so", ["--lab-rtp", "m"], ["modern"]],
  ["words behind an equals sign", ["--lab-rtp", "=", "e"], ["exercise"]],
  ["words right at the equals sign", ["--lab-rtp", "="], ["exercise", "modern"]],
  ["nothing for a time", ["-d", ""], [""]],
  ["options after a flag", ["-l", "--ver"], ["--version"]],
  ["commands in the first place", ["p"], ["probe"]],
  ["a command's options", ["probe", "--"], ["--json", "--transport", "--help", "--version"]],
  ["a command's options behind its URL", ["probe", "rtsp://h/a", "--j"], ["--json"]],
  ["a choice's words of a command", ["probe", "--transport", "=", "t"], ["tcp"]],
  ["another command's options", ["convert", "-"], [
    "--loop",
    "-l",
    "--help",
    "-h",
    "--version",
    "-V",
  ]],
  ["no command's options in front of it", ["--j"], [""]],
];
for (const [name, words, wanted] of BASH_CASES) {
  Deno.test(`completionScript() lets bash offer ${name}`, async () => {
    const offered = await offeredByBash(words);
    if (offered !== undefined) assertEquals(offered, wanted);
  });
}

const SYNTAX_CHECKS: Readonly<Record<CompletionShell, string[]>> = {
  bash: ["-n"],
  zsh: ["-n"],
  fish: ["--no-execute"],
};
for (const shell of COMPLETION_SHELLS) {
  Deno.test(`completionScript() writes what ${shell} can read, with every option`, async () => {
    const script = completionScript(shell, PROGRAM);
    await run(shell, script, SYNTAX_CHECKS[shell]);
    await run(shell, completionScript(shell, WITH_COMMANDS), SYNTAX_CHECKS[shell]);
    for (const name of ["duration", "dump", "lab-rtp", "allow", "loop", "record", "help"]) {
      assert(script.includes(name), name);
    }
  });
}

Deno.test("completionScript() lets fish offer options and a choice's words", async () => {
  const asked = ["zoetrope-sample --lab-rtp ''", "zoetrope-sample --du", "zoetrope-sample "];
  const script = completionScript("fish", WITH_COMMANDS) +
    asked.map((line) => `complete -C "${line}"; echo ---\n`).join("");
  const answer = await run("fish", script);
  if (answer === undefined) return;
  const [choices = "", options = "", commands = ""] = answer.split("---\n");
  assertEquals(choices.trimEnd().split("\n").map((line) => line.split("\t")[0]), [
    "exercise",
    "modern",
  ]);
  assertEquals(options.trimEnd().split("\n"), [
    "--dump\ta folder",
    "--duration\tstop it's: [late]",
  ]);
  assert(commands.includes("probe"));
});

Deno.test("completionScript() defines a function for zsh that its completion system can load", async () => {
  const script = "autoload -Uz compinit && compinit -D\n" + completionScript("zsh", PROGRAM) +
    "print -r -- ${_comps[zoetrope-sample]} ${+functions[_zoetrope_sample]}\n";
  const answer = await run("zsh", script, ["-f"]);
  if (answer !== undefined) assertEquals(answer, "_zoetrope_sample 1\n");
});
