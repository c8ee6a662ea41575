import type { BenchMovie } from "./server_media.ts";
import { FRAMES_PER_SECOND } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import { startVlc } from "./vlc_server.ts";

/** What is measured. */
export type Subject =
  /** Our server with FFI: batches that the kernel cuts. */
  | "ours"
  /** Our server without FFI: Deno's own API. */
  | "ours without FFI"
  | "gst on demand"
  | "gst shared"
  /** Its stream output: one pipeline for all, no seek. */
  | "VLC"
  /** The C program that sends the same bytes. */
  | "C with GSO";

/** The receiver's report of one measurement. */
export interface ReceiverReport {
  readonly streams: number;
  readonly seconds: number;
  readonly packets: number;
  readonly frames: number;
  readonly lost: number;
  readonly octets: number;
  readonly checked: number;
  readonly badPayloads: number;
  readonly minRate: number;
  readonly medianRate: number;
  readonly spacingP50Ms: number;
  readonly spacingP99Ms: number;
}

/** One run: what the listeners saw, and what it cost the sender. */
export interface Measurement extends ReceiverReport {
  readonly subject: Subject;
  readonly transport: "udp" | "tcp";
  /** Per cent of one core, all threads. */
  readonly cpuPercent: number;
  /** The same per stream at its full rate: by the frames that came, where not all did. */
  readonly cpuPercentPerStream: number;
  readonly residentKb: number;
}

/** What a run needs to know. */
export interface Run {
  readonly subject: Subject;
  readonly movie: BenchMovie;
  readonly count: number;
  readonly transport?: "udp" | "tcp";
}

/** When a run is measured: so many times, one behind the other, once it is warm. */
export interface Slices {
  readonly warmUpMs: number;
  readonly sliceMs: number;
  readonly slices: number;
}

/** Folders and programs of a bench. */
export interface BenchTools {
  readonly folder: string;
  readonly receiver: string;
  readonly gsoSender: string;
  readonly python: string;
  /** Why gst-rtsp-server cannot be run, where it cannot. */
  readonly peerProblem: string | undefined;
}

/** The repository's folder. */
export const ROOT = new URL("../", import.meta.url).pathname;

/** A server that is up: its process, and where the movie is. */
export interface RunningSubject extends AsyncDisposable {
  readonly process: BenchProcess;
  /** Arguments by which the receiver finds the movie. */
  readonly place: readonly string[];
}

/**
 * Starts a server of the movie.
 *
 * @param options Further ones of ours.
 */
export async function startSubject(
  tools: BenchTools,
  subject: Exclude<Subject, "C with GSO">,
  movie: BenchMovie,
  options: readonly string[] = [],
): Promise<RunningSubject> {
  if (subject === "VLC") return await startVlc(movie);
  const process = processOf(tools, subject, movie, options);
  const isOurs = subject.startsWith("ours");
  const [, port = ""] = await process.line(isOurs ? /rtsp:\/\/\S*?:(\d+)\// : /^port (\d+)/);
  const path = isOurs ? `/${movie.spec.name}.avi` : "/movie";
  const track = `${path}/${isOurs ? "trackID=0" : "stream=0"}`;
  return {
    process,
    place: ["--port", port, "--path", path, "--track", track],
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

function processOf(
  { folder, python }: BenchTools,
  subject: Exclude<Subject, "C with GSO" | "VLC">,
  movie: BenchMovie,
  options: readonly string[],
): BenchProcess {
  switch (subject) {
    case "ours":
    case "ours without FFI": {
      const ffi = subject === "ours" ? ["--allow-ffi"] : [];
      // As `deno task serve` and the compiled program have it.
      const heap = "--v8-flags=--max-semi-space-size=2";
      const flags = ["run", "--no-prompt", heap, "--allow-net", "--allow-read", ...ffi];
      const profile = Deno.env.get("BENCH_CPU_PROF") === undefined ? [] : ["--cpu-prof"];
      const args = ["server.ts", "0", "--media", folder, "--loop", "--quiet", ...options];
      return new BenchProcess(Deno.execPath(), [...flags, ...profile, ...args], ROOT);
    }
    case "gst on demand":
    case "gst shared": {
      const mode = subject === "gst shared" ? "shared" : "demand";
      return new BenchProcess(python, [`${ROOT}bench/peers/gst_server.py`, movie.aviPath, mode]);
    }
    default:
      return subject satisfies never;
  }
}

/** Sends to so many listeners, and measures. */
export async function measureSlices(
  tools: BenchTools,
  run: Run,
  slices: Slices,
): Promise<Measurement[]> {
  if (run.subject === "C with GSO") return await measureC(tools, run, slices);
  await using server = await startSubject(tools, run.subject, run.movie);
  await using receiver = await startListeners(tools, server, run);
  return await measureRunning(server.process, receiver, run, slices);
}

/** So many listeners of a server; ready when all of them play. */
export async function startListeners(
  tools: BenchTools,
  { place }: RunningSubject,
  { subject, count, movie, transport = "udp" }: Run,
): Promise<BenchProcess> {
  const isChecked = subject.startsWith("ours") && transport === "udp";
  const receiver = new BenchProcess(tools.receiver, [
    ...place,
    "--count",
    String(count),
    ...transport === "tcp" ? ["--tcp"] : [],
    ...isChecked ? ["--payloads", movie.hashesPath] : [],
  ]);
  await receiver.line(/^ready/);
  return receiver;
}

async function measureC(tools: BenchTools, run: Run, slices: Slices): Promise<Measurement[]> {
  const args = ["--ports-only", "--count", String(run.count)];
  await using receiver = new BenchProcess(tools.receiver, [
    ...args,
    "--payloads",
    run.movie.hashesPath,
  ]);
  const [, ports = ""] = await receiver.line(/^ready \d+ (.*)$/);
  await using sender = new BenchProcess(tools.gsoSender, [
    run.movie.framesPath,
    String(FRAMES_PER_SECOND),
    ...ports.split(" "),
  ]);
  return await measureRunning(sender, receiver, run, slices);
}

/** Measures what is under way already. */
export async function measureRunning(
  sender: BenchProcess,
  receiver: BenchProcess,
  run: Run,
  { warmUpMs, sliceMs, slices }: Slices,
): Promise<Measurement[]> {
  await sleep(warmUpMs);
  const results: Measurement[] = [];
  for (let slice = 0; slice < slices; slice++) {
    results.push(await measureSlice(sender, receiver, run, sliceMs));
  }
  return results;
}

async function measureSlice(
  sender: BenchProcess,
  receiver: BenchProcess,
  { subject, transport = "udp" }: Run,
  ms: number,
): Promise<Measurement> {
  await receiver.say("start");
  const [cpuFrom, from] = [sender.cpuMs(), performance.now()];
  await sleep(ms);
  const cpuPercent = 100 * (sender.cpuMs() - cpuFrom) / (performance.now() - from);
  await receiver.say("stop");
  const [json] = await receiver.line(/^\{.*\}$/);
  const report: ReceiverReport = JSON.parse(json);
  if (report.frames === 0) throw new Error("nothing came");
  return {
    subject,
    transport,
    ...report,
    cpuPercent,
    cpuPercentPerStream: cpuPercent * FRAMES_PER_SECOND * report.seconds / report.frames,
    residentKb: sender.residentKb(),
  };
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
