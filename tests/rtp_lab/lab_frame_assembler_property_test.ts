import { assertEquals } from "@std/assert";
import { parseImpairment } from "../../lib/net_impair/impairment.ts";
import { type DueDatagram, NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { LabFrameAssembler } from "../../lib/rtp_lab/lab_frame_assembler.ts";
import type { LabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";
import { labPacket } from "./lab_packets.ts";

const FRAMES = 300;
const FRAME_MS = 50;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

type Way = "whole" | "A" | "B";

/** A piece that says which it is: two digits of the frame's number and its own, between the ends. */
function piece(frame: number, part: number, parts: number): Uint8Array {
  return Uint8Array.of(
    ...part === 0 ? [0xff, 0xd8] : [],
    Math.floor(frame / 200),
    frame % 200 + 1,
    part + 1,
    ...part === parts - 1 ? [0xff, 0xd9] : [],
  );
}

/** A JPEG made of such pieces, as text: `7:1234` is frame 7 with all four. */
function read(jpeg: Uint8Array): string {
  let text = "";
  for (let i = 2; i + 2 < jpeg.length; i += 3) {
    const [high = 0, low = 0, part = 0] = jpeg.subarray(i, i + 3);
    text += text === "" ? `${high * 200 + low - 1}:${part}` : part;
  }
  return text;
}

/** The packets of all frames with numbers over the wrap, and when each is sent. */
function sent(way: Way): { packet: LabPacket; frame: number; atMs: number }[] {
  let sequence = 65_400;
  const out: { packet: LabPacket; frame: number; atMs: number }[] = [];
  const parts = way === "whole" ? 1 : 4;
  for (let frame = 0; frame < FRAMES; frame++) {
    for (let part = 0; part < parts; part++) {
      const isLast = part === parts - 1;
      const packet = labPacket(sequence, piece(frame, part, parts), isLast && way !== "whole");
      out.push({ packet, frame, atMs: frame * FRAME_MS });
      if (way === "A" || isLast) sequence++;
    }
  }
  return out;
}

interface Received {
  readonly came: readonly LabPacket[];
  readonly frames: readonly string[];
  readonly assembler: LabFrameAssembler;
  /** The frames of which every packet came. */
  readonly complete: readonly string[];
}

/** What the network brings, and the frames that come of it, woken when asked for. */
function receive(way: Way, impairment: string): Received {
  const network = new NetworkImpairment<LabPacket>(parseImpairment(impairment));
  const all = sent(way);
  const due: DueDatagram<LabPacket>[] = [];
  for (const { packet, atMs } of all) due.push(...network.push(packet, atMs));
  due.push(...network.tick(Infinity));
  const assembler = new LabFrameAssembler();
  const jpegs: Uint8Array[] = [];
  const take = (frames: readonly { jpeg: Uint8Array }[]) =>
    jpegs.push(...frames.map(({ jpeg }) => jpeg));
  for (const { datagram, dueMs } of due) {
    for (let wake = assembler.wakeAtMs; wake !== undefined && wake < dueMs;) {
      take(assembler.tick(wake));
      wake = assembler.wakeAtMs;
    }
    take(assembler.push(datagram, dueMs));
  }
  take(assembler.restart());
  const came = due.map(({ datagram }) => datagram);
  const arrived = new Set(came);
  const missing = new Set(all.filter((one) => !arrived.has(one.packet)).map(({ frame }) => frame));
  const complete = Array.from({ length: FRAMES }, (_, frame) => frame)
    .filter((frame) => !missing.has(frame))
    .map((frame) => `${frame}:${way === "whole" ? "1" : "1234"}`);
  return { came, frames: jpegs.map(read), assembler, complete };
}

/** How many numbers there are from the first to the last, over the wrap at 65,536. */
function expectedOf(sequences: ReadonlySet<number>): number {
  const extended = Array.from(sequences, (n) => n < 32_768 ? n + 65_536 : n);
  return Math.max(...extended) - Math.min(...extended) + 1;
}

const NETWORKS = [
  "delay=0ms",
  "loss=5%",
  "duplicate=20%",
  "reorder=10%",
  "loss=5%,duplicate=5%,reorder=5%,delay=20ms,jitter=10ms",
];

for (const way of ["whole", "A"] as const) {
  for (const network of NETWORKS) {
    Deno.test(`LabFrameAssembler gives all that came whole, in order: ${way}, ${network}`, () => {
      for (const seed of SEEDS) {
        const { came, frames, assembler, complete } = receive(way, `${network},seed=${seed}`);
        assertEquals(frames, complete, `seed ${seed}`);
        const numbers = new Set(came.map(({ sequence }) => sequence));
        const { received, lost, duplicate, late, restarts } = assembler.reception;
        assertEquals([received, late, restarts], [came.length, 0, 0]);
        assertEquals(duplicate, came.length - numbers.size);
        assertEquals(lost, expectedOf(numbers) - numbers.size);
      }
    });
  }
}

for (const network of ["delay=0ms", "loss=5%", "duplicate=20%", "loss=5%,duplicate=5%"]) {
  Deno.test(`LabFrameAssembler gives all that came whole, in order: B, ${network}`, () => {
    for (const seed of SEEDS) {
      const { came, frames, assembler, complete } = receive("B", `${network},seed=${seed}`);
      // Nothing in way B tells that an inner piece is missing: such frames come out as well.
      const withAll = frames.filter((frame) => frame.endsWith(":1234"));
      assertEquals(withAll, complete, `seed ${seed}`);
      for (const frame of frames) assertEquals(/^\d+:12?3?4$/.test(frame), true, frame);
      const numbers = new Set(came.map(({ sequence }) => sequence));
      const { lost, broken, restarts } = assembler.reception;
      assertEquals(lost, expectedOf(numbers) - numbers.size);
      assertEquals([broken + frames.length, restarts], [numbers.size, 0]);
    }
  });
}
