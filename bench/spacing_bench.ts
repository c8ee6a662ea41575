// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures how evenly the server program sends: plays 500 frames at 20 frames a second and prints the
 * spacing of their RTP packets on arrival. Ends with code 1 if the mean is off by more than 0.5 %.
 *
 * @module
 */
import { RunningProgram } from "../tests/support/programs.ts";

const [FRAMES, INTERVAL_MS, MOST_OFF] = [500, 50, 0.005];

/** When each packet came, in milliseconds; one packet is one frame in the lab dialect. */
async function arrivals(port: number): Promise<number[]> {
  const rtp = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const ask = async (method: string, cseq: number, line3: string) => {
    const request = `${method} movie.Mjpeg RTSP/1.0\nCSeq: ${cseq}\n${line3}`;
    await connection.write(new TextEncoder().encode(request));
    const reply = new Uint8Array(256);
    const length = await connection.read(reply) ?? 0;
    const text = new TextDecoder().decode(reply.subarray(0, length));
    if (!text.startsWith("RTSP/1.0 200 ")) throw new Error(`${method} was answered ${text}`);
  };
  await ask("SETUP", 1, `Transport: RTP/UDP; client_port= ${(rtp.addr as Deno.NetAddr).port}`);
  await ask("PLAY", 2, "Session: 0");
  const buffer = new Uint8Array(65_536);
  const times: number[] = [];
  while (times.length < FRAMES) {
    await rtp.receive(buffer);
    times.push(performance.now());
  }
  await ask("TEARDOWN", 3, "Session: 0");
  rtp.close();
  return times;
}

await using server = await RunningProgram.server(["--loop", "--fps", String(1000 / INTERVAL_MS)]);
const times = await arrivals(server.port);
const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time)).sort((a, b) => a - b);
const quantile = (part: number) => gaps[Math.round(part * (gaps.length - 1))] ?? NaN;
const mean = ((times.at(-1) ?? NaN) - (times[0] ?? NaN)) / gaps.length;
const off = mean / INTERVAL_MS - 1;
const show = (ms: number) => ms.toFixed(3).padStart(7);
console.log(
  `Spacing of ${FRAMES} frames at ${INTERVAL_MS} ms, by the arrival of their RTP packets`,
);
console.log(`  mean ${show(mean)} ms, ${(off * 100).toFixed(4)} % off`);
console.log(`  min  ${show(quantile(0))} ms`);
for (const percent of [1, 50, 99]) {
  console.log(`  p${String(percent).padEnd(3)} ${show(quantile(percent / 100))} ms`);
}
console.log(`  max  ${show(quantile(1))} ms`);
if (Math.abs(off) > MOST_OFF) Deno.exitCode = 1;
