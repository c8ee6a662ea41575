import type { Browser } from "playwright-core";
import { commandLine } from "../tests/support/programs.ts";
import { type WatchedMovie, watchPlay } from "./watched_play.ts";

/** Memory in use, in MiB. */
export interface MemorySample {
  readonly minutes: number;
  /** Resident, of the client's process. */
  readonly client: number;
  /** Resident, of the browser's processes that run pages. */
  readonly renderer: number;
  /** The page's JavaScript, after a garbage collection. */
  readonly heap: number;
  /** Resident, of the server's process. */
  readonly server: number;
  /** How many pictures a second the page has drawn since the sample before. */
  readonly framesPerSecond: number;
}

const SAMPLE_MS = 10_000;
const MIB = 1 << 20;

/** Runs in the page before its own script: counts what is drawn. */
const COUNT_SCRIPT = `{
  const { drawImage } = CanvasRenderingContext2D.prototype;
  globalThis.drawnFrames = 0;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    drawImage.apply(this, args);
    if (this.canvas.id === "picture") globalThis.drawnFrames++;
  };
}`;

/** Plays so long, and looks at the memory each 10 s. */
export async function measureMemory(
  movie: WatchedMovie,
  minutes: number,
  told: (sample: MemorySample) => void,
): Promise<MemorySample[]> {
  await using play = await watchPlay(movie, commandLine("client", []), COUNT_SCRIPT);
  const session = await play.page.context().newCDPSession(play.page);
  await session.send("Performance.enable");
  const samples: MemorySample[] = [];
  const startMs = performance.now();
  let before = { atMs: startMs, drawn: await play.page.evaluate<number>("drawnFrames") };
  for (let count = 1; count * SAMPLE_MS <= minutes * 60_000; count++) {
    const waitMs = startMs + count * SAMPLE_MS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? NaN;
    const now = {
      atMs: performance.now(),
      drawn: await play.page.evaluate<number>("drawnFrames"),
    };
    const framesPerSecond = 1000 * (now.drawn - before.drawn) / (now.atMs - before.atMs);
    before = now;
    const sample = {
      framesPerSecond,
      minutes: count * SAMPLE_MS / 60_000,
      client: play.client.residentKb() / 1024,
      renderer: await rendererMib(play.browser),
      heap: heap / MIB,
      server: play.server.residentKb() / 1024,
    };
    samples.push(sample);
    told(sample);
  }
  return samples;
}

/**
 * How fast one of the figures grows, by the least squares, in MiB a minute.
 *
 * @param samples At least two.
 */
export function growth(
  samples: readonly MemorySample[],
  figure: "client" | "renderer" | "heap" | "server",
): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanTime = mean(samples.map(({ minutes }) => minutes));
  const meanFigure = mean(samples.map((sample) => sample[figure]));
  const products = samples.map((one) => (one.minutes - meanTime) * (one[figure] - meanFigure));
  return mean(products) / mean(samples.map(({ minutes }) => (minutes - meanTime) ** 2));
}

async function rendererMib(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let kib = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    const status = await Deno.readTextFile(`/proc/${id}/status`);
    kib += Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]);
  }
  return kib / 1024;
}
