import { assertEquals } from "@std/assert";
import { resolveControl } from "../../lib/rtsp/control_url.ts";

const BASE = "rtsp://h:1/a/b";
const ROWS: [control: string, base: string, url: string][] = [
  ["*", BASE, BASE],
  ["", BASE, BASE],
  ["track1", BASE, `${BASE}/track1`],
  ["track1", `${BASE}/`, `${BASE}/track1`],
  ["trackID=1", `${BASE}?x=1`, `${BASE}?x=1/trackID=1`],
  ["/c", `${BASE}?x=1`, "rtsp://h:1/c"],
  ["/c", "rtsp://[::1]:1", "rtsp://[::1]:1/c"],
  ["?track=1", `${BASE}?x=1`, `${BASE}?track=1`],
  ["RTSP://other/a", BASE, "RTSP://other/a"],
  [" track1 ", "rtsp://h", "rtsp://h/track1"],
];
for (const [control, base, url] of ROWS) {
  Deno.test(`§C.1.1 resolveControl() makes "${control}" at ${base} into ${url}`, () => {
    assertEquals(resolveControl(base, control), url);
  });
}
