/** How long to wait before a stream that was refused is tried again. */
const RETRY_MS = 3000;

/** Who hears the events. */
export interface LiveEventsOptions {
  readonly url: string;
  /** Takes the data of each event, by its name. */
  readonly events: Readonly<Record<string, (data: string) => void>>;
  /** The stream has broken, and is tried again. */
  lost(): void;
}

/**
 * The server's events, for as long as the page is seen: a hidden page holds no connection, of which a
 * browser has six for a server and all its tabs.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Listens at once. */
  constructor(options: LiveEventsOptions) {
    this.#options = options;
    document.addEventListener("visibilitychange", () => this.#follow());
    this.#follow();
  }

  #follow(): void {
    clearTimeout(this.#timer);
    if (document.visibilityState === "hidden") {
      this.#source?.close();
      this.#source = undefined;
    } else {
      this.#source ??= this.#open();
    }
  }

  #open(): EventSource {
    const { url, events, lost } = this.#options;
    const source = new EventSource(url);
    source.addEventListener("error", () => {
      lost();
      if (source.readyState !== EventSource.CLOSED) return;
      this.#source = undefined;
      this.#timer = setTimeout(() => this.#follow(), RETRY_MS);
    });
    for (const [name, take] of Object.entries(events)) {
      source.addEventListener(name, (event) => {
        if (event instanceof MessageEvent && typeof event.data === "string") take(event.data);
      });
    }
    return source;
  }
}
