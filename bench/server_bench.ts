// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures the server program beside its peers, in one run and by turns: processor time per stream, most
 * streams, memory, and the time to the first frame; prints a table of figures and bars.
 *
 *   deno run -A bench/server_bench.ts [--quick] [--json FILE]
 *
 * Needs Linux, a C compiler, and, for the peers, Debian's python3-gi, gir1.2-gst-rtsp-server-1.0 and
 * gstreamer1.0-plugins-good; it says what it could not run. All load stays on loopback.
 *
 * @module
 */
import { type BenchMovie, makeMovie } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import { formatRows, median, type Row, verdict } from "./server_rows.ts";
import {
  type BenchTools,
  measure,
  type Measurement,
  measureRunning,
  type Run,
  type RunningSubject,
  sleep,
  startSubject,
  type Subject,
} from "./server_subjects.ts";

const quick = Deno.args.includes("--quick");
const jsonPath = Deno.args.includes("--json")
  ? Deno.args[Deno.args.indexOf("--json") + 1]
  : undefined;
const ROUNDS = quick ? 1 : 5;
/** Where one measurement takes long. */
const FEW_ROUNDS = quick ? 1 : 3;
const WARM_UP_MS = 3000;
const MEASURE_MS = 2000;

/** How many streams the costs are compared at: what gst-rtsp-server carries with one pipeline for all. */
const MANY = 500;

/** What it carries on half a core with a pipeline for each. */
const SOME = 120;

/** Below this part of its frame rate a stream does not count as one at full rate. */
const FULL_RATE = 25 * 0.98;

const rows: Row[] = [];
const runs: Measurement[] = [];

/** Builds the C programs. */
async function build(folder: string, name: string): Promise<string> {
  const source = new URL(`c/${name}.c`, import.meta.url).pathname;
  const args = ["-O2", "-o", `${folder}/${name}`, source];
  const { success, stderr } = await new Deno.Command("cc", { args }).output();
  if (!success) throw new Error(`cc ${name}.c failed: ${new TextDecoder().decode(stderr)}`);
  return `${folder}/${name}`;
}

/** A Python that has the peer's bindings, or why there is none. */
async function findPython(): Promise<{ python: string; problem?: string }> {
  const code = "import gi; gi.require_version('GstRtspServer', '1.0')";
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      const { success } = await new Deno.Command(python, { args: ["-c", code] }).output();
      if (success) return { python };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return { python: "", problem: "no python3 with gi and GstRtspServer 1.0" };
}

/** One measurement; a failure is reported and measured as nothing. */
async function tryMeasure(tools: BenchTools, run: Run): Promise<Measurement | undefined> {
  const name = `${run.subject}, ${run.count} x ${run.movie.spec.name} by ${run.transport ?? "udp"}`;
  try {
    const result = await measure(tools, run);
    runs.push(result);
    console.error(
      `${name}: ${result.cpuPercentPerStream.toFixed(4)} % a stream, ${
        result.cpuPercent.toFixed(0)
      } % ` +
        `in all, ${result.minRate.toFixed(1)} frames/s at least, p99 ${result.spacingP99Ms} ms, ` +
        `${result.lost} lost`,
    );
    return result;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(`${name}: ${error.message}`);
    return undefined;
  }
}

/** Several subjects by turns. */
async function takeTurns(
  tools: BenchTools,
  plans: readonly Omit<Run, "warmUpMs" | "measureMs">[],
  rounds = ROUNDS,
): Promise<Measurement[][]> {
  const results = plans.map((): Measurement[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, plan] of plans.entries()) {
      const run = { ...plan, warmUpMs: WARM_UP_MS, measureMs: MEASURE_MS };
      const result = await tryMeasure(tools, run);
      if (result !== undefined) results[index]?.push(result);
    }
  }
  return results;
}

function cost(results: readonly Measurement[] | undefined): number | undefined {
  if (results === undefined || results.length === 0) return undefined;
  return median(results.map(({ cpuPercentPerStream }) => cpuPercentPerStream));
}

function ratio(
  what: string,
  atMost: number,
  ours: number | undefined,
  theirs: number | undefined,
  missing = "",
): void {
  const both = ours !== undefined && theirs !== undefined;
  rows.push({
    what,
    found: both ? ours / theirs : undefined,
    atMost,
    unit: "",
    note: both ? `${ours.toFixed(4)} % of a core against ${theirs.toFixed(4)} %` : missing,
  });
}

/** Processor time per stream beside the peers. */
async function compareCosts(tools: BenchTools, movie: BenchMovie, problem = ""): Promise<void> {
  const peers = problem === "";
  const udp: [Subject, number][] = [["ours", MANY], ["C with GSO", MANY]];
  if (peers) udp.push(["gst on demand", SOME], ["gst shared", MANY]);
  const results = await takeTurns(
    tools,
    udp.map(([subject, count]) => ({ subject, count, movie })),
  );
  const [ours, c, demand, shared] = results.map(cost);
  ratio(
    `12 kB by UDP, to gst on demand (${MANY} streams, ${SOME} of theirs)`,
    1 / 8,
    ours,
    demand,
    problem,
  );
  ratio(`12 kB by UDP, to gst shared (${MANY} streams)`, 1 / 2, ours, shared, problem);
  ratio(`12 kB by UDP, to C with GSO (${MANY} streams)`, 2, ours, c, "the C sender failed");
  const tcp: [Subject, number][] = [["ours", MANY]];
  if (peers) tcp.push(["gst on demand", SOME]);
  const [oursTcp, demandTcp] = (await takeTurns(
    tools,
    tcp.map(([subject, count]) => ({ subject, count, movie, transport: "tcp" })),
    FEW_ROUNDS,
  )).map(cost);
  ratio(
    `12 kB by TCP, to gst on demand (${MANY} streams, ${SOME} of theirs)`,
    1 / 6,
    oursTcp,
    demandTcp,
    problem,
  );
}

/** Whether so many streams get all they should. */
async function fill(
  tools: BenchTools,
  what: string,
  plan: Omit<Run, "warmUpMs" | "measureMs">,
): Promise<void> {
  const [results = []] = await takeTurns(tools, [plan], FEW_ROUNDS);
  const holds = results.filter(({ minRate, lost, packets, spacingP99Ms, badPayloads }) =>
    minRate >= FULL_RATE && lost < packets / 1000 && spacingP99Ms < 5 && badPayloads === 0
  );
  const all = (pick: (result: Measurement) => number) => median(results.map(pick));
  rows.push({
    what,
    found: results.length === 0 ? undefined : holds.length > results.length / 2 ? plan.count : 0,
    atLeast: plan.count,
    unit: "streams",
    note: results.length === 0
      ? "no run ended well"
      : `medians: ${all((r) => r.cpuPercent).toFixed(0)} % of a core, ` +
        `${all((r) => r.minRate).toFixed(1)} frames/s at least, ` +
        `p99 ${all((r) => r.spacingP99Ms).toFixed(1)} ms, ${all((r) => r.lost)} lost; ` +
        `held in ${holds.length} of ${results.length} runs`,
  });
}

/** Memory, and the time from connect to the first frame. */
async function measureSessions(tools: BenchTools, movie: BenchMovie): Promise<void> {
  await using server = await startSubject(tools, "ours", movie);
  const probe = async () => {
    const args = [...server.place, "--probe", quick ? "30" : "100"];
    await using prober = new BenchProcess(tools.receiver, args);
    const [json] = await prober.line(/^\{.*\}$/);
    return JSON.parse(json) as { p50Ms: number; p99Ms: number; maxMs: number };
  };
  await sleep(1000);
  const idleKb = server.process.residentKb();
  rows.push({ what: "memory, idle", found: idleKb / 1024, atMost: 60, unit: "MiB", note: "VmRSS" });
  const alone = await probe();
  rows.push({
    what: "connect to first frame, alone",
    found: alone.p50Ms,
    atMost: 5,
    unit: "ms",
    note: `median; p99 ${alone.p99Ms} ms`,
  });
  const beforeKb = server.process.residentKb();
  {
    await using first = await startSessions(tools, server, ["--idle"]);
    await sleep(500);
    const firstKb = server.process.residentKb();
    memoryRow("idle session, the first", firstKb - beforeKb, 20);
    await using more = await startSessions(tools, server, ["--idle"]);
    await sleep(500);
    memoryRow("idle session, as many more", server.process.residentKb() - firstKb, 20);
    void [first, more];
  }
  await using first = await startSessions(tools, server, []);
  await sleep(4000);
  const firstKb = server.process.residentKb();
  memoryRow("playing session, the first", firstKb - beforeKb, 50);
  const among = await probe();
  rows.push({
    what: `connect to first frame, ${MANY} streams running, p99`,
    found: among.p99Ms,
    atMost: 30,
    unit: "ms",
    note: `median ${among.p50Ms} ms, most ${among.maxMs} ms`,
  });
  await using more = await startSessions(tools, server, []);
  await sleep(4000);
  memoryRow("playing session, as many more", server.process.residentKb() - firstKb, 50);
  void [first, more];
}

/** So many listeners that all are set up. */
async function startSessions(
  tools: BenchTools,
  { place }: RunningSubject,
  flags: readonly string[],
): Promise<BenchProcess> {
  const args = [...place, "--count", String(MANY), ...flags];
  const receiver = new BenchProcess(tools.receiver, args);
  await receiver.line(/^ready/);
  return receiver;
}

/** The first sessions pay for what they share: compiled code, and the compiler's own memory. */
function memoryRow(what: string, grownKb: number, atMost: number): void {
  const note = `${MANY} sessions`;
  rows.push({ what: `memory per ${what}`, found: grownKb / MANY, atMost, unit: "KiB", note });
}

/** Several measurements of one warm server with few streams. */
async function slices(
  tools: BenchTools,
  subject: "ours" | "gst on demand",
  movie: BenchMovie,
  count: number,
): Promise<number> {
  await using server = await startSubject(tools, subject, movie);
  const args = [...server.place, "--count", String(count)];
  await using receiver = new BenchProcess(tools.receiver, args);
  await receiver.line(/^ready/);
  await sleep(10_000);
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const run = { subject, movie, count, warmUpMs: 0, measureMs: 1000 };
    const result = await measureRunning(server.process, receiver, run);
    runs.push(result);
    costs.push(result.cpuPercentPerStream);
  }
  return median(costs);
}

/** Few streams, where our code is cold and our event loop has little to share. */
async function compareFew(tools: BenchTools, movie: BenchMovie, problem?: string): Promise<void> {
  for (const count of [1, 10, 50]) {
    const ours = await slices(tools, "ours", movie, count);
    const theirs = problem === undefined
      ? await slices(tools, "gst on demand", movie, count)
      : undefined;
    const what = `${count} ${count === 1 ? "stream" : "streams"} of 12 kB, to gst on demand`;
    ratio(what, 1, ours, theirs, problem);
  }
}

/** Cost per stream from few to many. */
async function measureGrowth(tools: BenchTools, movie: BenchMovie): Promise<void> {
  const counts = [10, 100, 1000];
  const plans = counts.map((count) => ({ subject: "ours" as const, count, movie }));
  const costs = (await takeTurns(tools, plans, FEW_ROUNDS)).map(cost);
  const steps = costs.slice(1).map((after, index) => (after ?? NaN) / (costs[index] ?? NaN));
  rows.push({
    what: "growth: cost per stream, each step to the one before",
    found: Math.max(...steps),
    atMost: 1,
    unit: "",
    note: counts.map((count, index) => `${count}: ${costs[index]?.toFixed(4)} %`).join(", "),
  });
}

async function runAll(tools: BenchTools, problem?: string): Promise<void> {
  const small = makeMovie(tools.folder, {
    name: "small",
    width: 384,
    height: 288,
    frameLength: 12_000,
    seconds: 40,
  });
  const large = makeMovie(tools.folder, {
    name: "large",
    width: 1920,
    height: 1080,
    frameLength: 100_000,
    seconds: 10,
  });
  await compareCosts(tools, small, problem);
  if (quick) return await measureSessions(tools, small);
  await fill(tools, "12 kB by UDP", { subject: "ours", count: 1500, movie: small });
  const subject = "ours without FFI";
  await fill(tools, "12 kB by UDP without FFI", { subject, count: 350, movie: small });
  await fill(tools, "12 kB by TCP without FFI", {
    subject,
    count: 900,
    movie: small,
    transport: "tcp",
  });
  await fill(tools, "100 kB by TCP", {
    subject: "ours",
    count: 180,
    movie: large,
    transport: "tcp",
  });
  await fill(tools, "100 kB by UDP", { subject: "ours", count: 150, movie: large });
  await measureSessions(tools, small);
  await compareFew(tools, small, problem);
  await measureGrowth(tools, small);
  const notRun = (what: string, note: string) =>
    rows.push({ what, found: undefined, unit: "", note });
  notRun(
    "two workers against one",
    "needs a third core for the listeners, and is no part of this bench yet",
  );
  notRun("our client's processor time against FFmpeg and GStreamer", "no part of this bench yet");
}

/** What else keeps the machine busy makes all figures worse. */
function machine(): Record<string, unknown> {
  return {
    cores: navigator.hardwareConcurrency,
    loadAverage: Deno.loadavg(),
    kernel: Deno.osRelease(),
    deno: Deno.version.deno,
    arch: Deno.build.arch,
  };
}

if (Deno.build.os !== "linux") {
  console.log("The server's bench needs Linux: it reads /proc, and its load client is Linux C.");
  Deno.exit(0);
}
const folder = await Deno.makeTempDir({ prefix: "server_bench_" });
try {
  const before = machine();
  const { python, problem } = await findPython();
  const tools: BenchTools = {
    folder,
    receiver: await build(folder, "receiver"),
    gsoSender: await build(folder, "gso_sender"),
    python,
  };
  await runAll(tools, problem);
  const after = machine();
  console.log(`${new Date().toISOString()}, ${JSON.stringify(before)}, after: ${Deno.loadavg()}`);
  console.log(formatRows(rows));
  if (jsonPath !== undefined) {
    const judged = rows.map((row) => ({ ...row, passes: verdict(row) ?? null }));
    const report = { at: new Date().toISOString(), quick, before, after, rows: judged, runs };
    await Deno.writeTextFile(jsonPath, JSON.stringify(report, null, 2) + "\n");
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
