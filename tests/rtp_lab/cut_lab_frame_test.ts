import { assert, assertEquals } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { sequenceCount } from "../../lib/rtp/packetized_frame.ts";
import { cutLabFrame, LAB_PIECE_LENGTH, MAX_LAB_PAYLOAD } from "../../lib/rtp_lab/cut_lab_frame.ts";
import { LabFrameAssembler } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import { labTimestamp } from "../../lib/rtp_lab/lab_timestamp.ts";
import { labPacket, tinyJpeg } from "./lab_packets.ts";

Deno.test("cutLabFrame() sends a frame that fits as it is, M=0 as the text has it", () => {
  for (const length of [8, MAX_LAB_PAYLOAD]) {
    const jpeg = tinyJpeg(1, length);
    const frame = cutLabFrame(jpeg, { style: "exercise", cut: false });
    const payloads = [jpeg];
    assertEquals(frame, { payloads, octets: length, markLast: false, sequenceStep: "each" });
    assert(frame?.payloads[0] === jpeg); // not copied
  }
});

Deno.test("cutLabFrame() marks a whole frame in modern style", () => {
  assertEquals(cutLabFrame(tinyJpeg(1), { style: "modern", cut: true })?.markLast, true);
});

Deno.test("cutLabFrame() gives nothing for a frame that is too long when it must not cut", () => {
  const jpeg = tinyJpeg(1, MAX_LAB_PAYLOAD + 1);
  assertEquals(cutLabFrame(jpeg, { style: "modern", cut: false }), undefined);
});

Deno.test("cutLabFrame() cuts a long frame in way B: one number, M=1 on the last", () => {
  for (const style of ["exercise", "modern"] as const) {
    const jpeg = tinyJpeg(1, MAX_LAB_PAYLOAD + 1);
    const frame = cutLabFrame(jpeg, { style, cut: true });
    assert(frame !== undefined);
    assertEquals([frame.markLast, frame.sequenceStep, sequenceCount(frame)], [true, "shared", 1]);
    assertEquals(frame.payloads.map(({ length }) => length), [
      LAB_PIECE_LENGTH,
      LAB_PIECE_LENGTH,
      LAB_PIECE_LENGTH,
      MAX_LAB_PAYLOAD + 1 - 3 * LAB_PIECE_LENGTH,
    ]);
    assertEquals(joinBytes(frame.payloads), jpeg);
  }
});

Deno.test("cutLabFrame() makes no piece look like a start or an end where a thumbnail has one", () => {
  for (const code of [0xd8, 0xd9]) {
    for (let shift = -3; shift <= 3; shift++) {
      const jpeg = tinyJpeg(1, 70_000);
      jpeg.set([0xff, code], LAB_PIECE_LENGTH + shift);
      const { payloads } = cutLabFrame(jpeg, { style: "modern", cut: true }) ?? { payloads: [] };
      assertEquals(joinBytes(payloads), jpeg);
      const packets = payloads.map((payload) => labPacket(1, payload)); // no marker: content tells
      const assembler = new LabFrameAssembler();
      const frames = packets.flatMap((packet) => assembler.push(packet, 0));
      assertEquals(frames.map((frame) => frame.jpeg), [jpeg]);
    }
  }
});

const TIMESTAMPS: [style: "exercise" | "modern", unixMs: number, timestamp: number][] = [
  ["exercise", 0x6b02_9598 * 1000, 0x6b02_9598],
  ["exercise", 0x6b02_9598 * 1000 + 999, 0x6b02_9598],
  ["exercise", 2 ** 32 * 1000, 0],
  ["modern", 50, 4500],
  ["modern", 2 ** 32 / 90, 0],
];
for (const [style, unixMs, timestamp] of TIMESTAMPS) {
  Deno.test(`labTimestamp() of ${unixMs} ms in ${style} style is ${timestamp}`, () => {
    assertEquals(labTimestamp(style, unixMs), timestamp);
  });
}
