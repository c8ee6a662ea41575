import config from "./deno.json" with { type: "json" };
import { labFileProblem } from "./lib/client/lab_file_problem.ts";
import { type ClientOptions, parseClientOptions } from "./lib/command_line/client_options.ts";
import { ClientConsole } from "./lib/programs/client_console.ts";
import type { ClientPlays, ClientSources } from "./lib/programs/client_plays.ts";
import { EXIT_CODES } from "./lib/programs/exit_codes.ts";
import { readTrust } from "./lib/programs/read_trust.ts";
import { printText } from "./lib/command_line/print_text.ts";

/** `convert` or `probe`; what they need is loaded only here, since plays begin sooner without it. */
async function runCommand(command: "convert" | "probe", words: readonly string[]): Promise<number> {
  if (command === "convert") {
    const { runConvert } = await import("./lib/programs/run_convert.ts");
    return await runConvert(words, config.version);
  }
  const { runProbe } = await import("./lib/programs/run_probe.ts");
  return await runProbe(words, config.version);
}

function keysProblem({ buttons, script, window }: ClientOptions): string | undefined {
  const needsKeys = buttons !== undefined && script === undefined && window === undefined;
  if (!needsKeys || Deno.stdin.isTerminal()) return undefined;
  return "Cannot take keys: standard input is no terminal; --script does the same without one";
}

/** What a lab server could not be asked for: one sentence. */
function fileProblem({ target, dialect }: ClientOptions): string | undefined {
  const isLab = target.form === "lab" || dialect === "lab";
  return isLab ? labFileProblem(target.file) : undefined;
}

/** Opens all that is to be written, or tells in a sentence why it cannot be. */
async function openPlays(
  sources: ClientSources,
  console: ClientConsole,
): Promise<ClientPlays | string> {
  // Loaded only here: help, completions and a wrong option come the sooner.
  const { ClientPlays } = await import("./lib/programs/client_plays.ts");
  try {
    return await ClientPlays.open(sources, { version: config.version, console });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

async function main(): Promise<number> {
  const [command, ...words] = Deno.args;
  if (command === "convert" || command === "probe") return await runCommand(command, words);
  const parsed = parseClientOptions(Deno.args, config.version);
  switch (parsed.kind) {
    case "help":
    case "version":
      printText(Deno.stdout, parsed.text);
      return EXIT_CODES.played;
    case "problem":
      ClientConsole.of().complain(`${parsed.message}\nTry: zoetrope-client --help`);
      return EXIT_CODES.usage;
    case "options":
      break;
    default:
      parsed satisfies never;
      return EXIT_CODES.usage;
  }
  const { sources } = parsed;
  const [first] = sources;
  const console = ClientConsole.of(first.outputs);
  const trust = await readTrust(first);
  const problem = sources.map(fileProblem).find((sentence) => sentence !== undefined) ??
    keysProblem(first) ?? (typeof trust === "string" ? trust : undefined);
  const plays = problem ?? await openPlays(sources, console);
  if (typeof plays === "string" || typeof trust === "string") {
    console.complain(String(plays));
    return EXIT_CODES.usage;
  }
  return await plays.play(trust);
}

if (import.meta.main) Deno.exit(await main());
