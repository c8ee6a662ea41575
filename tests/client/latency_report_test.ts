import { assertAlmostEquals, assertEquals } from "@std/assert";
import { formatLatency, LatencyReport } from "../../lib/client/latency_report.ts";

const EPOCH = Date.UTC(2026, 0, 1);

Deno.test("LatencyReport tells how late pictures are, over wraps of their marks", () => {
  const report = new LatencyReport();
  for (let i = 0; i < 300; i++) {
    const dueMs = EPOCH + i * 40;
    report.add({ number: (4000 + i) % 4096, dueMs: dueMs % 4096 }, dueMs + 10 + i % 3);
  }
  const { read, missing, meanMs = NaN, maxMs } = report.figures ?? {};
  assertEquals([read, missing, maxMs], [300, 0, 12]);
  assertAlmostEquals(meanMs, 11, 1e-6);
});

Deno.test("LatencyReport counts pictures that are missing or cannot be read", () => {
  const report = new LatencyReport();
  for (const number of [4094, 1, 2, 2]) report.add({ number, dueMs: 0 }, 4096);
  report.add(undefined, 0);
  assertEquals([report.figures?.missing, report.figures?.unread], [2, 1]);
});

Deno.test("LatencyReport takes a picture from the future for one that is in time", () => {
  const report = new LatencyReport();
  report.add({ number: 1, dueMs: 100 }, 90);
  assertEquals(report.figures?.maxMs, 0);
});

Deno.test("formatLatency() says so where nothing could be read", () => {
  assertEquals(formatLatency(undefined), "Latency:     no test picture could be read\n");
});
