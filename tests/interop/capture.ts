import { runProgram } from "./run_program.ts";

/** How long tshark may take to begin. */
const MOST_MS = 15_000;
/** How long after the last packet it is stopped: dumpcap hands them over in blocks. */
const SETTLE_MS = 700;

/** So that a busy machine loses no packets. */
const BUFFER_MEBIBYTES = "32";

/** Why packets of this machine cannot be captured here; `undefined` where they can. */
export function whyNoCapture(): string | undefined {
  try {
    const args = ["-i", "lo", "-a", "duration:1", "-w", "/dev/null", "-q"];
    const { success, stderr } = new Deno.Command("tshark", { args }).outputSync();
    if (success) return undefined;
    return `tshark may not capture: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "tshark is not here: tshark";
    throw error;
  }
}

/** What passes over the loopback interface while this runs, and what tshark makes of it. */
export class Capture implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  #said = "";
  #hasEnded = false;

  private constructor(
    readonly file: string,
    /** The server's RTSP port. */
    readonly port: number,
    udpPort: number,
  ) {
    const filter = `tcp port ${port} or udp portrange ${udpPort}-${udpPort + 1}`;
    this.#child = new Deno.Command("tshark", {
      args: ["-i", "lo", "-B", BUFFER_MEBIBYTES, "-f", filter, "-w", file, "-q"],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#reading = this.#read();
  }

  /**
   * Starts to capture what a server says and hears.
   *
   * @param file Must not exist.
   * @param port The server's RTSP port.
   * @param udpPort Its RTP port; that of RTCP is the next.
   */
  static async start(file: string, port: number, udpPort: number): Promise<Capture> {
    const capture = new Capture(file, port, udpPort);
    const endMs = performance.now() + MOST_MS;
    while (!/Capture started|File: /.test(capture.#said)) {
      if (performance.now() > endMs) throw new Error(`tshark does not begin:\n${capture.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return capture;
  }

  /** Ends the capture. */
  async stop(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    this.#child.kill("SIGINT");
    await this.#child.status;
    await this.#reading;
    this.#hasEnded = true;
  }

  /**
   * The values of fields in all captured packets that pass a display filter, in the packets' order; a
   * packet may have several values of a field or none.
   */
  async fields<const Name extends string>(
    filter: string,
    names: readonly Name[],
  ): Promise<Record<Name, string[]>> {
    const { stdout } = await runProgram("tshark", [
      ...["-r", this.file, "-d", `tcp.port==${this.port},rtsp`, "-Y", filter, "-T", "fields"],
      ...["-E", "separator=|", ...names.flatMap((name) => ["-e", name])],
    ]);
    const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
    const rows = lines.map((line) =>
      line.split("|").map((cell) => cell === "" ? [] : cell.split(","))
    );
    const columns = names.map((name, i) => [name, rows.flatMap((row) => row[i] ?? [])]);
    return Object.fromEntries(columns);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) await this.stop();
  }

  async #read(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#said += text;
    }
  }
}
