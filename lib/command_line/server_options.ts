import type { CommandLineSpec } from "./command_line_spec.ts";
import { type ListenAddress, parseListenAddress } from "./listen_address.ts";
import { type MulticastGroup, parseMulticastGroup } from "./multicast_group.ts";
import type { OptionTable, OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { parsePortRange, type PortRange } from "./port_range.ts";
import type { Impairment } from "../net_impair/impairment.ts";
import { readImpairment } from "./read_impairment.ts";
import { describeOptionValue, parseOptionValue } from "./option_value.ts";

const DEFAULT_PORT = 8554;
const MOST_WORKERS = 64;
const PORT_ROW = { kind: "integer", min: 0, max: 65_535, group: "", help: "" } as const;

const SERVER_OPTION_TABLE = {
  host: {
    kind: "address",
    group: "Network",
    default: "127.0.0.1",
    help: "the address to listen at; 0.0.0.0 opens the server to the network",
  },
  rtpPorts: {
    kind: "text",
    placeholder: "FROM-TO",
    group: "Network",
    help: "send RTP and RTCP from the first free pair of UDP ports in this range; " +
      "without it, the system chooses",
  },
  packetSize: {
    kind: "integer",
    min: 192,
    max: 65_507,
    default: 1400,
    group: "Network",
    help: "most bytes of an RTP packet in the standard dialect, header included",
  },
  maxQueue: {
    kind: "duration",
    min: 10,
    max: 60_000,
    default: 500,
    group: "Network",
    help: "leave frames out that a slow reader over TCP has not taken for this long",
  },
  cache: {
    kind: "size",
    min: 0,
    max: 2 ** 40,
    default: 256 * 1024 * 1024,
    group: "Movies",
    help: "memory for packetised frames, shared by all sessions",
  },
  multicast: {
    kind: "text",
    placeholder: "ADDRESS/TTL",
    group: "Network",
    help: "offer multicast to this group, such as 239.255.1.1/1: one sender for all who ask",
  },
  tlsCert: {
    kind: "file",
    group: "Network",
    help: "serve rtsps:// with this certificate (PEM); media stays inside the connection",
  },
  tlsKey: { kind: "file", group: "Network", help: "the certificate's private key (PEM)" },
  sender: {
    kind: "choice",
    choices: ["auto", "gso", "mmsg", "native"],
    default: "auto",
    group: "Network",
    help: "how datagrams are sent: cut by the kernel (gso) or in batches (mmsg), on Linux, or " +
      "one by one; auto takes the best that works",
  },
  impair: {
    kind: "text",
    placeholder: "FAULTS",
    group: "Network",
    help: "damage what leaves by UDP, such as loss=2%,delay=20ms,seed=7; also jitter, reorder, " +
      "duplicate",
  },
  workers: {
    kind: "text",
    placeholder: "N|auto",
    default: "1",
    group: "Network",
    help: "how many threads serve, each a whole server on the same port; auto: one a processor",
  },
  sessionTimeout: {
    kind: "duration",
    min: 1000,
    max: 24 * 3600 * 1000,
    default: 60_000,
    group: "Sessions",
    help: "end a session of the standard dialect that gives no sign of life for this long",
  },
  maxSessions: {
    kind: "integer",
    min: 1,
    max: 100_000,
    default: 5000,
    group: "Sessions",
    help: "most sessions at a time; more are answered 453",
  },
  maxConnections: {
    kind: "integer",
    min: 1,
    max: 100_000,
    default: 5000,
    group: "Sessions",
    help: "most RTSP connections at a time; others are closed at once",
  },
  users: {
    kind: "file",
    group: "Logins",
    help: "ask for a login; the users are in this file, as htdigest writes it",
  },
  allow: {
    kind: "text",
    repeat: true,
    placeholder: "FOLDER=WHO",
    group: "Logins",
    help: "who may see a folder: anyone, users, or names with commas between them",
  },
  digest: {
    kind: "choice",
    choices: ["md5", "sha256"],
    default: "md5",
    group: "Logins",
    help: "the Digest algorithms that are offered: MD5, or SHA-256 beside it",
  },
  basic: {
    kind: "flag",
    group: "Logins",
    help: "offer Basic beside Digest: passwords cross the network in the clear",
  },
  http: {
    kind: "text",
    placeholder: "[ADDRESS:]PORT",
    group: "Page",
    help: "serve a page with movies, sessions and log, snapshots and metrics over HTTP there; " +
      "at 127.0.0.1 unless an address is given",
  },
  httpHost: {
    kind: "address",
    repeat: true,
    placeholder: "NAME",
    group: "Page",
    help: "a name under which browsers may reach the page, beside its address and localhost",
  },
  media: {
    kind: "file",
    short: "m",
    placeholder: "DIR",
    group: "Movies",
    help: "the folder whose movies are served; without it, the movie that comes with the program",
  },
  fps: {
    kind: "number",
    min: 0.1,
    max: 1000,
    default: 20,
    group: "Movies",
    help: "frames a second of movies that do not say",
  },
  test: {
    kind: "flag",
    group: "Movies",
    help: "serve test pictures with number and time as well, made on the fly: " +
      "/test?size=640x480&fps=30",
  },
  loop: {
    kind: "flag",
    short: "l",
    group: "Movies",
    help: "start again at the end of a movie",
  },
  labRtp: {
    kind: "choice",
    choices: ["exercise", "modern"],
    default: "exercise",
    group: "Lab dialect",
    help:
      "RTP headers as the exercise's text has them (M=0, time in seconds), or as clients want " +
      "them that put cut frames together (M=1, 90 kHz)",
  },
  noCut: {
    kind: "flag",
    group: "Lab dialect",
    help: "skip and count frames that do not fit into one datagram; without it, they are cut",
  },
  ssrc: {
    kind: "integer",
    min: 0,
    max: 0xffff_ffff,
    default: 0,
    group: "Lab dialect",
    help: "the SSRC in all RTP packets, such as 1234 or 0x4d2",
  },
  trace: { kind: "flag", short: "t", group: "Output", help: "log each message as it is" },
  quiet: { kind: "flag", short: "q", group: "Output", help: "log nothing but failures" },
} as const satisfies OptionTable;

type Values = OptionValues<typeof SERVER_OPTION_TABLE>;

/** What the server was told on its command line. */
export type ServerOptions =
  & Omit<Values, "rtpPorts" | "multicast" | "http" | "workers" | "impair">
  & {
    /** How many threads serve; at least 1. */
    readonly workers: number;
    /** `undefined`: chosen by the system. */
    readonly rtpPorts: PortRange | undefined;
    readonly multicast: MulticastGroup | undefined;
    /** Where the page is; `undefined`: nowhere. */
    readonly http: ListenAddress | undefined;
    /** What happens to datagrams on their way to listeners. */
    readonly impair: Impairment | undefined;
    /** 0: any free one. */
    readonly port: number;
  };

/** What a server's command line says; `message` is one sentence, and the exit code is 2. */
export type ServerCommandLine =
  | { readonly kind: "options"; readonly options: ServerOptions }
  | { readonly kind: "help" | "version"; readonly text: string }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads the server's command line: `[PORT]` and options.
 *
 * @param argv As in `Deno.args`.
 * @param version As in deno.json.
 */
export function parseServerOptions(argv: readonly string[], version: string): ServerCommandLine {
  const parsed = parseCommandLine(serverSpec(version), argv);
  if (parsed.kind !== "options") return parsed;
  const [text = String(DEFAULT_PORT)] = parsed.arguments;
  const port = parseOptionValue(PORT_ROW, text);
  if (typeof port !== "number") {
    const message = `PORT needs ${describeOptionValue(PORT_ROW)}, not ${JSON.stringify(text)}`;
    return { kind: "problem", message };
  }
  const { values } = parsed;
  const rtpPorts = values.rtpPorts === undefined ? undefined : parsePortRange(values.rtpPorts);
  if (values.rtpPorts !== undefined && rtpPorts === undefined) {
    const found = JSON.stringify(values.rtpPorts);
    const message = `--rtp-ports needs FROM-TO with an even port and the next in it, not ${found}`;
    return { kind: "problem", message };
  }
  const multicast = values.multicast === undefined
    ? undefined
    : parseMulticastGroup(values.multicast);
  if (values.multicast !== undefined && multicast === undefined) {
    const found = JSON.stringify(values.multicast);
    const message = `--multicast needs a group address and a TTL of 1 to 255, not ${found}`;
    return { kind: "problem", message };
  }
  const http = values.http === undefined ? undefined : parseListenAddress(values.http);
  if (values.http !== undefined && http === undefined) {
    const found = JSON.stringify(values.http);
    const message = `--http needs [ADDRESS:]PORT, an IPv6 address in brackets, not ${found}`;
    return { kind: "problem", message };
  }
  const workers = workerCount(values.workers);
  if (workers === undefined) {
    const found = JSON.stringify(values.workers);
    const message = `--workers needs an integer from 1 to ${MOST_WORKERS} or auto, not ${found}`;
    return { kind: "problem", message };
  }
  const alone = multicast !== undefined ? "multicast" : http !== undefined ? "http" : undefined;
  if (workers > 1 && alone !== undefined) {
    const message = `--${alone} needs one server that knows all sessions, not --workers ${workers}`;
    return { kind: "problem", message };
  }
  const impair = values.impair === undefined ? undefined : readImpairment(values.impair);
  if (typeof impair === "string") return { kind: "problem", message: impair };
  const { sender } = values;
  if (impair !== undefined && (sender === "gso" || sender === "mmsg")) {
    const message = `--sender ${sender} means nothing with --impair: datagrams leave one by one`;
    return { kind: "problem", message };
  }
  return {
    kind: "options",
    options: { ...values, port, rtpPorts, multicast, http, workers, impair },
  };
}

/** How many workers are meant; `undefined` where it is no such number. */
function workerCount(text: string): number | undefined {
  if (text === "auto") return Math.min(MOST_WORKERS, navigator.hardwareConcurrency);
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= MOST_WORKERS ? count : undefined;
}

function serverSpec(version: string): CommandLineSpec<typeof SERVER_OPTION_TABLE> {
  return {
    program: "zoetrope-server",
    version,
    summary: "serves Motion-JPEG movies over RTSP and RTP",
    usage: ["[PORT] [options]"],
    argumentHelp: [{
      name: "PORT",
      help: `the TCP port to listen at; 0: any free one (default: ${DEFAULT_PORT})`,
    }],
    mostArguments: 1,
    options: SERVER_OPTION_TABLE,
    conflicts: [["trace", "quiet"], ["multicast", "tlsCert"], ["impair", "tlsCert"]],
    needs: [
      ["tlsCert", "tlsKey"],
      ["tlsKey", "tlsCert"],
      ["allow", "users"],
      ["basic", "users"],
      ["httpHost", "http"],
    ],
    examples: [
      { command: "zoetrope-server", help: "Serve the built-in movie to this machine" },
      {
        command: "zoetrope-server 8554 --host 0.0.0.0 --media movies --loop",
        help: "Serve a folder to the network, over and over",
      },
      {
        command: "zoetrope-server --users users.htdigest --allow public=anyone --media movies",
        help: "Ask for a login, but not for what is in movies/public",
      },
      {
        command: "zoetrope-server --http 8080",
        help: "Show movies, sessions and log at http://127.0.0.1:8080/",
      },
      {
        command: "zoetrope-server 8322 --tls-cert cert.pem --tls-key key.pem",
        help: "Serve rtsps://",
      },
    ],
  };
}
