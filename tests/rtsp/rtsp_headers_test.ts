import { assertEquals } from "@std/assert";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";

Deno.test("RtspHeaders finds names without regard to case, in order", () => {
  const headers = new RtspHeaders([["A", "1"], ["b", "2"], ["a", "3"]]).with("B", "4");
  assertEquals(headers.get("a"), "1");
  assertEquals(headers.getAll("A"), ["1", "3"]);
  assertEquals(headers.list("b"), "2, 4");
  assertEquals(headers.entries.map(([name]) => name), ["A", "b", "a", "B"]);
});

Deno.test("known hole: RtspHeaders holds no prototype's names", () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    assertEquals(new RtspHeaders().get(name), undefined);
    assertEquals(new RtspHeaders().has(name), false);
    assertEquals(new RtspHeaders().list(name), undefined);
    assertEquals(new RtspHeaders([[name, "1"]]).getAll(name), ["1"]);
  }
});
