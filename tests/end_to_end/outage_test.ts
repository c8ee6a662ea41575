import { assert, assertEquals, assertMatch } from "@std/assert";
import { Relay } from "../support/relay.ts";
import { RunningProgram } from "../support/programs.ts";
import { readFrames } from "./play.ts";

/** What a recording over an outage has come to. */
interface Outage {
  readonly code: number;
  readonly stderr: string;
  readonly statistics: {
    readonly outcome: string;
    readonly reconnects: number;
    readonly transport: { readonly protocol: string };
    readonly packets: Readonly<Record<string, number>>;
    readonly frames: Readonly<Record<string, number>>;
    readonly durationSeconds: number;
  };
  /** From a frame's arrival to the next one's, in seconds. */
  readonly gaps: readonly number[];
  readonly files: number;
  readonly aviSeconds: number;
}

const FRAMES = 60;

/** Records through a network that swallows everything until the client has noticed. */
async function record(transport: "udp" | "tcp", restarts: boolean): Promise<Outage> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-outage-" });
  try {
    await using server = await RunningProgram.server();
    await using relay = new Relay(server.port);
    await using client = RunningProgram.client([
      ...[`rtsp://127.0.0.1:${relay.port}/movie.Mjpeg`, "--transport", transport, "--reconnect"],
      ...["--frames", String(FRAMES), "--dump", `${folder}/frames`],
      ...["--record", `${folder}/all.avi`, "--stats", `${folder}/statistics.json`],
    ]);
    await client.says("stderr", /State: PLAYING/);
    await new Promise((resolve) => setTimeout(resolve, 800));
    relay.goDown();
    await client.says("stderr", /tried again in 0\.5 s/);
    if (restarts) await server.stop("SIGKILL");
    await using _second = restarts ? await RunningProgram.server([], server.port) : undefined;
    relay.comeUp();
    const { code, stderr } = await client.finished();
    const csv = await Deno.readTextFile(`${folder}/frames/frames.csv`);
    return {
      code,
      stderr,
      statistics: JSON.parse(await Deno.readTextFile(`${folder}/statistics.json`)),
      gaps: gapsOf(csv),
      files: (await readFrames(`${folder}/frames`)).length,
      aviSeconds: await lengthOf(`${folder}/all.avi`),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function gapsOf(csv: string): number[] {
  const [head = "", ...rows] = csv.trimEnd().split("\n");
  const column = head.split(",").indexOf("arrival_ms");
  const arrivals = rows.map((row) => Number(row.split(",")[column]));
  return arrivals.slice(1).map((ms, i) => (ms - (arrivals[i] ?? 0)) / 1000);
}

/** How long an AVI is, in seconds: `dwMicroSecPerFrame` and `dwTotalFrames` of its main header. */
async function lengthOf(path: string): Promise<number> {
  const bytes = await Deno.readFile(path);
  const view = new DataView(bytes.buffer);
  return view.getUint32(32, true) * view.getUint32(48, true) / 1e6;
}

const CASES = [["udp", false], ["tcp", false], ["udp", true]] as const;

Deno.test("--reconnect records on when the network has swallowed everything for a while", async (t) => {
  const outages = await Promise.all(
    CASES.map(([transport, restarts]) => record(transport, restarts)),
  );
  for (const [i, outage] of outages.entries()) {
    const [transport, restarts] = CASES[i] ?? [];
    await t.step(`${transport}${restarts ? ", and another server after it" : ""}`, () => {
      const { code, stderr, statistics, gaps, files, aviSeconds } = outage;
      assertEquals(code, 0, stderr);
      assertMatch(
        stderr,
        /nothing has come for \d+ s, and GET_PARAMETER was not answered within 3 s/,
      );
      assertMatch(stderr, /Playing again, \d+\.\d s after the failure\n/);
      const { outcome, reconnects, packets, frames, durationSeconds } = statistics;
      assertEquals([outcome, reconnects, statistics.transport.protocol], ["played", 1, transport]);
      assertEquals([frames.whole, frames.notWritten, packets.lost], [FRAMES, 0, 0]);
      assertEquals([files, gaps.filter((seconds) => seconds > 4).length], [FRAMES, 1]);
      assert(Math.abs(aviSeconds - durationSeconds) < 0.3, `${aviSeconds} s, ${durationSeconds} s`);
    });
  }
});

Deno.test("a server that falls silent ends the play with a sentence, without --reconnect", async () => {
  const plays = (["udp", "tcp"] as const).map(async (transport) => {
    await using server = await RunningProgram.server();
    await using client = RunningProgram.client([
      ...[`rtsp://127.0.0.1:${server.port}/movie.Mjpeg`, "--transport", transport],
    ]);
    await client.says("stderr", /State: PLAYING/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.signal("SIGSTOP");
    return await client.finished();
  });
  for (const { code, stderr } of await Promise.all(plays)) {
    assertEquals(code, 1, stderr);
    assertMatch(
      stderr,
      /Cannot go on playing movie\.Mjpeg from 127\.0\.0\.1:\d+: nothing has come for \d+ s, and GET_PARAMETER was not answered within 3 s\n/,
    );
  }
});
