import { assertEquals } from "@std/assert";
import { parseProbeOptions } from "../../lib/command_line/probe_options.ts";
import { runClient } from "../support/programs.ts";

/** What is typed, and what each shell has to offer for its last word. */
const CASES: readonly (readonly [typed: string, offered: readonly string[]])[] = [
  ["zoetrope-client pro", ["probe"]],
  ["zoetrope-client probe --j", ["--json"]],
  ["zoetrope-client probe rtsp://h/a --tra", ["--trace", "--transport"]],
  ["zoetrope-client probe --transport m", ["multicast"]],
  ["zoetrope-client convert --fo", ["--force"]],
  ["zoetrope-client --reco", ["--reconnect", "--record"]],
];

/** What a shell prints; `undefined`, and a line, where it is not installed. */
async function run(shell: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const env = { HOME: "/nowhere", PATH: Deno.env.get("PATH") ?? "", TERM: "dumb" };
    const options = { args: [...args], env, clearEnv: true, signal: AbortSignal.timeout(30_000) };
    const { stdout } = await new Deno.Command(shell, options).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console -- a test that is left out says so
    console.log(`Left out: ${shell} is not installed`);
    return undefined;
  }
}

/** The client's own script for a shell, in a file while `use` runs. */
async function withScript(shell: string, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ prefix: "zoetrope-completions-" });
  try {
    const { code, stdout } = await runClient(["--completions", shell]);
    assertEquals(code, 0);
    await Deno.writeTextFile(path, stdout);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "").toSorted();

Deno.test("bash completes the client's commands and their options", () =>
  withScript("bash", async (path) => {
    const script = 'source "$1"; read -ra COMP_WORDS <<< "$2"; ' +
      "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _zoetrope_client; echo ${COMPREPLY[@]}";
    for (const [typed, offered] of CASES) {
      const answer = await run("bash", ["--norc", "-c", script, "bash", path, typed]);
      if (answer !== undefined) assertEquals(words(answer), offered, typed);
    }
    const typed = "zoetrope-client probe --";
    const answer = await run("bash", ["--norc", "-c", script, "bash", path, typed]);
    const help = parseProbeOptions(["--help"], "1");
    const named = help.kind === "help" ? help.text.match(/(?<=^ +(?:-\w, )?)--[a-z-]+/gm) : [];
    if (answer !== undefined) assertEquals(words(answer), words(named?.join(" ") ?? ""));
  }));

Deno.test("fish completes the client's commands and their options", () =>
  withScript("fish", async (path) => {
    for (const [typed, offered] of CASES) {
      const script = `source ${path}; complete -C '${typed}'`;
      const answer = await run("fish", ["--no-config", "-c", script]);
      if (answer === undefined) continue;
      const found = answer.trimEnd().split("\n").map((line) => line.split("\t")[0] ?? "");
      assertEquals(found.toSorted(), offered, typed);
    }
  }));

/** Types into a zsh on a terminal of its own, presses Tab, and says what the line is then. */
const ZSH = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "autoload -Uz compinit && compinit -D; source $1"
zpty -w z 'shown() { print -r -- "<" "$BUFFER" ">" }; zle -N shown; bindkey "^X" shown'
zpty -w z 'print -r -- REA""DY'
zpty -r -m z answer '*READY*'
zpty -w -n z "$2"$'\\t\\x18'
zpty -r -m z answer '*< * >*'
print -r -- "\${\${answer##*< }%% >*}"
zpty -d z
`;

Deno.test("zsh completes the client's commands and their options", () =>
  withScript("zsh", async (path) => {
    for (const [typed, [first = "", ...others]] of CASES) {
      if (others.length > 0) continue; // more than one fits: the line stays as it is
      const answer = await run("zsh", ["-f", "-c", ZSH, "zsh", path, typed]);
      if (answer === undefined) continue;
      assertEquals(answer.trimEnd(), typed.replace(/\S+$/, first));
    }
  }));
