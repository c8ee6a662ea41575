import { PYTHON } from "./peers.ts";

const SCRIPT = new URL("gst_rtsp_server.py", import.meta.url).pathname;

/** gst-rtsp-server with one movie, over UDP and TCP. */
export class GstRtspServer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, readonly port: number) {
    this.#child = child;
  }

  /**
   * Starts it on a free port of this machine.
   *
   * @param pipeline Makes JPEGs.
   * @param login `USER:PASSWORD` where Digest is to be asked.
   */
  static async start(pipeline: string, login?: string): Promise<GstRtspServer> {
    const child = new Deno.Command(PYTHON, {
      args: [SCRIPT, pipeline, ...login === undefined ? [] : [login]],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    for (;;) {
      const [, port] = /port (\d+)\n/.exec(said) ?? [];
      if (port !== undefined) {
        await reader.cancel();
        return new GstRtspServer(child, Number(port));
      }
      const { done, value } = await reader.read();
      if (done) throw new Error(`gst-rtsp-server did not start: ${said}`);
      said += value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.close(); // it ends by itself then
    await this.#child.status;
  }
}
