import config from "./deno.json" with { type: "json" };
import { printText } from "./lib/command_line/print_text.ts";
import { parseServerOptions, type ServerOptions } from "./lib/command_line/server_options.ts";
import { EmbeddedMovie } from "./lib/files/embedded_movie.ts";
import { MovieLibrary } from "./lib/files/movie_library.ts";
import { greeting } from "./lib/programs/greeting.ts";
import { type StartOptions, startServer } from "./lib/programs/start_server.ts";
import { superviseWorkers } from "./lib/programs/supervise_workers.ts";

const USAGE = 2;

/** Resolves at the first SIGINT or SIGTERM. */
async function interrupted(): Promise<void> {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  await promise;
  for (const signal of signals) Deno.removeSignalListener(signal, resolve);
}

/** Serves until it is interrupted. */
async function serve(options: StartOptions): Promise<void> {
  const server = await startServer(options);
  printText(Deno.stdout, await greeting(server.movies, options, server.port));
  if (server.pageAddress !== undefined) {
    printText(Deno.stdout, `Page:       ${server.pageAddress}\n`);
  }
  await interrupted();
  await server.close();
}

/** The same with several servers on one port. */
async function serveByWorkers(options: StartOptions, count: number): Promise<void> {
  const { media, fps } = options;
  const movies = media === undefined ? new EmbeddedMovie(fps) : await MovieLibrary.at(media, fps);
  const supervisor = await superviseWorkers(options, count, (sentence) => {
    printText(Deno.stderr, `zoetrope-server: ${sentence}\n`);
  });
  printText(Deno.stdout, await greeting(movies, options, supervisor.port));
  await interrupted();
  await supervisor.close();
  const { sessions, frames, octets } = supervisor.totals;
  if (options.quiet) return;
  const listeners = sessions === 1 ? "1 session" : `${sessions} sessions`;
  const sent = `${frames} frames (${octets} bytes) to ${listeners}`;
  printText(Deno.stderr, `zoetrope-server: ${count} workers sent ${sent}\n`);
}

async function run(options: ServerOptions): Promise<number> {
  const { version } = config;
  try {
    const { workers } = options;
    if (workers > 1) await serveByWorkers({ ...options, version }, workers);
    else await serve({ ...options, version });
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
