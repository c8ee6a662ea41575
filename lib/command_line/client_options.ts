import type { Login } from "../client/login.ts";
import type { PlayWishes } from "../client/play_wishes.ts";
import type { Impairment } from "../net_impair/impairment.ts";
import { type ClientOutputOptions, readClientOutputs } from "./client_output_options.ts";
import { CLIENT_OUTPUT_TABLE } from "./client_output_table.ts";
import type { ClientTarget } from "./client_target.ts";
import { parseClientTargets } from "./client_targets.ts";
import type { CommandLineSpec } from "./command_line_spec.ts";
import { CONVERT_OPTION_TABLE } from "./convert_option_table.ts";
import type { OptionTable, OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { parseLogin } from "./parse_login.ts";
import { PROBE_OPTION_TABLE } from "./probe_option_table.ts";
import { parsePlayScript, type PlayStep } from "./play_script.ts";
import { readImpairment } from "./read_impairment.ts";
import { serverAccessProblem } from "./server_access_problem.ts";
import { SERVER_ACCESS_TABLE } from "./server_access_table.ts";
import { severalProblem } from "./several_problem.ts";

const LONGEST_PLAY_MS = 365 * 24 * 3_600_000;

const CLIENT_OPTION_TABLE = {
  frames: {
    kind: "integer",
    short: "n",
    min: 1,
    max: 1e9,
    group: "Playing",
    help: "stop after this many frames",
  },
  duration: {
    kind: "duration",
    short: "d",
    min: 1,
    max: LONGEST_PLAY_MS,
    group: "Playing",
    help: "stop after playing this long, such as 10, 500ms or 2m",
  },
  reconnect: {
    kind: "flag",
    group: "Playing",
    help: "set up again what fails in mid-play, after 500ms and up to 10s, until it goes on",
  },
  script: {
    kind: "text",
    placeholder: '"STEPS"',
    group: "Playing",
    help:
      "what to do, without a terminal: setup, play, pause, teardown, describe, options, stop, " +
      "quit, wait:TIME, seek:TIME, scale:NUMBER",
  },
  buttons: {
    kind: "choice",
    choices: ["3", "4"],
    group: "Playing",
    help:
      "do nothing but what keys say: 4 for setup, play, pause, teardown; 3 for play, pause, stop",
  },
  window: {
    kind: "integer",
    placeholder: "[PORT]",
    min: 0,
    max: 65_535,
    alone: 0,
    group: "Playing",
    help: "show the picture and the buttons as a page on 127.0.0.1, at any free port unless given",
  },
  open: { kind: "flag", group: "Playing", help: "open that page in the desktop's browser" },
  impair: {
    kind: "text",
    placeholder: "FAULTS",
    group: "Playing",
    help:
      "damage what comes in over UDP, such as loss=2%,delay=20ms,seed=7; also jitter, reorder, " +
      "duplicate",
  },
  rtpPort: {
    kind: "integer",
    placeholder: "PORT",
    min: 0,
    max: 65_535,
    group: "Playing",
    help: "the UDP port for RTP where a URL is played, an even one; without it, any free one",
  },
  start: {
    kind: "duration",
    min: 0,
    max: LONGEST_PLAY_MS,
    group: "Standard servers",
    help: "where in the movie to start, such as 10, 1.5 or 2m",
  },
  end: {
    kind: "duration",
    min: 0,
    max: LONGEST_PLAY_MS,
    group: "Standard servers",
    help: "where in the movie to end",
  },
  scale: {
    kind: "number",
    min: -100,
    max: 100,
    group: "Standard servers",
    help: "how fast the movie goes by: 2 is twice as fast, -1 backwards",
  },
  speed: {
    kind: "number",
    min: 0.01,
    max: 100,
    group: "Standard servers",
    help: "how fast the server sends it: 2 is twice as fast as it is shown",
  },
  transport: {
    kind: "choice",
    choices: ["auto", "udp", "tcp", "multicast"],
    default: "auto",
    group: "Standard servers",
    help: "how media comes; auto tries udp, and tcp where that brings nothing",
  },
  dialect: {
    kind: "choice",
    choices: ["auto", "standard", "lab"],
    default: "auto",
    group: "Standard servers",
    help: "how to speak to the server of a URL; auto tries standard, and lab after 2 s",
  },
  ...SERVER_ACCESS_TABLE,
  ...CLIENT_OUTPUT_TABLE,
  test: {
    kind: "flag",
    group: "Output",
    help: "read the marks of test pictures (a server's /test) and tell how late they come",
  },
  trace: { kind: "flag", short: "t", group: "Output", help: "show each message as it is" },
  quiet: {
    kind: "flag",
    short: "q",
    group: "Output",
    help: "show nothing but failures, and no status line on a terminal",
  },
} as const satisfies OptionTable;

type Values = OptionValues<typeof CLIENT_OPTION_TABLE>;

/** What the client was told on its command line; times are in milliseconds. */
export type ClientOptions =
  & Omit<
    Values,
    | keyof typeof CLIENT_OUTPUT_TABLE
    | "script"
    | "buttons"
    | "impair"
    | "rtpPort"
    | "user"
    | "start"
    | "end"
    | "scale"
    | "speed"
    | "transport"
  >
  & {
    readonly target: ClientTarget;
    /** Which part of the movie, how fast, over which transport. */
    readonly wishes: PlayWishes;
    /** What is written. */
    readonly outputs: ClientOutputOptions;
    /** Instead of the one in the URL. */
    readonly login: Login | undefined;
    /** `undefined` where no script was given. */
    readonly script: readonly PlayStep[] | undefined;
    /** `undefined`: the play begins and ends by itself. */
    readonly buttons: 3 | 4 | undefined;
    /** What happens to datagrams that come in; `undefined`: nothing. */
    readonly impair: Impairment | undefined;
    /** 0: any free one. */
    readonly rtpPort: number;
  };

/** What a client's command line says; `message` is one sentence, and the exit code is 2. */
export type ClientCommandLine =
  /** One for each source, in the order of the arguments; they differ in `target` and `rtpPort` alone. */
  | { readonly kind: "options"; readonly sources: readonly [ClientOptions, ...ClientOptions[]] }
  | { readonly kind: "help" | "version"; readonly text: string }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads the client's command line: what to play, and options.
 *
 * @param argv As in `Deno.args`.
 * @param version As in deno.json.
 */
export function parseClientOptions(argv: readonly string[], version: string): ClientCommandLine {
  const parsed = parseCommandLine(clientSpec(version), argv);
  if (parsed.kind !== "options") return parsed;
  const targets = parseClientTargets(parsed.arguments);
  if (typeof targets === "string") return { kind: "problem", message: targets };
  const { values } = parsed;
  const problem = severalProblem(values, targets.length) ??
    targets.map((target) => targetProblem(values, target)).find((found) => found !== undefined);
  if (problem !== undefined) return { kind: "problem", message: problem };
  const script = values.script === undefined ? undefined : parsePlayScript(values.script);
  if (script?.kind === "problem") return script;
  const outputs = readClientOutputs(values);
  if (typeof outputs === "string") return { kind: "problem", message: outputs };
  const impair = values.impair === undefined ? undefined : readImpairment(values.impair);
  if (typeof impair === "string") return { kind: "problem", message: impair };
  const { user, start, end, scale, speed, transport } = values;
  const { frames, duration, reconnect, dialect, insecure, ca } = values;
  const { test, trace, quiet, window, open } = values;
  const options = {
    ...{ frames, duration, reconnect, dialect, insecure, ca },
    ...{ test, trace, quiet, window, open, impair },
    outputs,
    wishes: {
      transport,
      ...start !== undefined && { startSeconds: start / 1000 },
      ...end !== undefined && { endSeconds: end / 1000 },
      ...scale !== undefined && { scale },
      ...speed !== undefined && { speed },
    },
    login: user === undefined ? undefined : parseLogin(user),
    script: script?.steps,
    buttons: values.buttons === undefined ? undefined : values.buttons === "3" ? 3 : 4,
  } as const;
  const sourceOf = (target: ClientTarget): ClientOptions => ({
    ...options,
    target,
    rtpPort: target.form === "lab" ? target.rtpPort : values.rtpPort ?? 0,
  });
  const [first, ...more] = targets;
  return { kind: "options", sources: [sourceOf(first), ...more.map(sourceOf)] };
}

/** What only the standard dialect has. */
const STANDARD_ONLY = ["start", "end", "scale", "speed", "user", "ca"] as const;

/** What is wrong with the options for one target: one sentence. */
function targetProblem(values: Values, target: ClientTarget): string | undefined {
  if (target.form === "lab" && values.rtpPort !== undefined) {
    return "--rtp-port and RTP_PORT contradict each other: give one of them";
  }
  return wishesProblem(values, target);
}

/** What is wrong with the options of the standard dialect: one sentence. */
function wishesProblem(values: Values, target: ClientTarget): string | undefined {
  const { rtpPort, start = 0, end, scale = 1, transport, dialect, insecure } = values;
  const isLab = target.form === "lab" || dialect === "lab";
  const useless = STANDARD_ONLY.find((name) => values[name] !== undefined) ??
    (insecure ? "insecure" : transport !== "auto" ? "transport" : undefined);
  if (isLab && useless !== undefined) return `--${useless} means nothing in the lab dialect`;
  if (target.form === "lab" && dialect === "standard") {
    return "--dialect standard needs a URL: rtsp://HOST:PORT/FILE";
  }
  if (target.form === "lab") return undefined;
  const { secure, login, file } = target;
  if (isLab && (secure || login !== undefined || file === "")) {
    const what = secure ? "TLS" : file === "" ? "movies without a name" : "users";
    return `--dialect lab contradicts the URL: the lab dialect has no ${what}`;
  }
  const problem = serverAccessProblem({ ...values, secure });
  if (problem !== undefined) return problem;
  if (values.impair !== undefined && (secure || transport === "tcp")) {
    return `--impair means nothing over ${secure ? "TLS" : "tcp"}: it damages datagrams`;
  }
  if (scale === 0) return "--scale needs a number other than 0";
  if (
    end !== undefined && (scale > 0 ? end <= start : values.start !== undefined && end >= start)
  ) {
    return `--end ${end / 1000} is not ${scale > 0 ? "after" : "before"} --start ${start / 1000}`;
  }
  if (!isLab && rtpPort !== undefined && rtpPort % 2 === 1) {
    return `--rtp-port needs an even port, RTCP takes the next one: not ${rtpPort}`;
  }
  return undefined;
}

function clientSpec(version: string): CommandLineSpec<typeof CLIENT_OPTION_TABLE> {
  return {
    program: "zoetrope-client",
    version,
    summary: "plays Motion-JPEG movies over RTSP and RTP, without a window unless asked for one",
    usage: [
      "HOST PORT RTP_PORT FILE [options]",
      "rtsp://HOST:PORT/FILE [URL...] [options]",
      "convert IN OUT [options]",
    ],
    argumentHelp: [
      { name: "HOST PORT", help: "the server's address and TCP port" },
      { name: "RTP_PORT", help: "the UDP port for the frames; 0: any free one" },
      { name: "FILE", help: "the movie's name" },
      {
        name: "URL...",
        help: "more sources at the same time; files are named NAME-1.avi, folders DIR/1 and so on",
      },
    ],
    mostArguments: Infinity,
    commands: { convert: CONVERT_OPTION_TABLE, probe: PROBE_OPTION_TABLE },
    options: CLIENT_OPTION_TABLE,
    conflicts: [["trace", "quiet"], ["window", "script"]],
    needs: [["open", "window"], ["segment", "record"], ["columns", "sheet"], [
      "statsFormat",
      "stats",
    ]],
    examples: [
      {
        command: "zoetrope-client 127.0.0.1 8554 25000 movie.Mjpeg --dump out",
        help: "Play a movie as in the exercise, and keep its frames",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg --stats -",
        help: "Play the same by its URL, and print the statistics as JSON",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg \\\n" +
          "    --record out.avi --sheet sheet.png --every 1s --report report.html",
        help: "Record it, and make a sheet of pictures and a page with plots",
      },
      {
        command: "zoetrope-client rtsp://camera/live --reconnect --duration 8h \\\n" +
          "    --record day.avi --segment 10m",
        help: "Record for 8 hours, whatever the network does meanwhile",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg \\\n" +
          '    --script "setup play wait:2 pause wait:1 play wait:2 teardown"',
        help: "Pause for a second after two seconds",
      },
      {
        command: "zoetrope-client rtsp://camera/door rtsp://camera/yard \\\n" +
          "    --thumbnails small --every 1s --reconnect --duration 8h",
        help: "Watch two sources: a small picture of each a second, into small/1 and small/2",
      },
      {
        command: "zoetrope-client convert holiday.avi holiday.Mjpeg",
        help: "Copy a movie into the exercise's framing (convert --help tells more)",
      },
      {
        command: "zoetrope-client probe rtsp://127.0.0.1:8554/movie.Mjpeg",
        help: "Show what the server is and offers, without playing",
      },
    ],
  };
}
