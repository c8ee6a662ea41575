/**
 * Our client with its window, as its program makes it, and a stopwatch in the way of the datagrams:
 *
 *   deno run -A bench/window_client.ts URL --window
 *
 * Each line on standard input asks for a line of JSON: when each frame's last packet came in, in Unix
 * milliseconds with fractions, and how far `Date.now()` is from the clock that was used.
 *
 * @module
 */
import { parseClientOptions } from "../lib/command_line/client_options.ts";
import { openWindow } from "../lib/programs/open_window.ts";
import { playSource } from "../lib/programs/play_source.ts";
import { readTrust } from "../lib/programs/read_trust.ts";

const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
const unixMs = () => performance.timeOrigin + performance.now();

/** By frame number. */
const arrivals: [number: number, unixMs: number][] = [];
/** When the socket gave the newest datagram. */
let newestMs = NaN;

async function report(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    print(JSON.stringify({ arrivals, clockOffMs: Date.now() - unixMs() }));
  }
}

const parsed = parseClientOptions(Deno.args, "bench");
if (parsed.kind !== "options") throw new Error(JSON.stringify(parsed));
const [options] = parsed.sources;
const trust = await readTrust(options);
if (typeof trust === "string") throw new Error(trust);
report();
await playSource(options, {
  ...{
    product: "bench",
    trust,
    begins: () => {},
    ended: () => {},
    notice: () => {},
  },
  capture: ({ direction }) => {
    if (direction === "in") newestMs = unixMs();
  },
  openWindow: (runner, steering) =>
    openWindow(options, { version: "bench", runner, steering, tell: print, complain: print }),
  // It is whole with the datagram that came last, before anything else is read.
  frame: ({ number }) => arrivals.push([number, newestMs]),
});
Deno.exit();
