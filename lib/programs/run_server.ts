import { printText } from "../command_line/print_text.ts";
import type { ServerOptions } from "../command_line/server_options.ts";
import { EmbeddedMovie } from "../files/embedded_movie.ts";
import { MovieLibrary } from "../files/movie_library.ts";
import { greeting } from "./greeting.ts";
import { onStopSignals } from "./on_stop_signals.ts";
import { type StartOptions, startServer } from "./start_server.ts";
import { superviseWorkers } from "./supervise_workers.ts";

/**
 * Serves until it is interrupted.
 *
 * @param version Of the program.
 * @throws {Error} One sentence: what of the options cannot be had.
 */
export async function runServer(options: ServerOptions, version: string): Promise<void> {
  const { workers } = options;
  if (workers > 1) await serveByWorkers({ ...options, version }, workers);
  else await serve({ ...options, version });
}

/** Resolves at the first SIGINT or SIGTERM. */
async function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _signals = onStopSignals(resolve);
  await promise;
}

/** One server on one thread. */
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
