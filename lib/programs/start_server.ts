import { printText } from "../command_line/print_text.ts";
import type { ServerOptions } from "../command_line/server_options.ts";
import { EmbeddedMovie } from "../files/embedded_movie.ts";
import { failureText } from "../files/failure_text.ts";
import type { LibraryChange } from "../files/library_watcher.ts";
import { MovieLibrary } from "../files/movie_library.ts";
import type { MovieSource } from "../files/movie_source.ts";
import { MovieSources } from "../files/movie_sources.ts";
import { AccessRules, parseAccessRule } from "../server/access_rules.ts";
import { Authenticator } from "../server/authenticator.ts";
import { formatLogLine } from "../server/format_log_line.ts";
import { ServerMachine } from "../server/server_machine.ts";
import type { LogEvent, LogLevel } from "../server/server_output.ts";
import type { ServerSettings } from "../server/server_settings.ts";
import type { ServerTotals } from "../server/server_totals.ts";
import { parseUserFile } from "../server/user_file.ts";
import { openMulticast } from "../sockets/open_multicast.ts";
import { openRtpPorts, type RtpPorts } from "../sockets/open_rtp_ports.ts";
import { SecureRandom } from "../sockets/secure_random.ts";
import { ServerHost } from "../sockets/server_host.ts";
import type { ServerTls } from "../sockets/server_tls.ts";
import type { WebPage } from "../web/web_page.ts";

/** Where the first movie is multicast (RFC 3551 §8); each further one has the next even port. */
const MULTICAST_PORT = 5004;

/** The options of a server, and what its program adds. */
export interface StartOptions extends ServerOptions {
  readonly version: string;
  /** Whether other servers listen on the same port. */
  readonly isShared?: boolean;
}

/** A server at work. */
export interface RunningServer {
  /** Where it listens. */
  readonly port: number;
  readonly movies: MovieSource;
  /** Of its HTTP page, where it has one. */
  readonly pageAddress: string | undefined;
  /** Counted since the start. */
  readonly totals: ServerTotals;
  /** Ends all sessions and connections. */
  close(): Promise<void>;
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
  if (!test) return source;
  const { TestMovies } = await import("../files/test_movies.ts");
  return new MovieSources([source, new TestMovies()]);
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

/** What the log says of the ways to send. */
const SENT_BY: ReadonlyMap<string, string> = new Map([
  ["gso", "Frames leave by UDP in batches that the kernel cuts (gso)"],
  ["mmsg", "Frames leave by UDP in batches of packets (mmsg)"],
  ["native", "Frames leave by UDP packet by packet (native)"],
]);

/** What the machine is to know of the options. */
function settingsOf(
  options: StartOptions,
  { rtp, rtcp }: RtpPorts,
  authenticator: Authenticator | undefined,
): ServerSettings {
  const { multicast } = options;
  return {
    product: `Zoetrope/${options.version}`,
    loop: options.loop,
    trace: options.trace,
    labRtp: options.labRtp,
    cutLabFrames: !options.noCut,
    labSsrc: options.ssrc,
    cacheOctets: options.cache,
    packetSize: options.packetSize,
    sessionTimeoutMs: options.sessionTimeout,
    maxSessions: options.maxSessions,
    udpPorts: [portOf(rtp), portOf(rtcp)],
    ...multicast === undefined ? {} : { multicast: { ...multicast, firstPort: MULTICAST_PORT } },
    ...authenticator === undefined ? {} : { authenticator },
  };
}

/**
 * Starts a whole server.
 *
 * @throws {Error} One sentence: what of the options cannot be had.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
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
  const settings = settingsOf(options, rtpPorts, authenticator);
  const machine = new ServerMachine(settings, new SecureRandom());
  const host = new ServerHost({
    hostname: options.host,
    port: options.port,
    isShared: options.isShared ?? false,
    machine,
    rtpPorts,
    ...tls === undefined ? {} : { tls },
    maxQueueMs: options.maxQueue,
    sender: options.sender,
    impair: options.impair,
    maxConnections: options.maxConnections,
    openMovie: (path) => source.open(path),
    log,
  });
  const sent = SENT_BY.get(host.sender);
  if (sent !== undefined) log({ kind: "log", level: "info", message: sent });
  const page = opened.page = await openPage(options, {
    movies: source,
    machine,
    host,
    authenticator,
    tls,
    log,
  });
  return {
    port: host.port,
    movies: source,
    pageAddress: page?.address,
    get totals() {
      return machine.totals;
    },
    async close() {
      await page?.close();
      await host.close();
    },
  };
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
async function openPage(options: StartOptions, parts: PageParts): Promise<WebPage | undefined> {
  const { http, httpHost, host: hostname } = options;
  const { movies, machine, host, authenticator, tls, log } = parts;
  if (http === undefined) return undefined;
  // Loaded where it is wanted: a server without a page is smaller, and starts sooner.
  const { WebPage } = await import("../web/web_page.ts");
  const isEvery = hostname === "0.0.0.0" || hostname === "::";
  return await WebPage.open({
    ...http,
    allowedHosts: httpHost,
    version: options.version,
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
      sender: host.sender,
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
