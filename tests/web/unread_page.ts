import { bytesOf, textOf } from "../support/text.ts";

/** A page's connection to the client's window that reads nothing of it, ever, beside the handshake. */
export class UnreadPage implements Disposable {
  readonly #connection: Deno.Conn;

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** @param address The window's. */
  static async open(address: string): Promise<UnreadPage> {
    const { host, port, origin } = new URL(address);
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const head = [
      "GET /live HTTP/1.1",
      `Host: ${host}`,
      `Origin: ${origin}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    await connection.write(bytesOf(head.join("\r\n") + "\r\n\r\n"));
    const status = new Uint8Array(12);
    await connection.read(status);
    if (textOf(status) !== "HTTP/1.1 101") throw new Error(`Cannot look on: ${textOf(status)}`);
    return new UnreadPage(connection);
  }

  /** Asks the client for something (RFC 6455 §5.2: masked, here by zeros). */
  async say(request: { readonly kind: string }): Promise<void> {
    const payload = bytesOf(JSON.stringify(request));
    if (payload.length > 125) throw new RangeError(`${payload.length} bytes are too many`);
    await this.#connection.write(
      Uint8Array.of(0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload),
    );
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
