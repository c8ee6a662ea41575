import type { ClientConnection } from "./client_connection.ts";

/** What is used of Node's TLS; written down here, since its types are not in every Deno. */
interface NodeTls {
  connect(options: {
    readonly host: string;
    readonly port: number;
    readonly rejectUnauthorized: boolean;
  }): TlsSocket;
}

interface TlsSocket {
  readonly remoteAddress?: string;
  readonly localAddress?: string;
  readonly localPort?: number;
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "end" | "close", listener: () => void): void;
  once(event: "secureConnect", listener: () => void): void;
  once(event: "error", listener: (error: Error) => void): void;
  off(event: "error", listener: (error: Error) => void): void;
  setNoDelay(noDelay: boolean): void;
  pause(): void;
  resume(): void;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  destroy(): void;
}

/** A variable: the module is loaded where it is needed, and nowhere looked into before. */
const NODE_TLS: string = "node:tls";

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
  const { connect }: NodeTls = await import(NODE_TLS);
  const socket = await new Promise<TlsSocket>((resolve, reject) => {
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
  readonly localPort: number;
  readonly #socket: TlsSocket;
  /** What came in and was not read yet. */
  #chunks: Uint8Array[] = [];
  #end: { readonly error?: Error } | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(socket: TlsSocket) {
    this.#socket = socket;
    this.remoteAddress = socket.remoteAddress ?? "";
    this.localAddress = socket.localAddress;
    this.localPort = socket.localPort ?? 0;
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
