import config from "./deno.json" with { type: "json" };
import { printText } from "./lib/command_line/print_text.ts";
import { parseServerOptions, type ServerOptions } from "./lib/command_line/server_options.ts";

const USAGE = 2;

async function run(options: ServerOptions): Promise<number> {
  // Loaded only here: help, completions and a wrong option come the sooner.
  const { runServer } = await import("./lib/programs/run_server.ts");
  try {
    await runServer(options, config.version);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    printText(Deno.stderr, `zoetrope-server: ${error.message}\n`);
    return 1;
  }
}

async function main(): Promise<number> {
  const parsed = parseServerOptions(Deno.args, config.version);
  switch (parsed.kind) {
    case "help":
    case "version":
      printText(Deno.stdout, parsed.text);
      return 0;
    case "problem":
      printText(Deno.stderr, `zoetrope-server: ${parsed.message}\nTry: zoetrope-server --help\n`);
      return USAGE;
    case "options":
      return await run(parsed.options);
    default:
      return parsed satisfies never;
  }
}

if (import.meta.main) Deno.exit(await main());
