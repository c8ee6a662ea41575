import { assertEquals, assertRejects } from "@std/assert";
import { OneAtATime } from "../../lib/page/one_at_a_time.ts";

Deno.test("OneAtATime.want() does once more, after all, what was wanted meanwhile", async () => {
  const waiting: PromiseWithResolvers<void>[] = [];
  const work = new OneAtATime(() => {
    waiting.push(Promise.withResolvers());
    return waiting.at(-1)?.promise ?? Promise.resolve();
  });
  const first = work.want();
  await Promise.resolve();
  for (let i = 0; i < 1000; i++) void work.want();
  assertEquals(waiting.length, 1);
  waiting[0]?.resolve();
  await Promise.resolve();
  assertEquals(waiting.length, 2);
  waiting[1]?.resolve();
  await first;
  assertEquals(waiting.length, 2);
});

Deno.test("OneAtATime.want() tells each who asked of a failure, and works again after it", async () => {
  let done = 0;
  const work = new OneAtATime(() => {
    if (done++ === 0) throw new Error("it does not answer");
    return Promise.resolve();
  });
  await assertRejects(() => work.want(), Error, "it does not answer");
  await work.want();
  assertEquals(done, 2);
});
