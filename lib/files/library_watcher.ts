import type { MovieSource, MovieSummary } from "./movie_source.ts";

/** Looks this often where the system tells of changes, and where it does not. */
const TOLD_PERIOD_MS = 30_000;
const UNTOLD_PERIOD_MS = 3_000;
/** A file that is being copied is not reported before it has been the same for so long. */
const SETTLE_MS = 400;

/** What became of a movie. */
export interface LibraryChange {
  readonly kind: "appeared" | "changed" | "gone";
  readonly name: string;
}

/** How a `LibraryWatcher` behaves where the defaults do not suit. */
export interface LibraryWatcherOptions {
  /** How often to look, whether or not the system tells of changes. */
  readonly periodMs?: number;
  /** How long a file has to be the same before it is reported. */
  readonly settleMs?: number;
  /** Whether the system may be asked to tell of changes; if it cannot, looking now and then has to do. */
  readonly mayAskSystem?: boolean;
}

/**
 * Watches the movies of a folder and tells of each that appears, changes or goes, once it stays the same
 * for a moment. Opening a movie needs no watcher: a library looks at the file each time.
 */
export class LibraryWatcher implements Disposable {
  readonly #source: MovieSource;
  readonly #onChange: (change: LibraryChange) => void;
  readonly #settleMs: number;
  readonly #periodMs: number;
  readonly #system: Deno.FsWatcher | undefined;
  #reported = new Map<string, string>();
  #lastLook = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAtMs = Infinity;
  #looking = false;
  #closed = false;

  private constructor(
    source: MovieSource,
    folder: string,
    onChange: (change: LibraryChange) => void,
    options: LibraryWatcherOptions,
  ) {
    this.#source = source;
    this.#onChange = onChange;
    this.#settleMs = options.settleMs ?? SETTLE_MS;
    this.#system = options.mayAskSystem === false ? undefined : watchFolder(folder);
    const usual = this.#system === undefined ? UNTOLD_PERIOD_MS : TOLD_PERIOD_MS;
    this.#periodMs = options.periodMs ?? usual;
  }

  /**
   * Starts to watch; what is there already is not reported.
   *
   * @param source Lists the movies of the folder.
   */
  static async start(
    source: MovieSource,
    folder: string,
    onChange: (change: LibraryChange) => void,
    options: LibraryWatcherOptions = {},
  ): Promise<LibraryWatcher> {
    const watcher = new LibraryWatcher(source, folder, onChange, options);
    watcher.#reported = watcher.#lastLook = tagsOf(await source.list());
    watcher.#lookWithin(watcher.#periodMs);
    watcher.#listen();
    return watcher;
  }

  /** Watches no more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#system?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #listen(): Promise<void> {
    if (this.#system === undefined) return;
    try {
      for await (const event of this.#system) {
        if (event.kind !== "access") this.#lookWithin(this.#settleMs);
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error; // the system tells no more: looking has to do
    }
  }

  #lookWithin(ms: number): void {
    const atMs = performance.now() + ms;
    if (this.#closed || atMs >= this.#timerAtMs) return;
    clearTimeout(this.#timer);
    this.#timerAtMs = atMs;
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  async #look(): Promise<void> {
    this.#timerAtMs = Infinity;
    if (this.#looking) return this.#lookWithin(this.#settleMs);
    this.#looking = true;
    try {
      const now = tagsOf(await this.#source.list());
      if (!this.#closed) this.#compare(now);
    } finally {
      this.#looking = false;
    }
  }

  #compare(now: Map<string, string>): void {
    let unsettled = false;
    for (const name of new Set([...now.keys(), ...this.#reported.keys()])) {
      const [tag, reported] = [now.get(name), this.#reported.get(name)];
      if (tag === reported) continue;
      if (tag !== this.#lastLook.get(name)) {
        unsettled = true;
        continue;
      }
      if (tag === undefined) this.#reported.delete(name);
      else this.#reported.set(name, tag);
      const kind = tag === undefined ? "gone" : reported === undefined ? "appeared" : "changed";
      this.#onChange({ kind, name });
    }
    this.#lastLook = now;
    this.#lookWithin(unsettled ? this.#settleMs : this.#periodMs);
  }
}

/** Asks the system to tell of changes; `undefined` where it cannot, or has no more watches to give. */
function watchFolder(folder: string): Deno.FsWatcher | undefined {
  try {
    return Deno.watchFs(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

function tagsOf(movies: readonly MovieSummary[]): Map<string, string> {
  return new Map(movies.map(({ name, length, modifiedMs }) => [name, `${length} ${modifiedMs}`]));
}
