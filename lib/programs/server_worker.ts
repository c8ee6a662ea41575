import { type RunningServer, type StartOptions, startServer } from "./start_server.ts";
import type { WorkerMessage, WorkerOrder } from "./worker_messages.ts";

/** How often a worker tells its totals. */
const TOTALS_MS = 1000;

/** What of a worker's scope is used here. */
interface WorkerScope {
  onmessage: (event: MessageEvent<WorkerOrder>) => void;
  postMessage(message: WorkerMessage): void;
  close(): void;
}

const scope = self as unknown as WorkerScope;
let server: Promise<RunningServer> | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

/** One of several servers on the same port, in a thread of its own. */
async function start(options: StartOptions): Promise<void> {
  try {
    const running = await (server = startServer({ ...options, isShared: true }));
    scope.postMessage({ kind: "listening", port: running.port });
    timer = setInterval(
      () => scope.postMessage({ kind: "totals", totals: running.totals }),
      TOTALS_MS,
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    scope.postMessage({ kind: "failed", sentence: error.message });
  }
}

async function stop(): Promise<void> {
  clearInterval(timer);
  const running = await server;
  if (running !== undefined) {
    scope.postMessage({ kind: "totals", totals: running.totals });
    await running.close();
  }
  scope.postMessage({ kind: "stopped" });
  scope.close();
}

scope.onmessage = ({ data }) => {
  if (data.kind === "start") start(data.options);
  else stop();
};
