import { fromFileUrl } from "@std/path";
import { type WatchedMovie, watchPlay } from "./watched_play.ts";

/** How late frames are seen, in milliseconds after their last packet came in. */
export interface Lateness {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What came of a movie. */
export interface WindowLatency {
  readonly frameLength: number;
  /** Frames that came in while it was measured. */
  readonly arrived: number;
  /** Those that the page painted; it leaves out what it has no time for. */
  readonly shown: number;
  /** Until the page has its message. */
  readonly received: Lateness;
  /** Until `drawImage` has returned. */
  readonly drawn: Lateness;
  /** Until the browser has painted the page with it. */
  readonly painted: Lateness;
  /** How far the two processes' clocks were apart at the end, at most; each is right to 1 ms. */
  readonly clocksOffMs: number;
}

interface Drawn {
  readonly number: number;
  readonly receivedMs: number;
  readonly drawnMs: number;
  readonly paintedMs: number | null;
}

/** The first second is the compilers'. */
const WARM_UP_MS = 1000;

const CLIENT = fromFileUrl(new URL("window_client.ts", import.meta.url));
const STOPWATCH = new URL("window_stopwatch.js", import.meta.url);

/**
 * Measures from a frame's last packet to the painted page.
 *
 * Both ends of the interval are read in different processes of one machine, as `performance.timeOrigin`
 * and `performance.now()`, which is finer than `Date.now()`; how far each of them is from `Date.now()` at
 * the end shows whether they agree. It begins when Deno has handed the packet over: what it waited in the
 * kernel is not in it. It ends in the page after `drawImage` (drawn), and in a message sent from the next
 * animation frame, which comes after that frame was painted (painted): a little more than the truth.
 */
export async function measureLatency(
  movie: WatchedMovie,
  seconds: number,
): Promise<WindowLatency> {
  const client = [Deno.execPath(), "run", "-A", CLIENT] as const;
  await using play = await watchPlay(movie, client, await Deno.readTextFile(STOPWATCH));
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS + seconds * 1000));
  const page: { drawn: Drawn[]; clockOffMs: number } = await play.page.evaluate("stopwatch()");
  await play.client.say("report");
  const [json] = await play.client.line(/^\{.*\}$/);
  const { arrivals, clockOffMs } = JSON.parse(json) as {
    arrivals: [number: number, unixMs: number][];
    clockOffMs: number;
  };
  const fromMs = (arrivals[0]?.[1] ?? NaN) + WARM_UP_MS;
  const lastSeenMs = page.drawn.at(-1)?.drawnMs ?? NaN;
  const wanted = new Map(arrivals.filter(([, ms]) => ms >= fromMs && ms <= lastSeenMs));
  const seen = page.drawn.filter(({ number, paintedMs }) =>
    wanted.has(number) && paintedMs !== null
  );
  const after = (ms: number | null, number: number) => (ms ?? NaN) - (wanted.get(number) ?? NaN);
  return {
    frameLength: play.frameLength,
    arrived: wanted.size,
    shown: new Set(seen.map(({ number }) => number)).size,
    received: lateness(seen.map(({ number, receivedMs }) => after(receivedMs, number))),
    drawn: lateness(seen.map(({ number, drawnMs }) => after(drawnMs, number))),
    painted: lateness(seen.map(({ number, paintedMs }) => after(paintedMs, number))),
    clocksOffMs: Math.abs(page.clockOffMs - clockOffMs),
  };
}

function lateness(values: readonly number[]): Lateness {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: quantile(1) };
}
