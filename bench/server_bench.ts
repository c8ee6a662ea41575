// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures server and client beside their peers, in one run and by turns: processor time per stream, most
 * streams, memory, the time to the first frame, and what the client takes without loss; prints a table of
 * figures and bars.
 *
 *   deno run -A bench/server_bench.ts [--quick] [--only WORDS] [--json FILE]
 *
 * Needs Linux, a C compiler, and, for the peers, Debian's python3-gi, gir1.2-gst-rtsp-server-1.0,
 * gstreamer1.0-plugins-good, gstreamer1.0-tools, ffmpeg and vlc-bin; it says what it could not run. All
 * load stays on loopback. `--only` runs the sections whose names contain one of the words.
 *
 * @module
 */
import { BenchReport, type BenchSection } from "./bench_report.ts";
import { buildTools } from "./build_tools.ts";
import { compareClients } from "./compare_clients.ts";
import { compareCosts } from "./compare_costs.ts";
import { compareFew, measureGrowth } from "./compare_few.ts";
import { compareWorkers } from "./compare_workers.ts";
import { fillStreams } from "./fill_streams.ts";
import { depacketizing, lossless } from "./measure_reception.ts";
import { measureSessions } from "./measure_sessions.ts";
import { type BenchMovie, makeMovie } from "./server_media.ts";
import { formatRows, formatTable, verdict } from "./server_rows.ts";
import type { BenchTools } from "./server_subjects.ts";

/** Frames of 12 kB; long enough that no client comes to its end. */
const SMALL = { name: "small", width: 384, height: 288, frameLength: 12_000, seconds: 60 };
const LARGE = { name: "large", width: 1920, height: 1080, frameLength: 100_000, seconds: 40 };

function sectionsOf(
  report: BenchReport,
  tools: BenchTools,
  [small, large]: readonly [BenchMovie, BenchMovie],
  isQuick: boolean,
): BenchSection[] {
  const costs = compareCosts(report, tools, small, isQuick);
  const sessions = measureSessions(report, tools, small, isQuick);
  if (isQuick) return [...costs, sessions];
  return [
    ...costs,
    ...fillStreams(report, tools, small, large),
    sessions,
    ...compareFew(report, tools, small),
    measureGrowth(report, tools, small),
    compareClients(report, tools, small, "ours"),
    compareClients(report, tools, large, "ours"),
    compareClients(report, tools, small, "gst on demand"),
    lossless(report, tools),
    depacketizing(report, [small, large]),
    compareWorkers(report, tools),
  ];
}

/** The value of an option. */
function option(name: string): string | undefined {
  const at = Deno.args.indexOf(name);
  return at < 0 ? undefined : Deno.args[at + 1];
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

/** Where the time of the bench went. */
function formatTimes({ times }: BenchReport): string {
  const sum = (pick: (time: BenchReport["times"][number]) => number) =>
    times.map(pick).reduce((a, b) => a + b, 0).toFixed(0);
  const lines = times.map(({ name, plannedSeconds, seconds }) => [
    name,
    plannedSeconds.toFixed(0),
    seconds.toFixed(0),
  ]);
  const all = ["all", sum((time) => time.plannedSeconds), sum((time) => time.seconds)];
  return formatTable(["part of the bench", "planned, s", "took, s"], [...lines, all]);
}

if (Deno.build.os !== "linux") {
  console.log("The bench needs Linux: it reads /proc, and its load client is Linux C.");
  Deno.exit(0);
}
const isQuick = Deno.args.includes("--quick");
const only = option("--only")?.split(",");
const folder = await Deno.makeTempDir({ prefix: "server_bench_" });
try {
  const before = machine();
  const report = new BenchReport();
  const tools = await buildTools(folder);
  const movies = [makeMovie(folder, SMALL), makeMovie(folder, LARGE)] as const;
  const sections = sectionsOf(report, tools, movies, isQuick)
    .filter(({ name }) => only === undefined || only.some((word) => name.includes(word)));
  const planned = sections.reduce((sum, { plannedSeconds }) => sum + plannedSeconds, 0);
  console.error(`${sections.length} parts, about ${planned.toFixed(0)} s`);
  for (const section of sections) await report.section(section);
  const after = machine();
  console.log(`${new Date().toISOString()}, ${JSON.stringify(before)}, after: ${Deno.loadavg()}\n`);
  console.log(`${formatRows(report.rows)}\n\n${formatTimes(report)}`);
  const jsonPath = option("--json");
  if (jsonPath !== undefined) {
    const { times, runs } = report;
    const rows = report.rows.map((row) => ({ ...row, passes: verdict(row) ?? null }));
    const json = { at: new Date().toISOString(), isQuick, before, after, rows, times, runs };
    await Deno.writeTextFile(jsonPath, JSON.stringify(json, null, 2) + "\n");
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
