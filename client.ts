import config from "./deno.json" with { type: "json" };
import { formatStatus } from "./lib/client/format_status.ts";
import { formatPlaySummary } from "./lib/client/format_play_summary.ts";
import { labFileProblem } from "./lib/client/lab_file_problem.ts";
import type { PlayOutcome, PlayResult } from "./lib/client/play_result.ts";
import { type ClientOptions, parseClientOptions } from "./lib/command_line/client_options.ts";
import { failureText } from "./lib/files/failure_text.ts";
import type { ClientLatency } from "./lib/programs/client_latency.ts";
import type { ClientCapture } from "./lib/programs/client_capture.ts";
import { ClientReport, statisticsText, verdictOf } from "./lib/programs/client_figures.ts";
import { ClientSinks, type ClientSinksSummary } from "./lib/programs/client_sinks.ts";
import { playSource } from "./lib/programs/play_source.ts";
import { readTrust } from "./lib/programs/read_trust.ts";
import { StatusLine } from "./lib/programs/status_line.ts";
import { WindowError } from "./lib/programs/window_error.ts";
import { traceText } from "./lib/client/trace_text.ts";
import type { PlayEvent } from "./lib/sockets/client_host.ts";
import type { TlsTrust } from "./lib/sockets/connect_client.ts";

const EXIT_CODES: Readonly<Record<PlayOutcome, number>> = { played: 0, failed: 1, refused: 3 };
const VERSION = config.version;
const PRODUCT = `Zoetrope/${VERSION}`;
const USAGE = 2;
const NOT_HELD = 4;

const ENCODER = new TextEncoder();

/** Where frames and figures go; opened before anything is sent. */
interface Outputs {
  readonly sinks: ClientSinks;
  readonly report: ClientReport | undefined;
  readonly capture: ClientCapture | undefined;
  readonly latency: ClientLatency | undefined;
  readonly stats: typeof Deno.stdout | Deno.FsFile | undefined;
  /** Where text for people goes: standard output has other uses. */
  readonly text: typeof Deno.stdout;
  /** Set while it plays: what ends the play. */
  stop?: () => void;
}

const STATUS = new StatusLine({ write: (text) => write(Deno.stderr, text), columns });

/** Of the terminal; where it does not say, what terminals usually have. */
function columns(): number {
  const usual = 80;
  try {
    return Deno.consoleSize().columns || usual;
  } catch {
    return usual;
  }
}

/** Writes text whole, also into a pipe; one that nobody reads any more takes what it gets. */
function print(to: typeof Deno.stdout | Deno.FsFile, text: string): void {
  STATUS.clear();
  write(to, text);
}

function write(to: typeof Deno.stdout | Deno.FsFile, text: string): void {
  const bytes = ENCODER.encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function complain(sentence: string): void {
  print(Deno.stderr, `zoetrope-client: ${sentence}\n`);
}

/** Everything that is written to, or a sentence: a file or folder cannot be. */
async function openOutputs({ outputs: wanted, test }: ClientOptions): Promise<Outputs | string> {
  const { stats, toStdout, pcap, force } = wanted;
  const listener = { problem: complain, pipeEnded: () => opened?.stop?.() };
  let opened: Outputs | undefined;
  try {
    const report = await ClientReport.open(wanted);
    const sinks = await ClientSinks.open(wanted, listener);
    const text = toStdout || stats === "-" ? Deno.stderr : Deno.stdout;
    const file = stats === undefined || stats === "-"
      ? stats && Deno.stdout
      : await openStatistics(stats);
    const latency = test ? await openLatency() : undefined;
    const capture = pcap === undefined ? undefined : await openCapture(pcap, force);
    opened = { sinks, report, capture, latency, stats: file || undefined, text };
    return opened;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

// What not every play wants is loaded where it is wanted: a play begins the sooner.

async function openLatency(): Promise<ClientLatency> {
  const { ClientLatency } = await import("./lib/programs/client_latency.ts");
  return new ClientLatency();
}

async function openCapture(path: string, force: boolean): Promise<ClientCapture> {
  const { ClientCapture } = await import("./lib/programs/client_capture.ts");
  return await ClientCapture.open(path, force, PRODUCT);
}

/** `convert` or `probe`. */
async function runCommand(command: "convert" | "probe", words: readonly string[]): Promise<number> {
  if (command === "convert") {
    const { runConvert } = await import("./lib/programs/run_convert.ts");
    return await runConvert(words, VERSION);
  }
  const { runProbe } = await import("./lib/programs/run_probe.ts");
  return await runProbe(words, VERSION);
}

async function openStatistics(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { write: true, create: true, truncate: true });
  } catch (error) {
    throw new Error(`Cannot write statistics to ${JSON.stringify(path)}: ${failureText(error)}`);
  }
}

function keysProblem({ buttons, script, window }: ClientOptions): string | undefined {
  const needsKeys = buttons !== undefined && script === undefined && window === undefined;
  if (!needsKeys || Deno.stdin.isTerminal()) return undefined;
  return "Cannot take keys: standard input is no terminal; --script does the same without one";
}

/** Tells its user what happens. */
function notice(event: PlayEvent, options: ClientOptions, { sinks, text }: Outputs): void {
  switch (event.kind) {
    case "frame":
      return;
    case "state":
      if (event.state !== "playing") sinks.pause();
      if (!options.quiet) print(Deno.stderr, `State: ${event.state.toUpperCase()}\n`);
      return;
    case "reply":
      if (event.asked && event.body.length > 0) {
        print(text, `${new TextDecoder().decode(event.body).trimEnd()}\n`);
      }
      return;
    case "endOfStream":
      if (!options.quiet) print(Deno.stderr, "End of stream\n");
      return;
    case "failure":
      return complain(event.sentence);
    case "impossible":
      return;
    case "message":
      if (options.trace) print(Deno.stderr, traceText(event.from, event.bytes));
      return;
    case "log":
      if (event.level === "warning") return complain(event.message);
      if (!options.quiet) print(Deno.stderr, `${event.message}\n`);
      return;
    default:
      event satisfies never;
  }
}

async function play(
  options: ClientOptions,
  outputs: Outputs,
  trust: TlsTrust,
): Promise<PlayResult> {
  const { sinks, latency, capture } = outputs;
  const tell = (line: string) => print(outputs.text, `${line}\n`);
  return await playSource(options, {
    product: PRODUCT,
    trust,
    ...capture !== undefined && { capture: (bytes) => capture.add(bytes) },
    ...options.window !== undefined && {
      openWindow: async (runner, command) => {
        const { openWindow } = await import("./lib/programs/open_window.ts");
        return await openWindow(options, { version: VERSION, runner, command, tell, complain });
      },
    },
    begins: (stop, status) => {
      outputs.stop = stop;
      if (options.quiet || options.trace || !Deno.stderr.isTerminal()) return;
      STATUS.start((columns) => formatStatus(status(), columns));
    },
    ended: () => STATUS.stop(),
    frame: (frame, dialect) => {
      sinks.add(frame, dialect);
      latency?.add(frame);
    },
    notice: (event) => notice(event, options, outputs),
    tell: (line) => print(Deno.stderr, `${line}\n`),
  });
}

/** Tells what the play came to; returns the exit code. */
async function conclude(
  result: PlayResult,
  options: ClientOptions,
  { stats, text, report, capture, latency }: Outputs,
  { notWritten, problem }: ClientSinksSummary,
  startedUnixMs: number,
): Promise<number> {
  const { target, quiet, outputs } = options;
  const { host, port, file } = target;
  const subject = { source: { host, port, file }, product: PRODUCT, startedUnixMs, notWritten };
  if (result.outcome !== "played") complain(result.sentence);
  if (!quiet && (result.outcome === "played" || result.summary.packets.received > 0)) {
    const heading = result.outcome === "played" ? `${result.sentence}\n` : "";
    print(text, heading + formatPlaySummary(result.summary, notWritten));
    if (latency !== undefined) print(text, latency.text());
  }
  if (stats !== undefined) print(stats, statisticsText(result, outputs.statsFormat, subject));
  const problems = [await report?.write(result, subject), await capture?.close()]
    .filter((sentence) => sentence !== undefined);
  problems.forEach(complain);
  if (result.outcome !== "played") return EXIT_CODES[result.outcome];
  const judged = verdictOf(result, outputs);
  if (judged !== undefined && !judged.passed) complain(judged.sentence);
  else if (judged !== undefined && !quiet) print(text, `${judged.sentence}\n`);
  if (problem !== undefined || problems.length > 0) return EXIT_CODES.failed;
  return judged?.passed === false ? NOT_HELD : EXIT_CODES.played;
}

async function main(): Promise<number> {
  const [command, ...words] = Deno.args;
  if (command === "convert" || command === "probe") return await runCommand(command, words);
  const parsed = parseClientOptions(Deno.args, VERSION);
  switch (parsed.kind) {
    case "help":
    case "version":
      print(Deno.stdout, parsed.text);
      return 0;
    case "problem":
      complain(`${parsed.message}\nTry: zoetrope-client --help`);
      return USAGE;
    case "options":
      break;
    default:
      parsed satisfies never;
      return USAGE;
  }
  const { options } = parsed;
  const { target, dialect } = options;
  const isLab = target.form === "lab" || dialect === "lab";
  const trust = await readTrust(options);
  const problem = (isLab ? labFileProblem(target.file) : undefined) ?? keysProblem(options) ??
    (typeof trust === "string" ? trust : undefined);
  const outputs = problem ?? await openOutputs(options);
  if (typeof outputs === "string" || typeof trust === "string") {
    complain(String(outputs));
    return USAGE;
  }
  const startedUnixMs = Date.now();
  try {
    const result = await play(options, outputs, trust);
    return await conclude(result, options, outputs, await outputs.sinks.close(), startedUnixMs);
  } catch (error) {
    if (!(error instanceof WindowError)) throw error;
    complain(error.message);
    await outputs.sinks.close();
    return USAGE;
  }
}

if (import.meta.main) Deno.exit(await main());
