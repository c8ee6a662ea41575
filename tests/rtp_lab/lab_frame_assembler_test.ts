import { assertEquals } from "@std/assert";
import { LabFrameAssembler } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import { play, tinyJpeg, wayA, wayB, whole, ZERO } from "./lab_packets.ts";

Deno.test("LabFrameAssembler gives frames in order at once, in every way of cutting", () => {
  for (const cut of [wayA, wayB]) {
    const assembler = new LabFrameAssembler();
    const given = cut(1, 1).map((packet) => assembler.push(packet, 0).length);
    assertEquals(given, [0, 0, 1]);
    assertEquals(assembler.wakeAtMs, undefined);
  }
});

Deno.test("LabFrameAssembler tells where a frame came from", () => {
  const assembler = new LabFrameAssembler();
  const [frame] = wayA(1, 65_535).flatMap((packet) => assembler.push(packet, 0));
  assertEquals(frame, {
    jpeg: tinyJpeg(1, 30),
    sequence: 65_535,
    timestamp: 0x6b029598,
    packets: 3,
  });
});

Deno.test("LabFrameAssembler waits 100 ms for a missing packet, then gives it up", () => {
  const assembler = new LabFrameAssembler();
  assertEquals(assembler.push(whole(1), 0).length, 1);
  assertEquals(assembler.push(whole(3), 50), []);
  assertEquals(assembler.wakeAtMs, 150);
  assertEquals(assembler.tick(149), []);
  assertEquals(assembler.reception.lost, 0);
  assertEquals(assembler.tick(150).map(({ sequence }) => sequence), [3]);
  assertEquals(assembler.reception.lost, 1);
  assertEquals(assembler.push(whole(2), 160), []);
  assertEquals(assembler.reception, { ...ZERO, received: 3, frames: 2, late: 1 });
});

Deno.test("LabFrameAssembler goes on when the server starts at 1 again", () => {
  const first = Array.from({ length: 40 }, (_, i) => whole(i + 1));
  const again = Array.from({ length: 60 }, (_, i) => whole(i + 101, i + 1));
  const { jpegs, reception } = play([...first, ...again]);
  assertEquals(jpegs.length, 40 + 60 - 7);
  assertEquals(jpegs.at(-1), tinyJpeg(160));
  assertEquals(reception, { ...ZERO, received: 100, frames: 93, duplicate: 7, restarts: 1 });
});

Deno.test("LabFrameAssembler knows late packets after 40,000 from those before the first", () => {
  const packets = Array.from({ length: 40_000 }, (_, i) => whole(i));
  const { jpegs, reception } = play([...packets, whole(39_990)]);
  assertEquals(jpegs.length, 40_000);
  assertEquals([reception.duplicate, reception.lost, reception.restarts], [1, 0, 0]);
});

Deno.test("LabFrameAssembler counts a piece behind the last of its frame as late", () => {
  const [first, inner, last] = wayB(1, 1);
  const packets = [first, last, inner].flatMap((packet) => packet ?? []);
  const { reception } = play([...packets, whole(2)]);
  assertEquals(reception, { ...ZERO, received: 4, frames: 2, late: 1 });
});

Deno.test("LabFrameAssembler.expected counts the numbers of all counts, pieces of one frame once", () => {
  const assembler = new LabFrameAssembler();
  assertEquals(assembler.expected, 0);
  for (const packet of [...wayB(1, 65_534), whole(2, 65_535), whole(4, 1)]) {
    assembler.push(packet, 0);
  }
  assertEquals(assembler.expected, 4);
  assembler.restart();
  for (const packet of [whole(5, 9), whole(7, 11), whole(7, 11)]) assembler.push(packet, 0);
  assertEquals(assembler.expected, 7);
});
