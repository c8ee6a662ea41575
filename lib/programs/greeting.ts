import type { MovieSource } from "../files/movie_source.ts";
import { formatImpairment } from "../net_impair/format_impairment.ts";
import { formatEndpoint } from "../server/peer.ts";
import type { StartOptions } from "./start_server.ts";

/** How many addresses are printed at the start. */
const MOST_PRINTED = 20;

/** The addresses to paste into a client. */
export async function greeting(
  source: MovieSource,
  options: StartOptions,
  port: number,
): Promise<string> {
  const { host } = options;
  const movies = await source.list();
  const hostname = host === "0.0.0.0" || host === "::" ? machineName() : host;
  const scheme = options.tlsCert === undefined ? "rtsp" : "rtsps";
  const address = (name: string) =>
    `${scheme}://${formatEndpoint(hostname, port)}/${
      name.split("/").map(encodeURIComponent).join("/")
    }`;
  const lines = movies.slice(0, MOST_PRINTED).map(({ name }) => `  ${address(name)}`);
  if (movies.length > MOST_PRINTED) lines.push(`  and ${movies.length - MOST_PRINTED} more`);
  if (movies.length === 0) lines.push(`  there is no movie in ${options.media}, so far`);
  const count = movies.length === 1 ? "1 movie" : `${movies.length} movies`;
  return [
    `Zoetrope ${options.version} serves ${count} on ${formatEndpoint(host, port)}:`,
    ...lines,
    `Play one:   zoetrope-client ${address(movies[0]?.name ?? "NAME")}`,
    ...scheme === "rtsps"
      ? []
      : [`As the lab: zoetrope-client ${hostname} ${port} 25000 ${movies[0]?.name ?? "NAME"}`],
    ...options.impair === undefined
      ? []
      : [`Bad network: ${formatImpairment(options.impair)} for all UDP; TCP is left alone`],
    "",
  ].join("\n");
}

/** The name by which other machines may know this one; a placeholder where that may not be asked. */
function machineName(): string {
  try {
    return Deno.hostname();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return "HOST";
    throw error;
  }
}
