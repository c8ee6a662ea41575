// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures how long `zoetrope-client --snapshot` takes from its connection to its file, on loopback, and how
 * long both programs take to start. Prints medians; ends with code 1 if the snapshot takes 60 ms or more.
 * Compiled programs where ZOETROPE_BINARIES names their folder, otherwise the sources by `deno run`.
 *
 * The bench stands between client and server and passes their RTSP on: a connection is timed when it is
 * accepted, a file when it gets its name. So what is measured is a little more than the truth.
 *
 * @module
 */
import { runClient, RunningProgram, runServer } from "../tests/support/programs.ts";

const [RUNS, MOST_MS] = [15, 60];

/** Passes connections on to a server, and tells when they were made. */
function relay(port: number, accepted: () => void): Deno.Listener {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const passOn = async (client: Deno.Conn) => {
    using server = await Deno.connect({ hostname: "127.0.0.1", port });
    for (const socket of [client as Deno.TcpConn, server]) socket.setNoDelay();
    const ways = [
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ];
    await Promise.allSettled(ways);
  };
  const accept = async () => {
    for await (const client of listener) {
      accepted();
      passOn(client).catch(() => {}); // either side has gone
    }
  };
  accept();
  return listener;
}

/** When a file with this name comes to be. */
async function named(folder: string, name: string): Promise<number> {
  using watcher = Deno.watchFs(folder);
  for await (const { paths } of watcher) {
    const isThere = paths.some((path) => path.endsWith(`/${name}`));
    if (isThere) return performance.now();
  }
  return NaN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function line(what: string, times: readonly number[]): string {
  const show = (ms: number) => ms.toFixed(1).padStart(6);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return `  ${what.padEnd(34)} ${show(median(times))} ms (${show(least)} to ${show(most)})`;
}

/** From connection to file, and from the start of the program to its connection. */
async function snapshots(serverPort: number): Promise<{ taken: number[]; connected: number[] }> {
  const folder = await Deno.makeTempDir();
  let acceptedMs = NaN;
  const listener = relay(serverPort, () => acceptedMs = performance.now());
  const url = `rtsp://127.0.0.1:${(listener.addr as Deno.NetAddr).port}/movie.Mjpeg`;
  const [taken, connected]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const there = named(folder, `${run}.jpg`);
    const startedMs = performance.now();
    const { code, stderr } = await runClient(["-q", "--snapshot", `${folder}/${run}.jpg`, url]);
    if (code !== 0) throw new Error(`The client ended with ${code}: ${stderr}`);
    taken.push(await there - acceptedMs);
    connected.push(acceptedMs - startedMs);
  }
  listener.close();
  await Deno.remove(folder, { recursive: true });
  return { taken, connected };
}

async function starts(run: (args: readonly string[]) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const before = performance.now();
    await run(["--version"]);
    times.push(performance.now() - before);
  }
  return times;
}

const isCompiled = Deno.env.get("ZOETROPE_BINARIES") !== undefined;
const how = isCompiled ? "compiled" : "by deno run (ZOETROPE_BINARIES=dist for the compiled ones)";
console.log(`Programs: ${how}; median of ${RUNS} runs (least to most)`);
await using server = await RunningProgram.server(["--loop"]);
const { taken, connected } = await snapshots(server.port);
const isHeld = median(taken) < MOST_MS;
const verdict = `under ${MOST_MS} ms: ${isHeld ? "pass" : "FAIL"}`;
console.log(`${line("--snapshot, connect to file", taken)}, ${verdict}`);
console.log(line("--snapshot, start to connect", connected));
console.log(line("zoetrope-client --version", await starts(runClient)));
console.log(line("zoetrope-server --version", await starts(runServer)));
if (!isHeld) Deno.exitCode = 1;
