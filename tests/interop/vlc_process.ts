import { freePortPair } from "./free_port_pair.ts";

/** How long VLC may take to listen, and to finish. */
const MOST_MS = 20_000;

/** VLC without a window, as another user where this one is root, which VLC refuses. */
export class VlcProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #output: Promise<Deno.CommandOutput>;

  private constructor(
    readonly home: string,
    /** Where it takes RTP. */
    readonly port: number,
    args: readonly string[],
  ) {
    const command = [`HOME=${home}`, "cvlc", "--verbose", "1", ...args, "vlc://quit"];
    const isRoot = Deno.uid() === 0;
    const [program, before] = isRoot ? ["runuser", ["-u", "nobody", "--", "env"]] : ["env", []];
    this.#child = new Deno.Command(program as string, {
      args: [...before as string[], ...command],
      cwd: home,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#output = this.#child.output();
  }

  /**
   * Waits for the RTP of a session description on a free port of this machine, and writes its JPEGs
   * into a file as FFmpeg's library, which is in VLC, puts them together.
   */
  static async receive(sdp: string): Promise<VlcProcess> {
    const home = await newHome();
    const port = freePortPair();
    const local = sdp.replace("m=video 0 ", `m=video ${port} `)
      .replace("c=IN IP4 0.0.0.0", "c=IN IP4 127.0.0.1");
    await Deno.writeTextFile(`${home}/movie.sdp`, local);
    const into = `#std{access=file,mux=dummy,dst=${home}/received.mjpeg}`;
    const args = ["--demux", "avformat", `${home}/movie.sdp`, "--sout", into];
    const vlc = new VlcProcess(home, port, args);
    await vlc.#listens();
    return vlc;
  }

  /** What it wrote, once it has ended by itself. */
  async received(): Promise<Uint8Array> {
    const said = await this.said();
    try {
      return await Deno.readFile(`${this.home}/received.mjpeg`);
    } catch (error) {
      throw new Error(`VLC received nothing:\n${said}`, { cause: error });
    }
  }

  /** What it said, once it has ended by itself. */
  async said(): Promise<string> {
    const timer = setTimeout(() => this.#child.kill("SIGTERM"), MOST_MS);
    const { stderr, signal } = await this.#output;
    clearTimeout(timer);
    const text = new TextDecoder().decode(stderr);
    if (signal !== null) throw new Error(`VLC did not end by itself:\n${text}`);
    return text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGTERM"); // runuser passes it on
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended
    }
    await this.#output;
    await Deno.remove(this.home, { recursive: true });
  }

  /** Waits until the RTCP port is bound, the second of the two. */
  async #listens(): Promise<void> {
    const wanted = `:${(this.port + 1).toString(16).toUpperCase().padStart(4, "0")} `;
    const endMs = performance.now() + MOST_MS;
    while (!(await Deno.readTextFile("/proc/net/udp")).includes(wanted)) {
      if (performance.now() > endMs) throw new Error("VLC does not listen");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A folder that any user may write into. */
async function newHome(): Promise<string> {
  const home = await Deno.makeTempDir({ prefix: "zoetrope-vlc-" });
  await Deno.chmod(home, 0o777);
  return home;
}
