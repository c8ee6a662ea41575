import { assertEquals } from "@std/assert";
import { formatImpairment } from "../../lib/net_impair/format_impairment.ts";
import { NO_IMPAIRMENT, parseImpairment } from "../../lib/net_impair/impairment.ts";

const TEXTS = [
  "loss=2%,delay=20ms,jitter=5ms,reorder=1%,duplicate=0.5%,seed=7",
  "loss=7%,seed=1",
  "loss=0.1%,duplicate=99.9%,seed=0",
  "delay=60000ms,jitter=0.25ms,seed=4294967295",
];
for (const text of TEXTS) {
  Deno.test(`formatImpairment() writes ${text} as it was read`, () => {
    assertEquals(formatImpairment(parseImpairment(text)), text);
  });
}

Deno.test("formatImpairment() writes what parseImpairment() reads as the same", () => {
  for (let percent = 0; percent <= 100; percent += 0.7) {
    const impairment = { ...NO_IMPAIRMENT, loss: percent / 100 };
    const read = parseImpairment(formatImpairment(impairment));
    assertEquals(Math.abs(read.loss - impairment.loss) < 1e-12, true, String(percent));
  }
});
