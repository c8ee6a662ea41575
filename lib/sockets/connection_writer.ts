/** More of replies than this waiting for a peer that does not read: the connection is given up. */
const MAX_WAITING_OCTETS = 4 * 1024 * 1024;

interface Waiting {
  readonly bytes: Uint8Array;
  /** Until when it is worth sending, in monotonic milliseconds; replies always are. */
  readonly untilMs: number;
}

/**
 * Writes into one TCP connection in order, one write in flight, so that nobody waits for a slow peer
 * but that peer; media that has become too old meanwhile is left out, whole frames at a time.
 */
export class ConnectionWriter {
  readonly #connection: Pick<Deno.Conn, "write">;
  readonly #failed: (reason: string) => void;
  #queue: Waiting[] = [];
  #waitingOctets = 0;
  #idle: Promise<void> = Promise.resolve();
  #running = false;
  #broken = false;
  #droppedFrames = 0;

  /** @param failed Called once, when nothing more can be written. */
  constructor(connection: Pick<Deno.Conn, "write">, failed: (reason: string) => void) {
    this.#connection = connection;
    this.#failed = failed;
  }

  /** Frames that were left out because the peer read too slowly. */
  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  /** Takes bytes, which must not be changed afterwards, and returns at once. */
  write(bytes: Uint8Array): void {
    this.#push({ bytes, untilMs: Infinity });
  }

  /**
   * Takes a whole frame, to be written or left out as one.
   *
   * @param untilMs Until when it is worth sending, in monotonic milliseconds.
   */
  writeFrame(bytes: Uint8Array, untilMs: number): void {
    this.#push({ bytes, untilMs });
  }

  /** Resolves when everything taken so far was written or given up. */
  async flushed(): Promise<void> {
    await this.#idle;
  }

  #push(waiting: Waiting): void {
    if (this.#broken) return;
    if (waiting.untilMs === Infinity) {
      this.#waitingOctets += waiting.bytes.length;
      if (this.#waitingOctets > MAX_WAITING_OCTETS) {
        return this.#break(`it reads nothing, ${this.#waitingOctets} bytes of replies wait`);
      }
    } else {
      this.#dropOld();
    }
    this.#queue.push(waiting);
    if (!this.#running) this.#idle = this.#run();
  }

  /** Frames that wait and are too old go before new ones come: the queue is bounded in age. */
  #dropOld(): void {
    const nowMs = performance.now();
    const oldest = this.#queue[0];
    if (oldest === undefined || oldest.untilMs >= nowMs) return;
    const kept = this.#queue.filter(({ untilMs }) => untilMs >= nowMs);
    this.#droppedFrames += this.#queue.length - kept.length;
    this.#queue = kept;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { bytes, untilMs } = next;
      if (untilMs < performance.now()) {
        this.#droppedFrames++;
        continue;
      }
      try {
        for (let at = 0; at < bytes.length;) at += await this.#connection.write(bytes.subarray(at));
      } catch (error) {
        this.#break(error instanceof Error ? error.message : String(error));
      }
      if (untilMs === Infinity) this.#waitingOctets -= bytes.length;
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
