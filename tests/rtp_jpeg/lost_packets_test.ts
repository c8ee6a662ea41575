import { assert, assertEquals } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { parseRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import type { DepacketizerOutput } from "../../lib/rtp_jpeg/depacketizer_output.ts";
import {
  JpegDepacketizer,
  type JpegDepacketizerOptions,
  type JpegPacket,
} from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { damaged } from "../support/damage.ts";
import { hex } from "../support/hex.ts";
import { SeededRandom } from "../support/random.ts";
import { datagramsOf, essence, madeImage, packetsOf } from "./made_jpegs.ts";

const IMAGE = madeImage(96, 64, { restartInterval: 2, quality: 90 });
const FRAMES = [1, 2, 3, 4].map((n) => packetsOf(packetizeJpeg(IMAGE, 700), n * 3600));
const PACKETS = FRAMES.flat();
const PER_FRAME = FRAMES[0]?.length ?? 0;

/** All packets but those left out, as a receiver hands them on. */
function runWithout(
  left: (index: number) => boolean,
  options: JpegDepacketizerOptions = {},
): { outputs: DepacketizerOutput[]; depacketizer: JpegDepacketizer } {
  const depacketizer = new JpegDepacketizer(options);
  let lost = 0;
  const outputs = PACKETS.flatMap((packet, index) => {
    if (left(index)) {
      lost++;
      return [];
    }
    const result = depacketizer.push(packet, lost);
    lost = 0;
    return result;
  });
  return { outputs: [...outputs, ...depacketizer.flush()], depacketizer };
}

Deno.test("JpegDepacketizer drops exactly the frame that lost a packet, whichever it is", () => {
  assert(PER_FRAME > 5);
  for (let missing = 0; missing < PACKETS.length; missing++) {
    const { outputs, depacketizer } = runWithout((index) => index === missing);
    const hit = 3600 * (1 + Math.floor(missing / PER_FRAME));
    assertEquals(
      outputs.map(({ kind, timestamp }) => [kind, timestamp]),
      [1, 2, 3, 4].map((n) => [n * 3600 === hit ? "dropped" : "frame", n * 3600]),
    );
    for (const output of outputs) {
      if (output.kind === "frame") {
        assertEquals(essence(parseJpegImage(output.jpeg)), essence(IMAGE));
      }
    }
    assertEquals(depacketizer.counts.frames, 3);
    assertEquals([...depacketizer.counts.dropped], [["incomplete", 1]]);
  }
});

Deno.test("JpegDepacketizer says what is missing", () => {
  const { outputs } = runWithout((index) => index === 1 || index === 2);
  assert(outputs[0]?.kind === "dropped");
  const length = IMAGE.scans[0]?.entropy.length;
  const first = 700 - 12 - 8 - 4 - 132;
  assertEquals(
    outputs[0].detail,
    `${first} of ${length} bytes came without a hole; packets lost in it or next to it: 2`,
  );
});

Deno.test("JpegDepacketizer drops a frame with a hole at its marker, once the loss is sure", () => {
  const depacketizer = new JpegDepacketizer();
  const [a, , ...others] = FRAMES[0] ?? [];
  assert(a !== undefined);
  assertEquals(depacketizer.push(a, 0), []);
  const outputs = others.flatMap((packet, i) => depacketizer.push(packet, i === 0 ? 1 : 0));
  assertEquals(outputs.map(({ kind }) => kind), ["dropped"]);
});

Deno.test("JpegDepacketizer keeps what came up to a hole where it is told to", () => {
  for (let missing = 0; missing < PER_FRAME; missing++) {
    const { outputs, depacketizer } = runWithout((index) => index === missing, {
      keepBroken: true,
    });
    assertEquals(outputs.length, 4);
    const [first] = outputs;
    if (missing === 0) {
      assertEquals(first?.kind, "dropped", "there are no tables");
      continue;
    }
    assert(first?.kind === "frame");
    assert(first.broken?.includes("came without a hole"), first.broken);
    const received = parseJpegImage(first.jpeg).scans[0]?.entropy ?? new Uint8Array();
    const sent = IMAGE.scans[0]?.entropy.subarray(0, received.length);
    assert(received.length >= 500);
    assertEquals(received, sent);
    assertEquals([depacketizer.counts.frames, depacketizer.counts.broken], [3, 1]);
  }
});

Deno.test("JpegDepacketizer drops only the frame of a packet that is broken", () => {
  const broken = (packet: JpegPacket): JpegPacket[] => [
    { ...packet, payload: packet.payload.subarray(0, 7) },
    { ...packet, payload: packet.payload.with(4, 2) },
    { ...packet, payload: packet.payload.with(5, 100) },
    { ...packet, payload: packet.payload.with(0, 1) },
    { ...packet, payload: packet.payload.with(7, 99) },
    { ...packet, payload: packet.payload.with(3, 1) },
    { ...packet, payload: hex`` },
  ];
  for (let index = 1; index < PER_FRAME - 1; index++) {
    const target = FRAMES[1]?.[index];
    assert(target !== undefined);
    for (const replacement of broken(target)) {
      const depacketizer = new JpegDepacketizer();
      const outputs = PACKETS.flatMap((packet) =>
        depacketizer.push(packet === target ? replacement : packet, 0)
      );
      assertEquals(
        outputs.map(({ kind, timestamp }) => [kind, timestamp]),
        [["frame", 3600], ["dropped", 7200], ["frame", 10_800], ["frame", 14_400]],
      );
    }
  }
});

Deno.test("JpegDepacketizer ends a frame without its marker by EOI and the next one's start", () => {
  const frame = (timestamp: number, data: Uint8Array): JpegPacket => ({
    ...{ marker: false, timestamp, payload: hex`00 000000 01 32 02 02 ${data}` },
  });
  const depacketizer = new JpegDepacketizer();
  const kinds = (packet: JpegPacket, lost: number) =>
    depacketizer.push(packet, lost).map(({ kind, timestamp }) => [kind, timestamp]);
  assertEquals(kinds(frame(1, hex`11`), 0), []);
  assertEquals(kinds(frame(2, hex`22`), 0), [["frame", 1]], "this sender sets no markers");
  assertEquals(kinds(frame(3, hex`33`), 1), [["dropped", 2]], "its end may be lost");
  assertEquals(kinds({ ...frame(3, hex``), payload: hex``, marker: true }, 0), [["frame", 3]]);
  assertEquals(kinds(frame(4, hex`44 ff d9`), 0), []);
  assertEquals(kinds(frame(5, hex`55`), 0), [["frame", 4]]);
  assertEquals(kinds(frame(6, hex`66`), 0), [["dropped", 5]], "it does set markers");
  assertEquals(depacketizer.flush().map(({ kind }) => kind), ["dropped"]);
  assertEquals(depacketizer.flush(), []);
});

Deno.test("JpegDepacketizer does not trust an empty last packet behind a loss", () => {
  const depacketizer = new JpegDepacketizer();
  const start = { marker: false, timestamp: 1, payload: hex`00 000000 01 32 02 02 11` };
  assertEquals(depacketizer.push(start, 0), []);
  assertEquals(depacketizer.push({ ...start, payload: hex``, marker: true }, 1), []);
  assertEquals(depacketizer.push({ ...start, timestamp: 2 }, 0).map(({ kind }) => kind), [
    "dropped",
  ]);
});

Deno.test("JpegDepacketizer takes frames of one timestamp one after another", () => {
  const depacketizer = new JpegDepacketizer();
  const outputs = FRAMES.flat().flatMap((packet) =>
    depacketizer.push({ ...packet, timestamp: 5 }, 0)
  );
  assertEquals(outputs.map(({ kind }) => kind), ["frame", "frame", "frame", "frame"]);
});

Deno.test("JpegDepacketizer counts packets that come again after their frame", () => {
  const depacketizer = new JpegDepacketizer();
  const [first = [], second = []] = FRAMES;
  const outputs = [...first, ...first.slice(1, 3), ...second, ...second.slice(0, 1)].flatMap((
    packet,
  ) => depacketizer.push(packet, 0));
  assertEquals(outputs.map(({ kind }) => kind), ["frame", "frame"]);
  assertEquals(depacketizer.flush(), []);
  assertEquals(depacketizer.counts.strayPackets, 3);
});

Deno.test("JpegDepacketizer drops frames over its limit before they take the memory", () => {
  const depacketizer = new JpegDepacketizer({ maxFrameLength: 1000 });
  const outputs = PACKETS.flatMap((packet) => depacketizer.push(packet, 0));
  assertEquals(outputs.map((o) => o.kind === "dropped" && o.reason), Array(4).fill("too large"));
  assert(outputs[0]?.kind === "dropped");
  assertEquals(outputs[0].detail, "frame is over 1000 bytes");
});

Deno.test("JpegDepacketizer bounds frames to 16 MiB unless told otherwise", () => {
  const depacketizer = new JpegDepacketizer();
  const push = (offset: number, length: number) => {
    const head = Uint8Array.of(0, offset >> 16, offset >> 8, offset, 1, 50, 2, 2);
    const payload = new Uint8Array(8 + length);
    payload.set(head);
    return depacketizer.push({ marker: false, timestamp: 1, payload }, 0);
  };
  for (let offset = 0; offset < 2 ** 24; offset += 32_768) assertEquals(push(offset, 32_768), []);
  const outputs = push(2 ** 24 - 1, 2);
  assertEquals(outputs.map((o) => o.kind === "dropped" && o.reason), ["too large"]);
});

Deno.test("JpegDepacketizer survives 20,000 damaged packets, and frames between them are whole", () => {
  const random = new SeededRandom(2435);
  const images = [
    IMAGE,
    madeImage(2048, 8, { sampling: "4:2:2" }),
    madeImage(40, 40, { quality: 20 }),
  ];
  const frames = images.map((image) => datagramsOf(packetizeJpeg(image, 400)));
  const depacketizer = new JpegDepacketizer({ keepBroken: true, size: { width: 2048, height: 8 } });
  let timestamp = 0;
  for (let run = 0, frame = 0; run < 20_000; frame++) {
    const datagrams = frames[random.below(frames.length)] ?? [];
    timestamp += 1;
    for (const datagram of datagrams) {
      run++;
      for (const output of pushed(depacketizer, damaged(datagram, random), timestamp)) {
        assert(output.kind === "dropped" || output.jpeg.length > 600);
      }
    }
    if (frame % 20 !== 0) continue;
    const good = packetsOf(packetizeJpeg(IMAGE), timestamp += 1).flatMap((p) =>
      depacketizer.push(p, 0)
    );
    assertEquals(good.filter((o) => o.kind === "frame" && o.timestamp === timestamp).length, 1);
  }
  assert(depacketizer.counts.dropped.size >= 3);
});

function pushed(depacketizer: JpegDepacketizer, datagram: Uint8Array, timestamp: number) {
  try {
    return depacketizer.push({ ...parseRtpPacket(datagram), timestamp }, 0);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return [];
  }
}
