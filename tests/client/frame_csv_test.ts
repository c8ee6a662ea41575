import { assertEquals } from "@std/assert";
import { FRAME_CSV_HEADER, frameCsvRow, type FrameRow } from "../../lib/client/frame_csv.ts";

const FRAME = { number: 7, rtpTimestamp: 4_294_967_295, complete: true, jpeg: new Uint8Array(812) };
const ROW: FrameRow = {
  frame: FRAME,
  file: "000007.jpg",
  arrivalUnixMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  sinceFirstMs: 300.1234,
};

Deno.test("frameCsvRow() has a field for each name in the header", () => {
  assertEquals(
    FRAME_CSV_HEADER,
    "number,file,rtp_timestamp,ntp_time,arrival,arrival_ms,size,whole\n",
  );
  assertEquals(
    frameCsvRow(ROW),
    "7,000007.jpg,4294967295,,2026-01-02T03:04:05.678Z,300.123,812,yes\n",
  );
});

Deno.test("frameCsvRow() has the sender's time where it is known, and says what is not whole", () => {
  const ntpUnixMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  assertEquals(
    frameCsvRow({ ...ROW, ntpUnixMs, frame: { ...FRAME, complete: false } }),
    "7,000007.jpg,4294967295,2026-01-02T03:04:05.000Z,2026-01-02T03:04:05.678Z,300.123,812,no\n",
  );
});

Deno.test("frameCsvRow() puts quotes around a name that needs them", () => {
  assertEquals(
    frameCsvRow({ ...ROW, file: 'a,"b.jpg' }).split(",2")[0]?.slice(2, 14),
    '"a,""b.jpg",',
  );
});
