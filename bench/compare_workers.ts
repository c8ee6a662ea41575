import type { BenchReport, BenchSection } from "./bench_report.ts";
import { type BenchMovie, makeMovie } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import { median } from "./server_rows.ts";
import { type BenchTools, sleep, startSubject } from "./server_subjects.ts";

/** More than one core can send: each of so many streams has 100 frames a second. */
const [STREAMS, RATE] = [2400, 100];
const [WARM_UP_MS, SLICE_MS, SLICES, PASSES] = [4000, 1500, 3, 2];

/** What came to sockets that nobody reads: the kernel drops it, and counts. */
interface Dropped {
  readonly seconds: number;
  readonly packets: number;
}

/**
 * What two workers send against one. The listeners take no processor time: their sockets are full and
 * nobody reads them, so that the kernel throws away what comes, and counts it.
 */
export function compareWorkers(report: BenchReport, tools: BenchTools): BenchSection {
  return {
    name: "two workers against one",
    plannedSeconds: 2 * PASSES * (5 + (WARM_UP_MS + SLICES * SLICE_MS) / 1000),
    run: async () => {
      const what = "two workers against one: datagrams sent a second, nobody reads them";
      if (navigator.hardwareConcurrency < 2) return report.notRun(what, "there is one core only");
      const movie = makeMovie(tools.folder, {
        name: "many",
        ...{ width: 384, height: 288, frameLength: 12_000 },
        ...{ seconds: 10, framesPerSecond: RATE },
      });
      const rates = [[], []] as [number[], number[]];
      const shares = [[], []] as [number[], number[]];
      for (let pass = 0; pass < PASSES; pass++) {
        for (const workers of [1, 2] as const) {
          const found = await measure(tools, movie, workers);
          rates[workers - 1]?.push(...found.rates);
          shares[workers - 1]?.push(...found.cpuPercent);
        }
      }
      const [one, two] = rates.map(median) as [number, number];
      const [oneCpu, twoCpu] = shares.map(median) as [number, number];
      report.add({
        what,
        found: two / one,
        atLeast: 1.7,
        unit: "times",
        note:
          `${two.toFixed(0)} at ${twoCpu.toFixed(0)} % of a core against ${one.toFixed(0)} at ` +
          `${oneCpu.toFixed(0)} %; ${STREAMS} streams that want ` +
          `${(STREAMS * RATE * movie.packets).toFixed(0)}`,
      });
    },
  };
}

async function measure(
  tools: BenchTools,
  movie: BenchMovie,
  workers: 1 | 2,
): Promise<{ readonly rates: number[]; readonly cpuPercent: number[] }> {
  const options = workers === 1 ? [] : ["--workers", String(workers)];
  await using server = await startSubject(tools, "ours", movie, options);
  const args = [...server.place, "--count", String(STREAMS), "--no-read"];
  await using listeners = new BenchProcess(tools.receiver, args);
  await listeners.line(/^ready/);
  await sleep(WARM_UP_MS);
  const [rates, cpuPercent] = [[] as number[], [] as number[]];
  for (let slice = 0; slice < SLICES; slice++) {
    await listeners.say("start");
    const [cpuFrom, from] = [server.process.cpuMs(), performance.now()];
    await sleep(SLICE_MS);
    cpuPercent.push(100 * (server.process.cpuMs() - cpuFrom) / (performance.now() - from));
    await listeners.say("stop");
    const [json] = await listeners.line(/^\{.*\}$/);
    const { packets, seconds }: Dropped = JSON.parse(json);
    rates.push(packets / seconds);
  }
  return { rates, cpuPercent };
}
