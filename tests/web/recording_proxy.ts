import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { bytesOf, textOf } from "../support/text.ts";

/** How a proxy may be told to change what the server says, each read of the stream by itself. */
export type Rewrite = (text: string) => string;

/** Stands between a client and a server on this machine, and keeps what each of them sends. */
export class RecordingProxy implements AsyncDisposable {
  readonly #listener: Deno.TcpListener;
  readonly #serverPort: number;
  readonly #rewrite: Rewrite;
  readonly #sent: { readonly client: Uint8Array[]; readonly server: Uint8Array[] } = {
    client: [],
    server: [],
  };
  readonly #connections: Deno.Conn[] = [];
  readonly #working: Promise<unknown>;

  /** Listens at once, on a port that the system chooses. */
  constructor(serverPort: number, rewrite: Rewrite = (text) => text) {
    this.#rewrite = rewrite;
    this.#serverPort = serverPort;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#working = this.#accept();
  }

  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** All that one side has sent. */
  sent(by: "client" | "server"): Uint8Array {
    return joinBytes(this.#sent[by]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) {
      try {
        connection.close();
      } catch (error) {
        if (!(error instanceof Deno.errors.BadResource)) throw error;
      }
    }
    await this.#working;
  }

  async #accept(): Promise<void> {
    const pipes: Promise<void>[] = [];
    try {
      for await (const client of this.#listener) {
        const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#serverPort });
        this.#connections.push(client, server);
        pipes.push(this.#pipe(client, server, "client"), this.#pipe(server, client, "server"));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    await Promise.all(pipes);
  }

  async #pipe(from: Deno.Conn, to: Deno.Conn, by: "client" | "server"): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      for (;;) {
        const length = await from.read(buffer);
        if (length === null) return await to.closeWrite();
        const read = buffer.slice(0, length);
        const bytes = by === "client" ? read : bytesOf(this.#rewrite(textOf(read)));
        this.#sent[by].push(bytes);
        for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
      }
    } catch {
      // One of both has gone, or the test is over.
    }
  }
}
