import type { BenchReport, BenchSection } from "./bench_report.ts";
import { measureDepacketizing } from "./depacketizing.ts";
import { type BenchMovie, makeMovie } from "./server_media.ts";
import { median } from "./server_rows.ts";
import { type BenchTools, ROOT, startSubject } from "./server_subjects.ts";

/** Frames of 125 kB at so many a second are 1 Gbit/s; AVI holds no higher rate. */
const FAST_RATE = 1000;
const [RUNS, SECONDS] = [5, 2];

/** What the client says of a play, of its JSON. */
interface PlayFigures {
  readonly packets: { readonly received: number; readonly lost: number };
  readonly dataRateBitsPerSecond: number;
  readonly receiveBufferBytes: number | null;
}

/** How fast packets in memory become JPEG files, on one core. */
export function depacketizing(
  report: BenchReport,
  movies: readonly BenchMovie[],
): BenchSection {
  return {
    name: "depacketising",
    plannedSeconds: 2.2 * movies.length,
    run: () => {
      for (const movie of movies) {
        const { gigabits, packetsPerSecond, slices } = measureDepacketizing(movie, 5);
        report.add({
          what: `depacketising and checking, ${movie.spec.frameLength / 1000} kB frames`,
          found: gigabits,
          atLeast: 3,
          unit: "Gbit/s",
          note: `on one core, in memory: ${(packetsPerSecond / 1000).toFixed(0)} packets a ms; ` +
            `slices from ${Math.min(...slices).toFixed(1)} to ${Math.max(...slices).toFixed(1)}`,
        });
      }
    },
  };
}

/** Whether the client loses something at 1 Gbit/s of large frames, each sent back to back. */
export function lossless(report: BenchReport, tools: BenchTools): BenchSection {
  return {
    name: "1 Gbit/s into the client",
    plannedSeconds: 4 + RUNS * (SECONDS + 1),
    run: async () => {
      const movie = makeMovie(tools.folder, {
        name: "fast",
        ...{ width: 1920, height: 1080, frameLength: 125_000 },
        ...{ seconds: 0.4, framesPerSecond: FAST_RATE },
      });
      await using server = await startSubject(tools, "ours", movie);
      const [, port, , path] = server.place;
      const plays: PlayFigures[] = [];
      for (let run = 0; run < RUNS; run++) {
        plays.push(await play(`rtsp://127.0.0.1:${port}${path}`));
      }
      const sum = (pick: (play: PlayFigures) => number) => plays.map(pick).reduce((a, b) => a + b);
      const megabits = median(plays.map((one) => one.dataRateBitsPerSecond)) / 1e6;
      const buffer = plays[0]?.receiveBufferBytes;
      report.add({
        what: "1 Gbit/s of 125 kB frames, each in one burst: packets lost",
        found: sum(({ packets }) => packets.lost),
        atMost: 0,
        unit: "",
        note: `of ${sum(({ packets }) => packets.received)} in ${RUNS} plays of ${SECONDS} s, ` +
          `${megabits.toFixed(0)} Mbit/s of payload; receive buffer ${buffer ?? "unknown"} bytes`,
      });
    },
  };
}

async function play(url: string): Promise<PlayFigures> {
  const flags = ["--no-prompt", "--allow-net", "--allow-read", "--allow-ffi", "--allow-env"];
  const wishes = ["--transport", "udp", "--quiet", "--duration", `${SECONDS}s`, "--stats", "-"];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, "--allow-write", `${ROOT}client.ts`, url, ...wishes],
  }).output();
  try {
    return JSON.parse(new TextDecoder().decode(stdout));
  } catch {
    throw new Error(`the client told no figures: ${new TextDecoder().decode(stderr).trim()}`);
  }
}
