import type { RtspResponse } from "../../lib/rtsp/message.ts";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import { serializeRequest } from "../../lib/rtsp/serialize_message.ts";

/** A conversation with a server over a real connection, for peers that take RTP but speak no RTSP. */
export class RtspTalk implements Disposable {
  readonly #connection: Deno.TcpConn;
  readonly #parser = new RtspMessageParser();
  #cseq = 0;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects to a server on this machine. */
  static async with(port: number): Promise<RtspTalk> {
    return new RtspTalk(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /**
   * Asks, and waits for the reply.
   *
   * @throws {Error} The reply is no 200, or the server closed the connection.
   */
  async ask(
    method: string,
    uri: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RtspResponse> {
    const lines = new RtspHeaders([["CSeq", String(++this.#cseq)], ...Object.entries(headers)]);
    const body = new Uint8Array();
    const request = { method, uri, version: "RTSP/1.0", headers: lines, body };
    await this.#connection.write(serializeRequest({ ...request, kind: "request" }));
    const buffer = new Uint8Array(64 * 1024);
    for (;;) {
      const length = await this.#connection.read(buffer);
      if (length === null) throw new Error(`The server closed the connection after ${method}`);
      for (const item of this.#parser.push(buffer.slice(0, length))) {
        if (item.kind !== "response") continue;
        if (item.status === 200) return item;
        throw new Error(`${method} ${uri} was answered ${item.status} ${item.reason}`);
      }
    }
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
