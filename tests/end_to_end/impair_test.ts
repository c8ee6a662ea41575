import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parseImpairment } from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";

const FAST = ["--fps", "100"];

Deno.test("--impair of the server: the same frames are lost in each run, a packet each", async () => {
  const faults = "loss=10%,seed=7";
  const network = new NetworkImpairment<Uint8Array>(parseImpairment(faults));
  const passed = OWN_FRAMES.flatMap((frame) => network.push(frame, 0));
  const lost = OWN_FRAMES.length - passed.length;
  assertAlmostEquals(lost / OWN_FRAMES.length, 0.1, 0.04);
  for (let run = 0; run < 2; run++) {
    await using server = await RunningProgram.server([...FAST, "--impair", faults]);
    await server.says("stdout", /^Bad network: loss=10%,seed=7 for all UDP; TCP is left alone$/m);
    const { code, stderr, frames, statistics } = await play(labForm(server));
    assertEquals(code, 0, stderr);
    assertSameFrames(frames, passed.map(({ datagram }) => datagram));
    assertEquals(statistics.packets.received, passed.length);
    assertAlmostEquals(statistics.packets.lost, lost, 3); // nobody can know of those at the ends
  }
});

Deno.test("--impair of the server: the client sees what came twice and what was passed", async () => {
  const faults = "duplicate=10%,reorder=10%,delay=30ms,seed=3";
  await using server = await RunningProgram.server([...FAST, "--impair", faults]);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stderr, statistics } = await play([url, "--frames", "100"]);
  assertEquals(code, 0, stderr);
  const { packets } = statistics as unknown as { packets: Record<string, number> };
  const { received = 0, duplicate = 0, reordered = 0 } = packets;
  assert(received > 100 && duplicate > 0 && reordered > 0, JSON.stringify(packets));
});

Deno.test("--impair of the server leaves what is inside the connection alone", async () => {
  await using server = await RunningProgram.server([...FAST, "--impair", "loss=100%"]);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stderr, statistics } = await play([url, "--transport", "tcp", "--frames", "50"]);
  assertEquals(code, 0, stderr);
  assertEquals([statistics.packets.lost, statistics.frames.broken], [0, 0]);
});

for (const args of [["--multicast", "239.255.77.78/1"], ["--workers", "2"]]) {
  Deno.test(`--impair of the server goes with ${args.join(" ")}`, async () => {
    const options = [...FAST, "--loop", "--impair", "loss=30%,seed=7", ...args];
    await using server = await RunningProgram.server(options);
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const transport = args[0] === "--multicast" ? "multicast" : "udp";
    const finished = await runClient([url, "--transport", transport, "--duration", "1s"]);
    const [, percent = "0"] = /Packets:.* lost .*?([\d.]+)\s*%/.exec(finished.stdout) ?? [];
    assertAlmostEquals(Number(percent), 30, 10, finished.stdout);
  });
}
