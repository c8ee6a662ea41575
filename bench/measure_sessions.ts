import type { BenchReport, BenchSection } from "./bench_report.ts";
import { MANY } from "./compare_costs.ts";
import type { BenchMovie } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import { type BenchTools, type RunningSubject, sleep, startSubject } from "./server_subjects.ts";

/** Memory, and the time from connect to the first frame. */
export function measureSessions(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
  isQuick: boolean,
): BenchSection {
  const probes = isQuick ? 30 : 100;
  return {
    name: "memory and first frames",
    plannedSeconds: 20 + 1.5 * probes / 25,
    run: async () => {
      await measureAlone(report, tools, movie, probes);
      await measurePlaying(report, tools, movie, probes);
    },
  };
}

/** A server with nothing to do, then with sessions that do nothing. */
async function measureAlone(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
  probes: number,
): Promise<void> {
  await using server = await startSubject(tools, "ours", movie);
  await sleep(1000);
  const idleMiB = server.process.residentKb() / 1024;
  const note = "VmRSS";
  report.add({ what: "memory, idle", found: idleMiB, atMost: 60, unit: "MiB", note });
  const alone = await firstFrames(tools, server, probes);
  report.add({
    what: "connect to first frame, alone",
    found: alone.p50Ms,
    atMost: 5,
    unit: "ms",
    note: `median of ${probes}; p99 ${alone.p99Ms} ms`,
  });
  await measureIdle(report, tools, server);
}

interface FirstFrames {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Sessions one behind the other. */
async function firstFrames(
  tools: BenchTools,
  { place }: RunningSubject,
  probes: number,
): Promise<FirstFrames> {
  await using prober = new BenchProcess(tools.receiver, [...place, "--probe", String(probes)]);
  const [json] = await prober.line(/^\{.*\}$/);
  return JSON.parse(json);
}

async function measureIdle(
  report: BenchReport,
  tools: BenchTools,
  server: RunningSubject,
): Promise<void> {
  const beforeKb = server.process.residentKb();
  await using first = await startSessions(tools, server, ["--idle"]);
  await sleep(500);
  const firstKb = server.process.residentKb() - beforeKb;
  await using more = await startSessions(tools, server, ["--idle"]);
  await sleep(500);
  const allKb = server.process.residentKb() - beforeKb;
  const each = (kb: number) => (kb / MANY).toFixed(1);
  report.add({
    what: "memory per idle session",
    found: allKb / (2 * MANY),
    atMost: 20,
    unit: "KiB",
    note: `${2 * MANY} sessions: ${each(firstKb)} KiB for each of the first half, which pays for ` +
      `what all share, ${each(allKb - firstKb)} for each of the other`,
  });
  void [first, more];
}

/** Sessions that play, on a server of their own. */
async function measurePlaying(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
  probes: number,
): Promise<void> {
  await using server = await startSubject(tools, "ours", movie);
  await firstFrames(tools, server, probes); // to start as warm as the idle one
  const beforeKb = server.process.residentKb();
  await using first = await startSessions(tools, server, []);
  await sleep(4000);
  const firstKb = server.process.residentKb();
  memoryRow(report, "playing session, the first", firstKb - beforeKb, 50);
  const among = await firstFrames(tools, server, probes);
  report.add({
    what: `connect to first frame, ${MANY} streams running, p99`,
    found: among.p99Ms,
    atMost: 30,
    unit: "ms",
    note: `of ${probes}; median ${among.p50Ms} ms, most ${among.maxMs} ms`,
  });
  await using more = await startSessions(tools, server, []);
  await sleep(4000);
  memoryRow(report, "playing session, as many more", server.process.residentKb() - firstKb, 50);
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
function memoryRow(report: BenchReport, what: string, grownKb: number, atMost: number): void {
  const note = `${MANY} sessions`;
  report.add({ what: `memory per ${what}`, found: grownKb / MANY, atMost, unit: "KiB", note });
}
