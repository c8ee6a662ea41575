import type { Login } from "../client/login.ts";
import { type ClientTarget, parseClientTarget } from "./client_target.ts";
import type { CommandLineSpec } from "./command_line_spec.ts";
import type { OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { parseLogin } from "./parse_login.ts";
import { PROBE_OPTION_TABLE } from "./probe_option_table.ts";
import { serverAccessProblem } from "./server_access_problem.ts";

/** What a probe was told on its command line. */
export type ProbeOptions = Omit<OptionValues<typeof PROBE_OPTION_TABLE>, "user"> & {
  readonly target: Extract<ClientTarget, { form: "url" }>;
  /** Instead of the one in the URL. */
  readonly login: Login | undefined;
};

/** What a probe's command line says; `message` is one sentence, and the exit code is 2. */
export type ProbeCommandLine =
  | { readonly kind: "options"; readonly options: ProbeOptions }
  | { readonly kind: "help" | "version"; readonly text: string }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads the command line of `zoetrope-client probe`.
 *
 * @param argv Behind the word `probe`.
 * @param version As in deno.json.
 */
export function parseProbeOptions(argv: readonly string[], version: string): ProbeCommandLine {
  const parsed = parseCommandLine(probeSpec(version), argv);
  if (parsed.kind !== "options") return parsed;
  const [url] = parsed.arguments;
  if (url === undefined || !url.includes("://")) {
    const found = url === undefined ? "URL is missing" : `${JSON.stringify(url)} is no URL`;
    const message = `${found}: zoetrope-client probe rtsp://HOST:PORT/FILE`;
    return { kind: "problem", message };
  }
  const target = parseClientTarget([url]);
  if (typeof target === "string") return { kind: "problem", message: target };
  if (target.form === "lab") return { kind: "problem", message: "A probe needs an rtsp:// URL" };
  const { user, ...values } = parsed.values;
  const problem = serverAccessProblem({ ...values, user, secure: target.secure });
  if (problem !== undefined) return { kind: "problem", message: problem };
  const login = user === undefined ? undefined : parseLogin(user);
  return { kind: "options", options: { ...values, target, login } };
}

function probeSpec(version: string): CommandLineSpec<typeof PROBE_OPTION_TABLE> {
  return {
    program: "zoetrope-client probe",
    version,
    summary: "tells what an RTSP server is and offers, without playing",
    usage: ["rtsp://HOST:PORT/FILE [options]"],
    argumentHelp: [{ name: "URL", help: "what to ask for; rtsps:// for TLS" }],
    mostArguments: 1,
    options: PROBE_OPTION_TABLE,
    examples: [
      {
        command: "zoetrope-client probe rtsp://127.0.0.1:8554/movie.Mjpeg",
        help: "Show methods, tracks, transports and the time of each step",
      },
      {
        command: "zoetrope-client probe rtsp://127.0.0.1:8554/movie.Mjpeg --json",
        help: "The same for a script",
      },
    ],
  };
}
