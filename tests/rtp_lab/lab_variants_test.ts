import { assertEquals } from "@std/assert";
import type { LabReception } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import type { LabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";
import { labPacket, play, tinyJpeg, wayA, wayB, whole, ZERO } from "./lab_packets.ts";

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
    name: "whole frames between pieces in way A",
    packets: [...wayA(1, 1), whole(2, 4), ...wayA(3, 5)],
    jpegs: [tinyJpeg(1, 30), tinyJpeg(2), tinyJpeg(3, 30)],
  },
  {
    name: "whole frames between pieces in way B",
    packets: [whole(1), ...wayB(2, 2), whole(3), ...wayB(4, 4)],
    jpegs: [tinyJpeg(1), tinyJpeg(2, 30), tinyJpeg(3), tinyJpeg(4, 30)],
  },
  {
    name: "way B without the end of one frame and the start of the next",
    packets: [...wayB(1, 1).slice(0, 2), ...wayB(2, 2).slice(1), ...wayB(3, 3)],
    jpegs: [tinyJpeg(3, 30)],
    counts: { broken: 2 },
  },
  {
    name: "the same at the beginning, with only a start of the first",
    packets: [...wayB(1, 1, 4).slice(0, 1), ...wayB(2, 2, 4).slice(1), ...wayB(3, 3, 4)],
    jpegs: [tinyJpeg(3, 30)],
    counts: { broken: 2 },
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
