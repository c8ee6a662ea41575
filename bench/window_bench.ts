// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures the client's window in headless Chromium, on loopback by UDP: how long a frame takes from its
 * last packet to the painted page (`measureLatency` says how), and with `--minutes` whether memory grows.
 *
 *   deno run -A bench/window_bench.ts [--seconds N] [--minutes N] [--json FILE]
 *
 * Ends with code 1 where p95 is 50 ms or more, or where a minute of the second half adds 1 MiB or
 * more to a process.
 *
 * @module
 */
import { hasBrowser } from "../tests/web/browser.ts";
import type { WatchedMovie } from "./watched_play.ts";
import { type Lateness, measureLatency } from "./window_latency.ts";
import { growth, measureMemory } from "./window_memory.ts";

const [SECONDS, MOST_P95_MS, MOST_GROWTH] = [20, 50, 1];

const SMALL: WatchedMovie = { width: 384, height: 288, frameLength: 12_000, framesPerSecond: 25 };
const LARGE: WatchedMovie = {
  ...{ width: 1920, height: 1080 },
  ...{ frameLength: 200_000, framesPerSecond: 24 },
};

const FIGURES = ["client", "renderer", "heap", "server"] as const;

/** The value of an option. */
function option(name: string): string | undefined {
  const at = Deno.args.indexOf(name);
  return at < 0 ? undefined : Deno.args[at + 1];
}

const describe = ({ width, height, framesPerSecond }: WatchedMovie) =>
  `${width} x ${height} at ${framesPerSecond}`;

const times = ({ p50, p95, p99, max }: Lateness) =>
  [p50, p95, p99, max].map((ms) => ms.toFixed(1).padStart(7)).join("");

const row = (what: string, figures: readonly number[]) =>
  what.padEnd(12) + figures.map((figure) => figure.toFixed(2).padStart(10)).join("");

async function latencies(seconds: number): Promise<{ isHeld: boolean; rows: unknown[] }> {
  console.log(`From a frame's last packet to the page, ${seconds} s each, in milliseconds`);
  console.log(`${"".padEnd(40)}    p50    p95    p99    max`);
  const rows: unknown[] = [];
  let isHeld = true;
  for (const movie of [SMALL, LARGE]) {
    const found = await measureLatency(movie, seconds);
    const { painted, drawn, received, shown, arrived, frameLength, clocksOffMs } = found;
    const passes = painted.p95 < MOST_P95_MS;
    isHeld &&= passes;
    const what = `${describe(movie)}, ${Math.round(frameLength / 1000)} kB`;
    const verdict = `p95 under ${MOST_P95_MS}: ${passes ? "pass" : "FAIL"}`;
    console.log(`${`${what}: in the page`.padEnd(40)}${times(received)}`);
    console.log(`${`${what}: drawn`.padEnd(40)}${times(drawn)}`);
    console.log(`${`${what}: painted`.padEnd(40)}${times(painted)}  ${verdict}`);
    const clocks = `clocks ${clocksOffMs.toFixed(1)} ms apart`;
    console.log(`  ${shown} of ${arrived} frames shown; ${clocks}`);
    rows.push({ movie, ...found });
  }
  return { isHeld, rows };
}

async function memory(minutes: number): Promise<{ isHeld: boolean; rows: unknown }> {
  console.log(`Memory while it shows ${describe(LARGE)}, in MiB, and pictures a second`);
  console.log(`${"minute".padEnd(12)}    client  renderer  its heap    server  pictures`);
  const samples = await measureMemory(LARGE, minutes, (sample) => {
    if (!Number.isInteger(sample.minutes)) return;
    const figures = FIGURES.map((figure) => sample[figure]);
    console.log(row(String(sample.minutes), [...figures, sample.framesPerSecond]));
  });
  // In the first minutes programs are compiled, caches filled, and heaps grow to the size they work in.
  const later = samples.filter((sample) => sample.minutes >= minutes / 2);
  const slopes = FIGURES.map((figure) => growth(later, figure));
  console.log(`${row("a minute", slopes)}  in the second half`);
  return { isHeld: slopes.every((mib) => mib < MOST_GROWTH), rows: { samples, slopes } };
}

if (!hasBrowser()) throw new Error("Chromium is not there (Debian's package chromium)");
const before = Deno.loadavg();
const minutes = Number(option("--minutes") ?? 0);
if (minutes !== 0 && !(minutes >= 2)) throw new Error("--minutes needs a number from 2 on");
const result = minutes > 0
  ? await memory(minutes)
  : await latencies(Number(option("--seconds") ?? SECONDS));
const load = { before, after: Deno.loadavg() };
console.log(`${new Date().toISOString()}, Deno ${Deno.version.deno}, load ${JSON.stringify(load)}`);
const json = option("--json");
if (json !== undefined) {
  const report = { at: new Date().toISOString(), deno: Deno.version.deno, load, ...result };
  await Deno.writeTextFile(json, JSON.stringify(report, null, 2) + "\n");
}
if (!result.isHeld) Deno.exitCode = 1;
