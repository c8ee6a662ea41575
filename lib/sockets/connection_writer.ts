/** More of replies than this waiting for a peer that does not read: the connection is given up. */
const MAX_WAITING_OCTETS = 4 * 1024 * 1024;

/** A peer that takes nothing for so long is given up: nobody else could tell that it is gone. */
const MAX_STALL_MS = 60_000;

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
  readonly #maxStallMs: number;
  readonly #release: ((bytes: Uint8Array) => void) | undefined;
  #queue: Waiting[] = [];
  #waitingOctets = 0;
  #idle: Promise<void> = Promise.resolve();
  #running = false;
  #broken = false;
  #droppedFrames = 0;
  /** When the peer last took something, or was first given something. */
  #takenMs = 0;
  /** Nothing that waits is too old before this, in monotonic milliseconds. */
  #firstOldMs = Infinity;

  /**
   * @param failed Called once, when nothing more can be written.
   * @param maxStallMs How long the peer may take nothing while more comes; a minute unless given.
   * @param release Called with the bytes of frames that nobody reads any more; not with all that were
   * left out.
   */
  constructor(
    connection: Pick<Deno.Conn, "write">,
    failed: (reason: string) => void,
    maxStallMs: number = MAX_STALL_MS,
    release?: (bytes: Uint8Array) => void,
  ) {
    this.#connection = connection;
    this.#failed = failed;
    this.#maxStallMs = maxStallMs;
    this.#release = release;
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
    if (this.#running && performance.now() - this.#takenMs > this.#maxStallMs) {
      return this.#break(`it has taken nothing for ${this.#maxStallMs / 1000} s`);
    }
    if (waiting.untilMs === Infinity) {
      this.#waitingOctets += waiting.bytes.length;
      if (this.#waitingOctets > MAX_WAITING_OCTETS) {
        return this.#break(`it reads nothing, ${this.#waitingOctets} bytes of replies wait`);
      }
    } else {
      this.#dropOld();
    }
    this.#queue.push(waiting);
    this.#firstOldMs = Math.min(this.#firstOldMs, waiting.untilMs);
    if (!this.#running) this.#idle = this.#run();
  }

  /** Frames that wait and are too old go before new ones come: the queue is bounded in age. */
  #dropOld(): void {
    const nowMs = performance.now();
    if (this.#firstOldMs >= nowMs) return;
    const kept = this.#queue.filter(({ untilMs }) => untilMs >= nowMs);
    this.#droppedFrames += this.#queue.length - kept.length;
    this.#queue = kept;
    this.#firstOldMs = kept.reduce((first, { untilMs }) => Math.min(first, untilMs), Infinity);
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#takenMs = performance.now();
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { bytes, untilMs } = next;
      if (untilMs < performance.now()) {
        this.#droppedFrames++;
        continue;
      }
      try {
        for (let at = 0; at < bytes.length;) {
          at += await this.#connection.write(bytes.subarray(at));
          this.#takenMs = performance.now();
        }
        if (untilMs !== Infinity) this.#release?.(bytes);
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
