import type { BenchReport, BenchSection } from "./bench_report.ts";
import { type BenchMovie, FRAMES_PER_SECOND } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import { median } from "./server_rows.ts";
import { type BenchTools, ROOT, sleep, startSubject } from "./server_subjects.ts";

type ClientName = "ours" | "ours, each frame to standard output" | "FFmpeg" | "GStreamer";

const NAMES: readonly ClientName[] = [
  "ours",
  "ours, each frame to standard output",
  "FFmpeg",
  "GStreamer",
];
/**
 * When the code of the start is over, and when V8's compilers, which work in threads of their own, have
 * little left to do; the movies are longer than all of it. A slice has two of our client's looks at what has
 * come, which are 2 s apart.
 */
const [START_MS, WARM_UP_MS, SLICE_MS, SLICES] = [3000, 18_000, 4000, 5];

/** What a client cost. */
interface ClientCosts {
  readonly name: ClientName;
  /** Processor time of the first 3 s, in milliseconds. */
  readonly startMs: number;
  /** Per cent of a core, in each slice. */
  readonly slices: readonly number[];
}

/**
 * Processor time of our client beside FFmpeg's and GStreamer's: one server plays the same movie to all at
 * the same time, and each writes it into a file.
 *
 * @param subject The server: ours sends a frame in one piece, gst-rtsp-server packet by packet.
 */
export function compareClients(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
  subject: "ours" | "gst on demand",
): BenchSection {
  const { width, height, frameLength } = movie.spec;
  const what = `client, ${frameLength / 1000} kB by UDP${
    subject === "ours" ? "" : " from gst-rtsp-server"
  }`;
  return {
    name: `${what} (${width} x ${height})`,
    plannedSeconds: 4 + (WARM_UP_MS + SLICES * SLICE_MS) / 1000,
    run: async () => {
      if (subject !== "ours" && tools.peerProblem !== undefined) {
        return report.notRun(what, tools.peerProblem);
      }
      await using server = await startSubject(tools, subject, movie);
      const [, port, , path] = server.place;
      const costs = await measureClients(tools, movie, `rtsp://127.0.0.1:${port}${path}`);
      const cost = (name: ClientName) => {
        const found = costs.find((one) => one.name === name);
        return found === undefined ? undefined : median(found.slices);
      };
      for (const peer of ["FFmpeg", "GStreamer"] as const) {
        const missing = `${peer} did not play`;
        report.ratio(`${what}, to ${peer}`, 1, [cost("ours"), cost(peer)], { missing });
      }
      const live = "ours, each frame to standard output";
      report.add({
        what: `${what}, each frame at once to standard output`,
        found: cost(live),
        unit: "% of a core",
        note: "processor time of the first 3 s: " +
          costs.map(({ name, startMs }) => `${name} ${startMs.toFixed(0)} ms`).join("; "),
      });
    },
  };
}

async function measureClients(
  tools: BenchTools,
  movie: BenchMovie,
  url: string,
): Promise<ClientCosts[]> {
  await using stack = new AsyncDisposableStack();
  const clients = NAMES.map((name, index) => {
    const file = `${tools.folder}/received_${index}.mjpeg`;
    const process = stack.use(startClient(name, url, file));
    return { name, file, process, slices: [] as number[], startMs: 0 };
  });
  await sleep(START_MS);
  for (const client of clients) client.startMs = client.process.cpuMs();
  await sleep(WARM_UP_MS - START_MS);
  for (let slice = 0; slice < SLICES; slice++) {
    const [from, before] = [performance.now(), clients.map(({ process }) => process.cpuMs())];
    await sleep(SLICE_MS);
    const ms = performance.now() - from;
    for (const [index, { process, slices }] of clients.entries()) {
      slices.push(100 * (process.cpuMs() - (before[index] ?? 0)) / ms);
    }
  }
  const seconds = (START_MS + SLICES * SLICE_MS) / 1000;
  const least = 0.8 * seconds * FRAMES_PER_SECOND * movie.frameLength;
  return clients.filter(({ file }) => lengthOf(file) >= least);
}

/** Also of a recording that is not finished yet. */
function lengthOf(file: string): number {
  const [folder, name = ""] = file.split(/\/(?=[^/]*$)/);
  const names = [...Deno.readDirSync(folder ?? "")].map((entry) => entry.name)
    .filter((one) => one.includes(name));
  return Math.max(0, ...names.map((one) => Deno.statSync(`${folder}/${one}`).size));
}

function startClient(name: ClientName, url: string, file: string): BenchProcess {
  const heap = "--v8-flags=--max-semi-space-size=2"; // as in deno.json
  const flags = [
    heap,
    "--no-prompt",
    "--allow-net",
    "--allow-read",
    "--allow-write",
    "--allow-ffi",
  ];
  const ours = [Deno.execPath(), "run", ...flags, "--allow-env", `${ROOT}client.ts`, url];
  switch (name) {
    case "ours": {
      const [program = "", ...args] = ours;
      const wishes = ["--transport", "udp", "--quiet", "--force", "--record", file];
      return new BenchProcess(program, [...args, ...wishes]);
    }
    case "ours, each frame to standard output": {
      const command = `exec "$@" --transport udp --quiet -o - > "$0"`;
      return new BenchProcess("sh", ["-c", command, file, ...ours]);
    }
    case "FFmpeg": {
      const input = ["-v", "error", "-nostdin", "-rtsp_transport", "udp", "-i", url];
      return new BenchProcess("ffmpeg", [...input, "-c", "copy", "-f", "mjpeg", "-y", file]);
    }
    case "GStreamer": {
      const source = ["rtspsrc", `location=${url}`, "protocols=udp"];
      const sink = ["filesink", `location=${file}`];
      return new BenchProcess("gst-launch-1.0", [
        "-q",
        ...source,
        "!",
        "rtpjpegdepay",
        "!",
        ...sink,
      ]);
    }
    default:
      return name satisfies never;
  }
}
