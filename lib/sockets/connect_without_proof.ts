import { connect, type TLSSocket } from "node:tls";
import type { ClientConnection } from "./client_connection.ts";

/**
 * Opens a TLS connection to a server that proves nothing: with any certificate, also one that it made
 * itself. `Deno.connectTls` cannot do that, Node's functions can.
 *
 * @throws {Error} The connection cannot be made.
 */
export async function connectWithoutProof(
  hostname: string,
  port: number,
): Promise<ClientConnection> {
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const made = connect({ host: hostname, port, rejectUnauthorized: false });
    made.once("secureConnect", () => {
      made.off("error", reject);
      resolve(made);
    });
    made.once("error", reject);
  });
  return new UnprovenConnection(socket);
}

class UnprovenConnection implements ClientConnection {
  readonly remoteAddress: string;
  readonly localAddress: string | undefined;
  readonly #socket: TLSSocket;
  /** What came in and was not read yet. */
  #chunks: Uint8Array[] = [];
  #end: { readonly error?: Error } | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    this.remoteAddress = socket.remoteAddress ?? "";
    this.localAddress = socket.localAddress;
    socket.setNoDelay(true);
    socket.on("data", (bytes: Uint8Array) => {
      this.#chunks.push(bytes);
      socket.pause();
      this.#changed.resolve();
    });
    socket.on("error", (error: Error) => this.#finish({ error }));
    socket.on("end", () => this.#finish({}));
    socket.on("close", () => this.#finish({}));
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    while (this.#chunks.length === 0) {
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return null;
      this.#changed = Promise.withResolvers();
      this.#socket.resume();
      await this.#changed.promise;
    }
    const [chunk = new Uint8Array()] = this.#chunks;
    const length = Math.min(chunk.length, buffer.length);
    buffer.set(chunk.subarray(0, length));
    if (length === chunk.length) this.#chunks.shift();
    else this.#chunks[0] = chunk.subarray(length);
    return length;
  }

  write(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error === null || error === undefined) resolve(bytes.length);
        else reject(error);
      });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #finish(end: { readonly error?: Error }): void {
    this.#end ??= end;
    this.#changed.resolve();
  }
}
