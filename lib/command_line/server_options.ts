import type { Impairment } from "../net_impair/impairment.ts";
import type { CommandLineSpec } from "./command_line_spec.ts";
import { type ListenAddress, parseListenAddress } from "./listen_address.ts";
import { type MulticastGroup, parseMulticastGroup } from "./multicast_group.ts";
import type { OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { parsePortRange, type PortRange } from "./port_range.ts";
import { readImpairment } from "./read_impairment.ts";
import { SERVER_OPTION_TABLE } from "./server_option_table.ts";
import { describeOptionValue, parseOptionValue } from "./option_value.ts";

const DEFAULT_PORT = 8554;
const MOST_WORKERS = 64;
const PORT_ROW = { kind: "integer", min: 0, max: 65_535, group: "", help: "" } as const;

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
