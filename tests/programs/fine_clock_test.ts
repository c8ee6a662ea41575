import { assert, assertEquals } from "@std/assert";
import { FineClock } from "../../lib/programs/fine_clock.ts";

Deno.test("FineClock.unixMs() tells moments of one millisecond apart, in their order", () => {
  const clock = new FineClock();
  const times = [0, 0.25, 0.5, 0.75, 1.25].map((ms) =>
    clock.unixMs({ monotonicMs: 100 + ms, unixMs: 5000 + Math.floor(ms) })
  );
  assertEquals(times, [5000, 5000.25, 5000.5, 5000.75, 5001.25]);
});

Deno.test("FineClock.unixMs() follows a wall clock that is set or runs at another pace", () => {
  const clock = new FineClock();
  for (let second = 0; second < 10_000; second++) {
    const unixMs = Math.floor(second * 1000.05) + (second > 5000 ? 3_600_000 : 0);
    const fine = clock.unixMs({ monotonicMs: second * 1000, unixMs });
    assert(fine >= unixMs && fine <= unixMs + 1, `${fine} for ${unixMs}`);
  }
});

Deno.test("FineClock.unixMs() goes back only when the wall clock was set back", () => {
  const clock = new FineClock();
  clock.unixMs({ monotonicMs: 100, unixMs: 5_000_000 });
  assertEquals(clock.unixMs({ monotonicMs: 94, unixMs: 4_999_994 }), 5_000_000);
  assertEquals(clock.unixMs({ monotonicMs: 101, unixMs: 5_000_001 }), 5_000_001);
  const back = clock.unixMs({ monotonicMs: 102, unixMs: 1_000_000 });
  assert(back >= 1_000_000 && back <= 1_000_001, `${back}`);
});
