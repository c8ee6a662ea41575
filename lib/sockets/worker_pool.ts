/** How long a worker that has crashed waits before it is started again, so that it cannot spin. */
const RESTART_MS = 500;

/** How long a worker may take to stop. */
const STOP_MS = 3000;

/** What a pool of workers does. */
export interface WorkerPoolOptions {
  /** The module that every worker runs; it is told what to do by its first message. */
  readonly url: string;
  readonly count: number;
  /** The first message to worker `index`. */
  start(index: number): unknown;
  /** What asks a worker to stop; it answers with a message for which `isStopped` holds. */
  readonly stop: unknown;
  isStopped(message: unknown): boolean;
  /** A worker said something else. */
  received(index: number, message: unknown): void;
  /** A worker ended by an error, and is started again. */
  crashed(index: number, reason: string): void;
}

interface PoolWorker {
  readonly worker: Worker;
  readonly stopped: PromiseWithResolvers<void>;
}

/** Several threads that do the same; one that crashes takes nothing but its own work with it. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Map<number, PoolWorker>();
  readonly #restarts = new Set<ReturnType<typeof setTimeout>>();
  #isStopping = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Starts worker `index`, from 0 to the count. */
  start(index: number): void {
    const worker = new Worker(this.#options.url, { type: "module", name: `worker ${index}` });
    const stopped = Promise.withResolvers<void>();
    this.#workers.set(index, { worker, stopped });
    worker.addEventListener("message", ({ data }) => {
      if (this.#options.isStopped(data)) stopped.resolve();
      else this.#options.received(index, data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault(); // the others go on
      stopped.resolve();
      this.#crashed(index, event.message);
    });
    worker.postMessage(this.#options.start(index));
  }

  /** Asks all workers to stop, and waits until they have or take too long. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    await Promise.all([...this.#workers.values()].map(async ({ worker, stopped }) => {
      worker.postMessage(this.#options.stop);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, STOP_MS));
      await Promise.race([stopped.promise, late]);
      clearTimeout(timer);
      worker.terminate();
    }));
    this.#workers.clear();
  }

  #crashed(index: number, reason: string): void {
    this.#workers.get(index)?.worker.terminate();
    this.#workers.delete(index);
    if (this.#isStopping) return;
    this.#options.crashed(index, reason);
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      this.start(index);
    }, RESTART_MS);
    this.#restarts.add(restart);
  }
}
