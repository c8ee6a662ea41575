import { addCounts, type ServerTotals } from "../server/server_totals.ts";
import { WorkerPool } from "../sockets/worker_pool.ts";
import type { StartOptions } from "./start_server.ts";
import type { WorkerMessage, WorkerOrder } from "./worker_messages.ts";

/** Several servers on one port. */
export interface Supervisor {
  readonly port: number;
  /** Of all workers, as they told them last; at most a second old. */
  readonly totals: ServerTotals;
  close(): Promise<void>;
}

const NOTHING: ServerTotals = { sessions: 0, frames: 0, skipped: 0, packets: 0, octets: 0 };

/**
 * Starts `count` whole servers on one port, each in a thread of its own; the system gives each of them
 * its share of the connections. They have nothing in common but the port: a crash ends the sessions of
 * one, which is started again.
 *
 * @param log Takes a sentence about a crash.
 * @throws {Error} One sentence: the first server cannot be started.
 */
export async function superviseWorkers(
  options: StartOptions,
  count: number,
  log: (sentence: string) => void,
): Promise<Supervisor> {
  const totals = new Map<number, ServerTotals>();
  let ended = NOTHING;
  let shared = options;
  const first = Promise.withResolvers<number>();
  const stop: WorkerOrder = { kind: "stop" };
  const pool = new WorkerPool({
    url: new URL("./server_worker.ts", import.meta.url).href,
    count,
    start: () => ({ kind: "start", options: shared }) satisfies WorkerOrder,
    stop,
    isStopped: (message) => (message as WorkerMessage).kind === "stopped",
    received: (index, data) => {
      const message = data as WorkerMessage;
      switch (message.kind) {
        case "listening":
          return first.resolve(message.port);
        case "totals":
          totals.set(index, message.totals);
          return;
        case "failed":
          log(`Worker ${index} cannot serve: ${message.sentence}`);
          return first.reject(new Error(message.sentence));
        case "stopped":
          return;
        default:
          message satisfies never;
      }
    },
    crashed: (index, reason) => {
      ended = add(ended, totals.get(index) ?? NOTHING);
      totals.delete(index);
      log(`Worker ${index} crashed with its sessions and is started again: ${reason}`);
    },
  });
  pool.start(0);
  try {
    shared = { ...options, port: await first.promise };
  } catch (error) {
    await pool.stop();
    throw error;
  }
  for (let index = 1; index < count; index++) pool.start(index);
  return {
    port: shared.port,
    get totals() {
      return [...totals.values()].reduce(add, ended);
    },
    close: () => pool.stop(),
  };
}

function add(a: ServerTotals, b: ServerTotals): ServerTotals {
  return { ...addCounts(a, b), sessions: a.sessions + b.sessions };
}
