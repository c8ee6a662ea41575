import type { LogBuffer } from "./log_buffer.ts";
import type { ServerStatus, StatusEvent } from "./server_status.ts";

const ENCODER = new TextEncoder();

/**
 * What happens on the server, as a stream of events for each who looks (server-sent events, HTML §9.2):
 * `hello` first, `status` each second, `log` with the new lines, `movies` when the catalogue says something
 * else.
 *
 * A stream holds what its reader has not taken once, not once per event: a slow reader gets the newest
 * status, and those lines of the log that are still kept.
 */
export class EventHub {
  readonly #log: LogBuffer;
  readonly #readers = new Set<EventReader>();
  #closed = false;

  constructor(log: LogBuffer) {
    this.#log = log;
  }

  /** How many streams there are. */
  get readers(): number {
    return this.#readers.size;
  }

  /** The latest second. */
  status(event: StatusEvent): void {
    for (const reader of this.#readers) reader.tell({ status: event });
  }

  /** The log has a new line. */
  logged(): void {
    for (const reader of this.#readers) reader.tell({});
  }

  /** The catalogue says something else. */
  moviesChanged(): void {
    for (const reader of this.#readers) reader.tell({ movies: true });
  }

  /**
   * A stream of all events from now on.
   *
   * @param hello What the first event says.
   * @param afterLine The last line of the log that the reader has; 0 for all that are kept.
   * @param ended Called once, when the reader is gone.
   */
  open(
    hello: ServerStatus,
    afterLine: number,
    ended: () => void,
  ): ReadableStream<Uint8Array> {
    const reader = new EventReader(this.#log, hello, afterLine, () => {
      this.#readers.delete(reader);
      ended();
    });
    if (this.#closed) reader.close();
    else this.#readers.add(reader);
    return reader.stream;
  }

  /** Ends all streams. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#readers) reader.close();
  }
}

interface News {
  readonly hello?: ServerStatus;
  readonly status?: StatusEvent;
  readonly movies?: boolean;
}

/** One stream, and what its reader has not taken yet. */
class EventReader {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #log: LogBuffer;
  readonly #ended: () => void;
  #afterLine: number;
  #news: News | undefined;
  #wake: (() => void) | undefined;
  #isOver = false;

  constructor(log: LogBuffer, hello: ServerStatus, afterLine: number, ended: () => void) {
    this.#log = log;
    this.#news = { hello };
    this.#afterLine = afterLine;
    this.#ended = ended;
    this.stream = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        while (this.#news === undefined && !this.#isOver) {
          await new Promise<void>((resolve) => this.#wake = resolve);
        }
        if (this.#isOver) return controller.close();
        controller.enqueue(ENCODER.encode(this.#take()));
      },
      cancel: () => this.close(),
    }, { highWaterMark: 0 });
  }

  tell(news: News): void {
    this.#news = { ...this.#news, ...news };
    this.#wake?.();
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wake?.();
    this.#ended();
  }

  #take(): string {
    const { hello, status, movies } = this.#news ?? {};
    this.#news = undefined;
    const lines = this.#log.after(this.#afterLine);
    const last = lines.at(-1)?.id;
    this.#afterLine = last ?? this.#afterLine;
    return [
      hello === undefined ? "" : `event: hello\ndata: ${JSON.stringify(hello)}\n\n`,
      status === undefined ? "" : `event: status\ndata: ${JSON.stringify(status)}\n\n`,
      movies === true ? "event: movies\ndata: {}\n\n" : "",
      last === undefined ? "" : `event: log\nid: ${last}\ndata: ${JSON.stringify(lines)}\n\n`,
    ].join("") || ":\n\n";
  }
}
