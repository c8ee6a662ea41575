import { assertEquals, assertMatch } from "@std/assert";
import { WorkerPool } from "../../lib/sockets/worker_pool.ts";

const URL_OF_WORKER = new URL("../support/crashing_worker.ts", import.meta.url).href;

Deno.test("WorkerPool starts a worker again that has crashed; the others do not notice", async () => {
  const said = new Set<unknown>();
  const crashes: [number, string][] = [];
  const both = Promise.withResolvers<void>();
  let starts = 0;
  const pool = new WorkerPool({
    url: URL_OF_WORKER,
    count: 2,
    start: (index) => index === 0 && ++starts === 1 ? "crash at once" : `worker ${index}`,
    stop: "stop",
    isStopped: (message) => message === "stopped",
    received: (_index, message) => {
      said.add(message);
      if (said.has("hello worker 0") && said.has("hello worker 1")) both.resolve();
    },
    crashed: (index, reason) => crashes.push([index, reason]),
  });
  pool.start(0);
  pool.start(1);
  await both.promise;
  assertEquals(crashes.map(([index]) => index), [0]);
  assertMatch(crashes[0]?.[1] ?? "", /crashed at once/);
  await pool.stop();
});

Deno.test("WorkerPool.stop() also ends a pool in which a worker waits to be started again", async () => {
  const crashed = Promise.withResolvers<void>();
  const pool = new WorkerPool({
    url: URL_OF_WORKER,
    count: 1,
    start: () => "crash",
    stop: "stop",
    isStopped: (message) => message === "stopped",
    received: () => {},
    crashed: () => crashed.resolve(),
  });
  pool.start(0);
  await crashed.promise;
  await pool.stop();
});
