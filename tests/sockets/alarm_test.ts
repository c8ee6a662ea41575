import { assert, assertEquals } from "@std/assert";
import { Alarm } from "../../lib/sockets/alarm.ts";

/** An alarm, and when it rang. */
function alarmOf(): { readonly alarm: Alarm; readonly rang: number[]; next(): Promise<void> } {
  const rang: number[] = [];
  let resolve = () => {};
  const alarm = new Alarm(() => {
    rang.push(performance.now());
    resolve();
  });
  return { alarm, rang, next: () => new Promise((done) => resolve = done) };
}

Deno.test("Alarm rings once at the time set last, be it put off or brought forward", async () => {
  const { alarm, rang, next } = alarmOf();
  const startMs = performance.now();
  alarm.set(startMs + 10);
  for (const ms of [15, 20, 40]) alarm.set(startMs + ms);
  await next();
  assert((rang[0] ?? 0) >= startMs + 39);
  alarm.set(startMs + 60_000);
  alarm.set(startMs + 60);
  await next();
  assertEquals(rang.length, 2);
});

Deno.test("Alarm never rings after clear(), and rings again when it is set again", async () => {
  const { alarm, rang, next } = alarmOf();
  alarm.set(performance.now() + 5);
  alarm.clear();
  alarm.set(performance.now() + 5);
  alarm.set(undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(rang, []);
  alarm.set(performance.now() + 5);
  await next();
  assertEquals(rang.length, 1);
});
