/** More than this waiting for a peer that does not read: the connection is given up. */
const MAX_WAITING_OCTETS = 4 * 1024 * 1024;

/**
 * Writes into one TCP connection in order, one write in flight, so that nobody waits for a slow peer
 * but that peer.
 */
export class ConnectionWriter {
  readonly #connection: Deno.Conn;
  readonly #failed: (reason: string) => void;
  #queue: Uint8Array[] = [];
  #waitingOctets = 0;
  #idle: Promise<void> = Promise.resolve();
  #running = false;
  #broken = false;

  /** @param failed Called once, when nothing more can be written. */
  constructor(connection: Deno.Conn, failed: (reason: string) => void) {
    this.#connection = connection;
    this.#failed = failed;
  }

  /** Takes bytes, which must not be changed afterwards, and returns at once. */
  write(bytes: Uint8Array): void {
    if (this.#broken) return;
    this.#waitingOctets += bytes.length;
    if (this.#waitingOctets > MAX_WAITING_OCTETS) {
      return this.#break(`it reads nothing, ${this.#waitingOctets} bytes wait`);
    }
    this.#queue.push(bytes);
    if (!this.#running) this.#idle = this.#run();
  }

  /** Resolves when everything taken so far was written or given up. */
  async flushed(): Promise<void> {
    await this.#idle;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      try {
        for (let at = 0; at < next.length;) at += await this.#connection.write(next.subarray(at));
      } catch (error) {
        this.#break(error instanceof Error ? error.message : String(error));
      }
      this.#waitingOctets -= next.length;
    }
    this.#running = false;
  }

  #break(reason: string): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#queue = [];
    this.#failed(reason);
  }
}
