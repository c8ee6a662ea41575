import type { RtspRequest } from "../../lib/rtsp/message.ts";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import { serializeResponse } from "../../lib/rtsp/serialize_message.ts";
import { bytesOf } from "../support/text.ts";
import { freePortPair } from "./free_port_pair.ts";

const SDP = [
  ...["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=FFmpeg", "c=IN IP4 0.0.0.0", "t=0 0"],
  ...["m=video 0 RTP/AVP 26", "a=control:track", ""],
].join("\r\n");

/** Answers RTSP with the least that RFC 2326 asks, and has ffmpeg make the RTP at PLAY. */
export class FfmpegRtpServer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #serverPort = freePortPair();
  readonly #serving: Promise<void>;
  #child: Deno.ChildProcess | undefined;
  #clientPort = 0;

  /**
   * Serves one client.
   *
   * @param movie A file of JPEGs, one behind the other.
   */
  constructor(readonly movie: string, readonly framesPerSecond: number) {
    this.#serving = this.#serve();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#serving;
    await this.#child?.status;
  }

  async #serve(): Promise<void> {
    let connection: Deno.TcpConn;
    try {
      connection = await this.#listener.accept();
    } catch (error) {
      if (error instanceof Deno.errors.BadResource) return; // closed before anybody came
      throw error;
    }
    const parser = new RtspMessageParser();
    const buffer = new Uint8Array(64 * 1024);
    for (;;) {
      const length = await connection.read(buffer);
      if (length === null) break;
      for (const item of parser.push(buffer.slice(0, length))) {
        if (item.kind === "request") await connection.write(this.#answer(item));
      }
    }
    connection.close();
  }

  #answer({ method, headers, uri }: RtspRequest): Uint8Array {
    const lines: [string, string][] = [["CSeq", headers.get("CSeq") ?? ""]];
    let body = "";
    switch (method) {
      case "OPTIONS":
        lines.push(["Public", "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"]);
        break;
      case "DESCRIBE":
        body = SDP;
        lines.push(["Content-Type", "application/sdp"], ["Content-Base", `${uri}/`]);
        break;
      case "SETUP": {
        const transport = headers.get("Transport") ?? "";
        this.#clientPort = Number(/client_port=(\d+)/.exec(transport)?.[1]);
        const ports = `${this.#serverPort}-${this.#serverPort + 1}`;
        lines.push(["Session", "12345678"], ["Transport", `${transport};server_port=${ports}`]);
        break;
      }
      case "PLAY":
        this.#play();
    }
    const response = { kind: "response", version: "RTSP/1.0", status: 200, reason: "OK" } as const;
    return serializeResponse({ ...response, headers: new RtspHeaders(lines), body: bytesOf(body) });
  }

  #play(): void {
    const input = ["-framerate", String(this.framesPerSecond), "-f", "mjpeg", "-i", this.movie];
    const to = `rtp://127.0.0.1:${this.#clientPort}?localrtpport=${this.#serverPort}` +
      `&localrtcpport=${this.#serverPort + 1}`;
    this.#child = new Deno.Command("ffmpeg", {
      args: [
        ...["-v", "error", "-nostdin", "-re", ...input, "-c", "copy"],
        ...["-f", "rtp", "-rtpflags", "send_bye", to],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }
}
