import config from "./deno.json" with { type: "json" };
import { printText } from "./lib/command_line/print_text.ts";
import { parseServerOptions, type ServerOptions } from "./lib/command_line/server_options.ts";
import { EmbeddedMovie } from "./lib/files/embedded_movie.ts";
import { failureText } from "./lib/files/failure_text.ts";
import type { LibraryChange } from "./lib/files/library_watcher.ts";
import { MovieLibrary } from "./lib/files/movie_library.ts";
import type { MovieSource } from "./lib/files/movie_source.ts";
import { MovieSources } from "./lib/files/movie_sources.ts";
import { TestMovies } from "./lib/files/test_movies.ts";
import { AccessRules, parseAccessRule } from "./lib/server/access_rules.ts";
import { Authenticator } from "./lib/server/authenticator.ts";
import { formatLogLine } from "./lib/server/format_log_line.ts";
import { formatEndpoint } from "./lib/server/peer.ts";
import { ServerMachine } from "./lib/server/server_machine.ts";
import type { LogEvent, LogLevel } from "./lib/server/server_output.ts";
import { parseUserFile } from "./lib/server/user_file.ts";
import { openMulticast } from "./lib/sockets/open_multicast.ts";
import { SecureRandom } from "./lib/sockets/secure_random.ts";
import { openRtpPorts } from "./lib/sockets/open_rtp_ports.ts";
import { ServerHost, type ServerTls } from "./lib/sockets/server_host.ts";
import { WebPage } from "./lib/web/web_page.ts";

/** Where the first movie is multicast (RFC 3551 §8); each further one has the next even port. */
const MULTICAST_PORT = 5004;

/** How many addresses are printed at the start. */
const MOST_PRINTED = 20;

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
  options: ServerOptions,
  port: number,
): Promise<string> {
  const { host } = options;
  const movies = await source.list();
  const hostname = host === "0.0.0.0" || host === "::" ? Deno.hostname() : host;
  const scheme = options.tlsCert === undefined ? "rtsp" : "rtsps";
  const address = (name: string) =>
    `${scheme}://${formatEndpoint(hostname, port)}/${
      name.split("/").map(encodeURIComponent).join("/")
    }`;
  const lines = movies.slice(0, MOST_PRINTED).map(({ name }) => `  ${address(name)}`);
  if (movies.length > MOST_PRINTED) lines.push(`  and ${movies.length - MOST_PRINTED} more`);
  const count = movies.length === 1 ? "1 movie" : `${movies.length} movies`;
  return [
    `Zoetrope ${config.version} serves ${count} on ${formatEndpoint(host, port)}:`,
    ...lines,
    `Play one:   zoetrope-client ${address(movies[0]?.name ?? "NAME")}`,
    ...scheme === "rtsps"
      ? []
      : [`As the lab: zoetrope-client ${hostname} ${port} 25000 ${movies[0]?.name ?? "NAME"}`],
    "",
  ].join("\n");
}

/** Where movies come from: a folder, which is watched, or what is built in; and those made on the fly. */
async function sourceOf(
  { media, fps, test }: ServerOptions,
  changed: (change: LibraryChange) => void,
): Promise<MovieSource> {
  let source: MovieSource = new EmbeddedMovie(fps);
  if (media !== undefined) {
    const library = await MovieLibrary.at(media, fps);
    await library.watch(changed);
    source = library;
  }
  return test ? new MovieSources([source, new TestMovies()]) : source;
}

/** Who may see what, by the files and rules of the options; `undefined`: everybody everything. */
async function authenticatorOf(options: ServerOptions): Promise<Authenticator | undefined> {
  const { users: file, allow, digest, basic } = options;
  if (file === undefined) return undefined;
  const users = parseUserFile(await readTextFile(file, "users"), file);
  const rules = new AccessRules(allow.map(parseAccessRule));
  return new Authenticator({ users, rules, digest, basic }, new SecureRandom());
}

/** The certificate and key of the options; `undefined`: no TLS. */
async function tlsOf({ tlsCert, tlsKey }: ServerOptions): Promise<ServerTls | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  return {
    cert: await readTextFile(tlsCert, "certificate"),
    key: await readTextFile(tlsKey, "private key"),
  };
}

async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new Error(`Cannot read the ${what} file ${path}: ${failureText(error)}`, {
      cause: error,
    });
  }
}

async function serve(options: ServerOptions): Promise<void> {
  const opened: { page?: WebPage | undefined } = {};
  const log = (event: LogEvent) => {
    opened.page?.log(event);
    if (isLogged(event.level, options)) {
      printText(Deno.stderr, formatLogLine(event, Date.now()) + "\n");
    }
  };
  const source = await sourceOf(options, ({ kind, name }) => {
    log({ kind: "log", level: "info", message: `Movie ${kind}: ${name}` });
    opened.page?.moviesChanged();
  });
  const authenticator = await authenticatorOf(options);
  for (const message of authenticator?.warnings ?? []) {
    log({ kind: "log", level: "warning", message });
  }
  const tls = await tlsOf(options);
  const rtpPorts = openRtpPorts(options.host, options.rtpPorts);
  const { multicast } = options;
  if (multicast !== undefined) await openMulticast(rtpPorts, options.host, multicast);
  const machine = new ServerMachine({
    product: `Zoetrope/${config.version}`,
    loop: options.loop,
    labRtp: options.labRtp,
    cutLabFrames: !options.noCut,
    labSsrc: options.ssrc,
    cacheOctets: options.cache,
    packetSize: options.packetSize,
    sessionTimeoutMs: options.sessionTimeout,
    maxSessions: options.maxSessions,
    udpPorts: [portOf(rtpPorts.rtp), portOf(rtpPorts.rtcp)],
    ...multicast === undefined ? {} : { multicast: { ...multicast, firstPort: MULTICAST_PORT } },
    ...authenticator === undefined ? {} : { authenticator },
  }, new SecureRandom());
  const host = new ServerHost({
    hostname: options.host,
    port: options.port,
    machine,
    rtpPorts,
    ...tls === undefined ? {} : { tls },
    maxQueueMs: options.maxQueue,
    maxConnections: options.maxConnections,
    openMovie: (path) => source.open(path),
    log,
  });
  const page = opened.page = await openPage(options, {
    movies: source,
    machine,
    host,
    authenticator,
    tls,
    log,
  });
  printText(Deno.stdout, await greeting(source, options, host.port));
  if (page !== undefined) printText(Deno.stdout, `Page:       ${page.address}\n`);
  await interrupted();
  await page?.close();
  await host.close();
}

/** What the page shows and steers. */
interface PageParts {
  readonly movies: MovieSource;
  readonly machine: ServerMachine;
  readonly host: ServerHost;
  readonly authenticator: Authenticator | undefined;
  readonly tls: ServerTls | undefined;
  log(event: LogEvent): void;
}

/** The page, where the options want one. */
async function openPage(options: ServerOptions, parts: PageParts): Promise<WebPage | undefined> {
  const { http, httpHost, host: hostname } = options;
  const { movies, machine, host, authenticator, tls, log } = parts;
  if (http === undefined) return undefined;
  const isEvery = hostname === "0.0.0.0" || hostname === "::";
  return await WebPage.open({
    ...http,
    allowedHosts: httpHost,
    version: config.version,
    rtsp: {
      scheme: tls === undefined ? "rtsp" : "rtsps",
      hostname: isEvery ? null : hostname,
      port: host.port,
    },
    movies,
    server: {
      get sessions() {
        return machine.sessions;
      },
      get totals() {
        return machine.totals;
      },
      droppedFrames: (session) => host.droppedFrames(session),
      endSession: (id, reason) => host.endSession(id, reason),
    },
    report: log,
    ...tls === undefined ? {} : { tls },
    ...authenticator === undefined ? {} : { authenticator },
  });
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
      printText(Deno.stdout, parsed.text);
      return 0;
    case "problem":
      printText(Deno.stderr, `zoetrope-server: ${parsed.message}\nTry: zoetrope-server --help\n`);
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
    printText(Deno.stderr, `zoetrope-server: ${error.message}\n`);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await main());
