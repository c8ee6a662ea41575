import { assertEquals, assertGreater } from "@std/assert";
import { LabFrameAssembler, type LabReception } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import type { LabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";
import { labPacket, pieces, tinyJpeg } from "./lab_packets.ts";

const ZERO: LabReception = {
  received: 0,
  lost: 0,
  duplicate: 0,
  late: 0,
  reordered: 0,
  frames: 0,
  broken: 0,
  empty: 0,
  restarts: 0,
};

/** Pushes all at once, then ends the stream. */
function play(packets: readonly LabPacket[]): { jpegs: Uint8Array[]; reception: LabReception } {
  const assembler = new LabFrameAssembler();
  const frames = packets.flatMap((packet) => assembler.push(packet, 0));
  frames.push(...assembler.restart());
  return { jpegs: frames.map(({ jpeg }) => jpeg), reception: assembler.reception };
}

/** Frame `n` in `count` pieces with a number each. */
function wayA(n: number, first: number, count = 3): LabPacket[] {
  const parts = pieces(tinyJpeg(n, 30), count);
  return parts.map((part, i) => labPacket(first + i, part, i === parts.length - 1));
}

/** Frame `n` in `count` pieces that share one number. */
function wayB(n: number, sequence: number, count = 3): LabPacket[] {
  const parts = pieces(tinyJpeg(n, 30), count);
  return parts.map((part, i) => labPacket(sequence, part, i === parts.length - 1));
}

const whole = (n: number, sequence = n) => labPacket(sequence, tinyJpeg(n));
const withoutMarkers = (packets: LabPacket[]) => packets.map((p) => ({ ...p, marker: false }));

interface Row {
  readonly name: string;
  readonly packets: readonly LabPacket[];
  readonly jpegs: readonly Uint8Array[];
  readonly counts?: Partial<LabReception>;
}

const SURVIVED: Row[] = [
  {
    name: "whole frames from 1",
    packets: [1, 2, 3].map((n) => whole(n)),
    jpegs: [1, 2, 3].map((n) => tinyJpeg(n)),
  },
  {
    name: "a first sequence number of 0",
    packets: [whole(0), whole(1)],
    jpegs: [tinyJpeg(0), tinyJpeg(1)],
  },
  {
    name: "any first sequence number",
    packets: [whole(1, 40_000), whole(2, 40_001)],
    jpegs: [tinyJpeg(1), tinyJpeg(2)],
  },
  {
    name: "the wrap of the sequence number",
    packets: [whole(1, 65_535), whole(2, 0), whole(3, 1)],
    jpegs: [1, 2, 3].map((n) => tinyJpeg(n)),
  },
  {
    name: "V=0, 1 and 3, any timestamp, SSRC and payload type",
    packets: [0, 1, 3].map((version, i) => ({
      ...whole(i),
      version,
      timestamp: 0xffffffff - i,
      ssrc: i * 77,
      payloadType: i,
    })),
    jpegs: [0, 1, 2].map((n) => tinyJpeg(n)),
  },
  {
    name: "M=1 on whole frames",
    packets: [1, 2].map((n) => labPacket(n, tinyJpeg(n), true)),
    jpegs: [tinyJpeg(1), tinyJpeg(2)],
  },
  {
    name: "M=1 on a frame without EOI",
    packets: [labPacket(1, tinyJpeg(1).subarray(0, 6), true), whole(2)],
    jpegs: [tinyJpeg(1).subarray(0, 6), tinyJpeg(2)],
  },
  {
    name: "zeros behind a frame's end",
    packets: [labPacket(1, Uint8Array.of(...tinyJpeg(1), 0, 0)), whole(2)],
    jpegs: [Uint8Array.of(...tinyJpeg(1), 0, 0), tinyJpeg(2)],
  },
  {
    name: "empty payloads at the end",
    packets: [whole(1), labPacket(2, new Uint8Array()), labPacket(3, new Uint8Array())],
    jpegs: [tinyJpeg(1)],
    counts: { empty: 2 },
  },
  {
    name: "pieces in way A",
    packets: [...wayA(1, 1), ...wayA(2, 4)],
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
  },
  {
    name: "pieces in way B",
    packets: [...wayB(1, 1), ...wayB(2, 2)],
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
  },
  {
    name: "pieces in way A without markers",
    packets: withoutMarkers([...wayA(1, 1), ...wayA(2, 4)]),
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
  },
  {
    name: "pieces in way B without markers",
    packets: withoutMarkers([...wayB(1, 1), ...wayB(2, 2)]),
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
  },
  {
    name: "whole frames between pieces",
    packets: [whole(1), ...wayB(2, 2), whole(3), ...wayA(4, 4), whole(5, 7)],
    jpegs: [tinyJpeg(1), tinyJpeg(2, 30), tinyJpeg(3), tinyJpeg(4, 30), tinyJpeg(5)],
  },
  {
    name: "pieces over the wrap",
    packets: [...wayA(1, 65_534), ...wayA(2, 1)],
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
  },
  {
    name: "one sequence number for all frames",
    packets: [1, 2, 3].map((n) => whole(n, 5)),
    jpegs: [1, 2, 3].map((n) => tinyJpeg(n)),
  },
  {
    name: "duplicates of whole frames",
    packets: [whole(1), whole(1), whole(2), whole(1), whole(2)],
    jpegs: [tinyJpeg(1), tinyJpeg(2)],
    counts: { duplicate: 3 },
  },
  {
    name: "duplicates of pieces in way B",
    packets: wayB(1, 1).flatMap((p) => [p, p]),
    jpegs: [tinyJpeg(1, 30)],
    counts: { duplicate: 3 },
  },
  {
    name: "reordered frames",
    packets: [whole(1), whole(3), whole(2), whole(4)],
    jpegs: [1, 2, 3, 4].map((n) => tinyJpeg(n)),
    counts: { reordered: 1 },
  },
  {
    name: "reordered pieces in way A",
    packets: [0, 2, 1, 4, 3, 5].map((i) => [...wayA(1, 1), ...wayA(2, 4)][i] ?? whole(0)),
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2, 30)],
    counts: { reordered: 2 },
  },
  {
    name: "a lost frame",
    packets: [whole(1), whole(3)],
    jpegs: [tinyJpeg(1), tinyJpeg(3)],
    counts: { lost: 1 },
  },
  {
    name: "a lost inner piece in way A",
    packets: [...wayA(1, 1).filter((_, i) => i !== 1), ...wayA(2, 4)],
    jpegs: [tinyJpeg(2, 30)],
    counts: { lost: 1, broken: 1 },
  },
  {
    name: "a lost first piece in way A",
    packets: [whole(0), ...wayA(1, 1).slice(1), ...wayA(2, 4)],
    jpegs: [tinyJpeg(0), tinyJpeg(2, 30)],
    counts: { lost: 1, broken: 1 },
  },
  {
    name: "a lost last piece in way A",
    packets: [...wayA(1, 1).slice(0, 2), ...wayA(2, 4)],
    jpegs: [tinyJpeg(2, 30)],
    counts: { lost: 1, broken: 1 },
  },
  {
    name: "a lost last piece in way B",
    packets: [...wayB(1, 1).slice(0, 2), ...wayB(2, 2)],
    jpegs: [tinyJpeg(2, 30)],
    counts: { broken: 1 },
  },
  {
    name: "a lost first piece in way B",
    packets: [...wayB(1, 1).slice(1), ...wayB(2, 2)],
    jpegs: [tinyJpeg(2, 30)],
    counts: { broken: 1 },
  },
  {
    name: "a lost frame in way B",
    packets: [...wayB(1, 1), ...wayB(3, 3)],
    jpegs: [tinyJpeg(1, 30), tinyJpeg(3, 30)],
    counts: { lost: 1 },
  },
  {
    name: "way B with an inner piece first",
    packets: [1, 0, 2].map((i) => wayB(1, 1)[i] ?? whole(0)).concat(wayB(2, 2)),
    jpegs: [tinyJpeg(2, 30)],
    counts: { broken: 1 },
  },
  {
    name: "way B with a piece behind the last",
    packets: [0, 2, 1].map((i) => wayB(1, 1, 3)[i] ?? whole(0)).concat(wayB(2, 2)).slice(1),
    jpegs: [tinyJpeg(2, 30)],
    counts: { broken: 1 },
  },
  {
    name: "a play that begins inside a frame",
    packets: [...wayA(1, 1).slice(1), ...wayA(2, 4)],
    jpegs: [tinyJpeg(2, 30)],
    counts: { broken: 1 },
  },
  {
    name: "a play that ends inside a frame",
    packets: [whole(1), ...wayA(2, 2).slice(0, 2)],
    jpegs: [tinyJpeg(1)],
    counts: { broken: 1 },
  },
  {
    name: "a packet from before the first",
    packets: [whole(2), whole(1), whole(3)],
    jpegs: [tinyJpeg(2), tinyJpeg(3)],
    counts: { late: 1 },
  },
  {
    name: "one stray packet from far away",
    packets: [whole(1), whole(9, 30_000), whole(2)],
    jpegs: [tinyJpeg(1), tinyJpeg(2)],
    counts: { late: 1 },
  },
  {
    name: "a new count far away, without losing its first",
    packets: [whole(1), whole(2, 30_000), whole(3, 30_001)],
    jpegs: [1, 2, 3].map((n) => tinyJpeg(n)),
    counts: { restarts: 1 },
  },
  {
    name: "a new count far away in way B",
    packets: [whole(1), ...wayB(2, 30_000), whole(3, 30_001)],
    jpegs: [tinyJpeg(1), tinyJpeg(2, 30), tinyJpeg(3)],
    counts: { restarts: 1 },
  },
];

for (const { name, packets, jpegs, counts } of SURVIVED) {
  Deno.test(`LabFrameAssembler survives ${name}`, () => {
    const played = play(packets);
    assertEquals(played.jpegs, [...jpegs]);
    const expected = { ...ZERO, received: packets.length, frames: jpegs.length, ...counts };
    assertEquals(played.reception, expected);
  });
}

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
  assertGreater(reception.received, reception.frames);
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
