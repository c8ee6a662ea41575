import config from "./deno.json" with { type: "json" };
import { parseServerOptions, type ServerOptions } from "./lib/command_line/server_options.ts";
import { EmbeddedMovie } from "./lib/files/embedded_movie.ts";
import { MovieLibrary } from "./lib/files/movie_library.ts";
import type { MovieSource } from "./lib/files/movie_source.ts";
import { formatLogLine } from "./lib/server/format_log_line.ts";
import { formatEndpoint } from "./lib/server/peer.ts";
import { ServerMachine } from "./lib/server/server_machine.ts";
import type { LogLevel } from "./lib/server/server_output.ts";
import { SecureRandom } from "./lib/sockets/secure_random.ts";
import { openRtpPorts } from "./lib/sockets/open_rtp_ports.ts";
import { ServerHost } from "./lib/sockets/server_host.ts";
import { DEFAULT_PACKET_SIZE } from "./lib/rtp_jpeg/packetize_jpeg.ts";

/** Packetised frames kept for all sessions together, in bytes. */
const CACHE_OCTETS = 256 * 1024 * 1024;

/** How many addresses are printed at the start. */
const MOST_PRINTED = 20;

const ENCODER = new TextEncoder();

/** Writes text whole, also where it goes into a pipe. */
function print(to: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  const bytes = ENCODER.encode(text);
  for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
}

/** Which lines of the log are wanted. */
function isLogged(level: LogLevel, { trace, quiet }: ServerOptions): boolean {
  switch (level) {
    case "trace":
      return trace;
    case "info":
      return !quiet;
    case "warning":
    case "error":
      return true;
    default:
      return level satisfies never;
  }
}

/** The addresses to paste into a client. */
async function greeting(
  source: MovieSource,
  { host }: ServerOptions,
  port: number,
): Promise<string> {
  const movies = await source.list();
  const hostname = host === "0.0.0.0" || host === "::" ? Deno.hostname() : host;
  const address = (name: string) =>
    `rtsp://${formatEndpoint(hostname, port)}/${name.split("/").map(encodeURIComponent).join("/")}`;
  const lines = movies.slice(0, MOST_PRINTED).map(({ name }) => `  ${address(name)}`);
  if (movies.length > MOST_PRINTED) lines.push(`  and ${movies.length - MOST_PRINTED} more`);
  const count = movies.length === 1 ? "1 movie" : `${movies.length} movies`;
  return [
    `Zoetrope ${config.version} serves ${count} on ${formatEndpoint(host, port)}:`,
    ...lines,
    `Play one:   zoetrope-client ${address(movies[0]?.name ?? "NAME")}`,
    `As the lab: zoetrope-client ${hostname} ${port} 25000 ${movies[0]?.name ?? "NAME"}`,
    "",
  ].join("\n");
}

async function serve(options: ServerOptions): Promise<void> {
  const source = options.media === undefined
    ? new EmbeddedMovie(options.fps)
    : await MovieLibrary.at(options.media, options.fps);
  const rtpPorts = openRtpPorts(options.host);
  const machine = new ServerMachine({
    product: `Zoetrope/${config.version}`,
    loop: options.loop,
    labRtp: options.labRtp,
    cutLabFrames: !options.noCut,
    labSsrc: options.ssrc,
    cacheOctets: CACHE_OCTETS,
    packetSize: DEFAULT_PACKET_SIZE,
    sessionTimeoutMs: 60_000,
    maxSessions: 5_000,
    udpPorts: [portOf(rtpPorts.rtp), portOf(rtpPorts.rtcp)],
  }, new SecureRandom());
  const host = new ServerHost({
    hostname: options.host,
    port: options.port,
    machine,
    rtpPorts,
    maxQueueMs: 500,
    maxConnections: 5_000,
    openMovie: (path) => source.open(path),
    log: (event) => {
      if (isLogged(event.level, options)) {
        print(Deno.stderr, formatLogLine(event, Date.now()) + "\n");
      }
    },
  });
  print(Deno.stdout, await greeting(source, options, host.port));
  await interrupted();
  await host.close();
}

function portOf(socket: Deno.DatagramConn): number {
  return (socket.addr as Deno.NetAddr).port;
}

/** Resolves at the first SIGINT or SIGTERM. */
async function interrupted(): Promise<void> {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  await promise;
  for (const signal of signals) Deno.removeSignalListener(signal, resolve);
}

async function main(): Promise<number> {
  const parsed = parseServerOptions(Deno.args, config.version);
  switch (parsed.kind) {
    case "help":
    case "version":
      print(Deno.stdout, parsed.text);
      return 0;
    case "problem":
      print(Deno.stderr, `zoetrope-server: ${parsed.message}\nTry: zoetrope-server --help\n`);
      return 2;
    case "options":
      break;
    default:
      parsed satisfies never;
      return 2;
  }
  try {
    await serve(parsed.options);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    print(Deno.stderr, `zoetrope-server: ${error.message}\n`);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main());
