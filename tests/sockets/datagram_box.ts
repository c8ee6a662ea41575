import { setReceiveBuffer } from "../../lib/sockets/linux_socket_options.ts";

/** How long datagrams on loopback may take before they count as lost. */
const PATIENCE_MS = 10_000;

/** A listener on loopback that keeps what it receives. */
export class DatagramBox {
  readonly port: number;
  readonly #socket: Deno.DatagramConn;
  readonly #running: Promise<void>;
  #datagrams: Uint8Array[] = [];
  #changed = Promise.withResolvers<void>();

  /** @param hostname `127.0.0.1` or `::1`. */
  constructor(hostname: string) {
    this.#socket = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
    setReceiveBuffer(this.#socket, 4 * 1024 * 1024);
    this.port = (this.#socket.addr as Deno.NetAddr).port;
    this.#running = this.#receive();
  }

  /** The next `count` datagrams in the order in which they came; fewer where no more come. */
  async take(count: number): Promise<Uint8Array[]> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), PATIENCE_MS);
    });
    while (this.#datagrams.length < count) {
      if (await Promise.race([this.#changed.promise, late]) === "late") break;
    }
    clearTimeout(timer);
    return this.#datagrams.splice(0, count);
  }

  /** How many have come that nobody took. */
  get waiting(): number {
    return this.#datagrams.length;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#running;
  }

  async #receive(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      try {
        const [bytes] = await this.#socket.receive(buffer);
        this.#datagrams.push(bytes.slice());
      } catch (error) {
        if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) {
          return;
        }
        throw error;
      }
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }
}
