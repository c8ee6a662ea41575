import config from "./deno.json" with { type: "json" };
import { DialectClient } from "./lib/client/dialect_client.ts";
import { formatPlaySummary } from "./lib/client/format_play_summary.ts";
import { describeKeys, keyStep } from "./lib/client/key_step.ts";
import { LabClient } from "./lib/client/lab_client.ts";
import { labFileProblem } from "./lib/client/lab_file_problem.ts";
import { PLAY_THROUGH, type PlayPlan, type PlayStep } from "./lib/client/play_plan.ts";
import { PlayReport } from "./lib/client/play_report.ts";
import type { PlayOutcome, PlayResult } from "./lib/client/play_result.ts";
import { formatSource } from "./lib/client/failure_sentence.ts";
import { PlayRunner } from "./lib/client/play_runner.ts";
import { StandardClient } from "./lib/client/standard_client.ts";
import { type ClientOptions, parseClientOptions } from "./lib/command_line/client_options.ts";
import { failureText } from "./lib/files/failure_text.ts";
import { ClientLatency } from "./lib/programs/client_latency.ts";
import { ClientCapture } from "./lib/programs/client_capture.ts";
import { ClientReport, statisticsText, verdictOf } from "./lib/programs/client_figures.ts";
import { ClientSinks, type ClientSinksSummary } from "./lib/programs/client_sinks.ts";
import { openBrowser } from "./lib/programs/open_browser.ts";
import { PlayWindow } from "./lib/programs/play_window.ts";
import { runConvert } from "./lib/programs/run_convert.ts";
import { ClientHost, type PlayEvent } from "./lib/sockets/client_host.ts";
import { ClientKeys } from "./lib/sockets/client_keys.ts";
import type { TlsTrust } from "./lib/sockets/connect_client.ts";
import type { WireBytes } from "./lib/sockets/wire_tap.ts";
import { SecureRandom } from "./lib/sockets/secure_random.ts";

const EXIT_CODES: Readonly<Record<PlayOutcome, number>> = { played: 0, failed: 1, refused: 3 };
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

/** Writes text whole, also into a pipe; one that nobody reads any more takes what it gets. */
function print(to: typeof Deno.stdout | Deno.FsFile, text: string): void {
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
    const latency = test ? new ClientLatency() : undefined;
    const capture = pcap === undefined
      ? undefined
      : await ClientCapture.open(pcap, force, `Zoetrope/${config.version}`);
    opened = { sinks, report, capture, latency, stats: file || undefined, text };
    return opened;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

async function openStatistics(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { write: true, create: true, truncate: true });
  } catch (error) {
    throw new Error(`Cannot write statistics to ${JSON.stringify(path)}: ${failureText(error)}`);
  }
}

/** Whom to trust, or a sentence: the file cannot be read or holds no certificate. */
async function readTrust({ insecure, ca }: ClientOptions): Promise<TlsTrust | string> {
  if (ca === undefined) return { insecure, certificates: [] };
  let text: string;
  try {
    text = await Deno.readTextFile(ca);
  } catch (error) {
    return `Cannot read certificates from ${JSON.stringify(ca)}: ${failureText(error)}`;
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  if (certificates === null) {
    return `Cannot read certificates from ${JSON.stringify(ca)}: there is none in PEM form`;
  }
  return { insecure, certificates };
}

function keysProblem({ buttons, script, window }: ClientOptions): string | undefined {
  const needsKeys = buttons !== undefined && script === undefined && window === undefined;
  if (!needsKeys || Deno.stdin.isTerminal()) return undefined;
  return "Cannot take keys: standard input is no terminal; --script does the same without one";
}

/** How many buttons there are; `undefined` where the play begins and ends by itself. */
function buttonsOf({ buttons, window }: ClientOptions): 3 | 4 | undefined {
  return buttons ?? (window === undefined ? undefined : 4);
}

function planOf(options: ClientOptions): PlayPlan {
  const { script, frames, duration, outputs } = options;
  const buttons = buttonsOf(options);
  return {
    ...PLAY_THROUGH,
    ...buttons !== undefined && { steps: [], then: "wait", playSetsUp: buttons === 3 },
    ...script !== undefined && { steps: script, then: "end" },
    ...outputs.snapshot !== undefined && { frames: 1 },
    ...frames !== undefined && { frames },
    ...duration !== undefined && { durationMs: duration },
  };
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
    case "log": {
      if (event.level === "warning") return complain(event.message);
      const isWanted = event.level === "trace" ? options.trace : !options.quiet;
      if (isWanted) print(Deno.stderr, `${event.message}\n`);
      return;
    }
    default:
      event satisfies never;
  }
}

/** The machine that speaks the server's dialect, or finds out which one that is. */
function machineOf({ target, dialect, wishes, login }: ClientOptions, report: PlayReport) {
  if (target.form === "lab" || dialect === "lab") return new LabClient(target, report);
  const mayBeLab = dialect === "auto" && !target.secure &&
    labFileProblem(target.file) === undefined;
  const standard = new StandardClient({
    target,
    login,
    wishes,
    product: `Zoetrope/${config.version}`,
    mayBeLab,
    report,
    random: new SecureRandom(),
  });
  return mayBeLab ? new DialectClient(standard, () => new LabClient(target, report)) : standard;
}

/** The window where one is wanted, or a sentence: it cannot be had. */
async function openWindow(
  options: ClientOptions,
  { text }: Outputs,
  runner: PlayRunner,
  command: (step: PlayStep) => void,
): Promise<PlayWindow | string | undefined> {
  const { window: port, open, target } = options;
  if (port === undefined) return undefined;
  const source = formatSource(target);
  const buttons = buttonsOf(options) ?? 4;
  try {
    const { version } = config;
    const window = await PlayWindow.open({ port, version, source, buttons, runner, command });
    print(text, `Window: ${window.address}\n`);
    const problem = open ? await openBrowser(window.address) : undefined;
    if (problem !== undefined) complain(problem);
    return window;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

/** Plays to the end; a sentence where it cannot even begin. */
async function play(
  options: ClientOptions,
  outputs: Outputs,
  trust: TlsTrust,
): Promise<PlayResult | string> {
  const { target, rtpPort, impair } = options;
  const buttons = buttonsOf(options);
  const report = new PlayReport();
  const runner = new PlayRunner(machineOf(options, report), report, target, planOf(options));
  const window = await openWindow(options, outputs, runner, (step) => host.command(step));
  if (typeof window === "string") return window;
  const isTapped = outputs.capture !== undefined || window !== undefined;
  const host = new ClientHost({
    runner,
    rtpPort,
    trust,
    ...impair !== undefined && { impair },
    ...isTapped && {
      capture: (bytes: WireBytes) => {
        outputs.capture?.add(bytes);
        window?.wire(bytes);
      },
    },
    notice: (event) => {
      window?.event(event);
      if (event.kind === "frame") {
        outputs.sinks.add(event.frame, runner.dialect);
        outputs.latency?.add(event.frame);
      } else notice(event, options, outputs);
    },
  });
  const keys = options.script !== undefined ? undefined : ClientKeys.start((key) => {
    const step = keyStep(key, buttons ?? 3);
    if (step !== undefined) host.command(step);
  });
  if (keys !== undefined && !options.quiet) print(Deno.stderr, `${describeKeys(buttons ?? 3)}\n`);
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const stop = () => host.stop();
  outputs.stop = stop;
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  try {
    return await host.play();
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, stop);
    keys?.close();
    await window?.close();
  }
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
  const product = `Zoetrope/${config.version}`;
  const subject = { source: { host, port, file }, product, startedUnixMs, notWritten };
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
  if (command === "convert") return await runConvert(words, config.version);
  const parsed = parseClientOptions(Deno.args, config.version);
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
  const result = await play(options, outputs, trust);
  if (typeof result === "string") {
    complain(result);
    await outputs.sinks.close();
    return USAGE;
  }
  return await conclude(result, options, outputs, await outputs.sinks.close(), startedUnixMs);
}

if (import.meta.main) Deno.exit(await main());
