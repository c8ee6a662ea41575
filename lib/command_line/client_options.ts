import type { Login } from "../client/login.ts";
import type { PlayWishes } from "../client/play_wishes.ts";
import type { Impairment } from "../net_impair/impairment.ts";
import { type ClientOutputOptions, readClientOutputs } from "./client_output_options.ts";
import type { CLIENT_OPTION_TABLE } from "./client_option_table.ts";
import type { CLIENT_OUTPUT_TABLE } from "./client_output_table.ts";
import { clientSpec } from "./client_spec.ts";
import type { ClientTarget } from "./client_target.ts";
import { parseClientTargets } from "./client_targets.ts";
import type { OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { parseLogin } from "./parse_login.ts";
import { parsePlayScript, type PlayStep } from "./play_script.ts";
import { readImpairment } from "./read_impairment.ts";
import { serverAccessProblem } from "./server_access_problem.ts";
import { severalProblem } from "./several_problem.ts";

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
