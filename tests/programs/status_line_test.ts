import { assertEquals } from "@std/assert";
import { StatusLine } from "../../lib/programs/status_line.ts";

Deno.test("StatusLine is cleared for other lines, and for good at its end", () => {
  let written = "";
  const line = new StatusLine({ write: (text) => written += text, columns: () => 20 });
  line.clear();
  line.draw();
  assertEquals(written, "");
  line.start((columns) => `at most ${columns}`);
  line.draw();
  line.clear();
  line.clear();
  line.draw();
  line.stop();
  line.draw();
  const shown = "\rat most 19\x1b[K\r\x1b[K";
  assertEquals(written, shown + shown);
});
