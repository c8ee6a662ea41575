import type { BenchMovie } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";
import type { RunningSubject } from "./server_subjects.ts";

/** How long VLC may take to open its port. */
const START_MS = 10_000;

/**
 * VLC's stream output as an RTSP server. It packetises no frame of ours (it answers PLAY, and sends
 * nothing), so it gets the movie as FFmpeg encodes it anew. As root it refuses to run.
 *
 * @throws {Error} There is no VLC, or no FFmpeg.
 */
export async function startVlc(movie: BenchMovie): Promise<RunningSubject> {
  const home = await Deno.makeTempDir({ prefix: "server_bench_vlc_" });
  await Deno.chmod(home, 0o777);
  const end = async (process?: BenchProcess) => {
    await process?.[Symbol.asyncDispose]();
    await Deno.remove(home, { recursive: true });
  };
  try {
    const path = `${home}/movie.avi`;
    const encode = ["-c:v", "mjpeg", "-huffman", "default", "-q:v", "3", path];
    const args = ["-v", "error", "-i", movie.aviPath, ...encode];
    const { success } = await new Deno.Command("ffmpeg", { args }).output();
    if (!success) throw new Error("FFmpeg could not encode the movie for VLC");
    const port = freePort();
    const process = startProgram(home, path, port);
    await waitFor(port);
    return {
      process,
      place: ["--port", String(port), "--path", "/movie", "--track", "/movie/trackID=0"],
      [Symbol.asyncDispose]: () => end(process),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** All of these replace themselves by the next, so that the process is VLC in the end. */
function startProgram(home: string, path: string, port: number): BenchProcess {
  const sout = ["--sout", `#rtp{sdp=rtsp://:${port}/movie}`, "--sout-keep"];
  const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const [program = "", ...args] = [
    ...Deno.uid() === 0 ? asNobody : [],
    ...["env", `HOME=${home}`, "cvlc", "--quiet", "--loop", path, ...sout],
  ];
  return new BenchProcess(program, args);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function waitFor(port: number): Promise<void> {
  const untilMs = performance.now() + START_MS;
  for (;;) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (performance.now() > untilMs) throw new Error("VLC opened no port", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
