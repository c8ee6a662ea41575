import { assert, assertEquals } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import type { DepacketizerOutput } from "../../lib/rtp_jpeg/depacketizer_output.ts";
import {
  JpegDepacketizer,
  type JpegDepacketizerOptions,
  type JpegPacket,
} from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { quantiserTables } from "../../lib/rtp_jpeg/quantiser_tables.ts";
import { hex } from "../support/hex.ts";

const TABLE = Uint8Array.from({ length: 64 }, (_, i) => i + 1);
const OTHER = Uint8Array.from({ length: 64 }, (_, i) => i + 100);
const WIDE = Uint8Array.from({ length: 128 }, (_, i) => i % 2 === 0 ? 1 : i);
const TABLES = hex`00 00 00 80 ${TABLE} ${OTHER}`;
const SOF0 = hex`ff c0 00 11 08 04 80 08 00 03  01 22 00  02 11 01  03 11 01 ff`;

function packet(payload: Uint8Array, fields: Partial<JpegPacket> = {}): JpegPacket {
  return { marker: true, timestamp: 3600, payload, ...fields };
}

/** What comes out of packets of which none is lost, and of the end of the stream. */
function run(packets: JpegPacket[], options: JpegDepacketizerOptions = {}): DepacketizerOutput[] {
  const depacketizer = new JpegDepacketizer(options);
  return [...packets.flatMap((each) => depacketizer.push(each, 0)), ...depacketizer.flush()];
}

/** The only output, which has to be a frame. */
function picture(outputs: DepacketizerOutput[]) {
  assertEquals(outputs.map(({ kind }) => kind), ["frame"]);
  const [output] = outputs;
  assert(output?.kind === "frame");
  return { output, image: parseJpegImage(output.jpeg) };
}

/** Reasons and details of drops, and `frame` for frames. */
function summary(outputs: DepacketizerOutput[]): string[] {
  return outputs.map((output) =>
    output.kind === "frame" ? "frame" : `${output.reason}: ${output.detail}`
  );
}

Deno.test("JpegDepacketizer writes an interchange file: SOI, APP0, DQT, SOF0, DHT, SOS, data, EOI", () => {
  const { output } = picture(run([packet(hex`00 000000 01 ff 02 01 ${TABLES} 11 22 ff 00`)]));
  const { jpeg } = output;
  const dht = jpeg.subarray(177, 597);
  assertEquals(
    jpeg,
    hex`
      ff d8
      ff e0 00 10 4a 46 49 46 00 01 02 00 00 01 00 01 00 00   # JFIF 1.02
      ff db 00 43 00 ${TABLE}
      ff db 00 43 01 ${OTHER}
      ff c0 00 11 08 00 08 00 10 03  01 22 00  02 11 01  03 11 01   # 16 x 8
      ${dht}
      ff da 00 0c 03  01 00  02 11  03 11  00 3f 00
      11 22 ff 00
      ff d9`,
  );
  assertEquals(dht.subarray(0, 4), hex`ff c4 01 a2`);
});

const TYPES: [number, string, number][] = [
  [0, "2x1", 0],
  [1, "2x2", 0],
  [64, "2x1", 24],
  [65, "2x2", 24],
];
for (const [type, sampling, interval] of TYPES) {
  Deno.test(`JpegDepacketizer takes type ${type}: luma ${sampling}, restart interval ${interval}`, () => {
    const restart = type < 64 ? hex`` : hex`00 18 ff ff`;
    const payload = hex`00 000000 ${Uint8Array.of(type)} 32 30 24 ${restart} 11 22`;
    const { image } = picture(run([packet(payload)]));
    const [luma, cb, cr] = image.components;
    assertEquals(`${luma?.horizontal}x${luma?.vertical}`, sampling);
    assertEquals([cb?.horizontal, cb?.vertical, cr?.horizontal, cr?.vertical], [1, 1, 1, 1]);
    assertEquals(image.scans[0]?.restartInterval, interval);
    assertEquals(image.scans[0]?.entropy, hex`11 22`);
  });
}

const REFUSED: [string, Uint8Array, string][] = [
  [
    "type 2",
    hex`00 000000 02 32 30 24 11`,
    "unsupported type: type is 2; 0, 1, 64 or 65 is wanted",
  ],
  ["type 63", hex`00 000000 3f 32 30 24 11`, "unsupported type: type is 63"],
  ["type 66", hex`00 000000 42 32 30 24 11`, "unsupported type: type is 66"],
  ["type 128", hex`00 000000 80 32 30 24 11`, "unsupported type: type is 128"],
  ["type-specific 1", hex`01 000000 01 32 30 24 11`, "interlaced: type-specific is 1 (fields)"],
  ["type-specific 255", hex`ff 000000 01 32 30 24 11`, "interlaced: type-specific is 255"],
  ["Q 0", hex`00 000000 01 00 30 24 11`, "reserved Q: Q is 0, 1 to 99 or 128 to 255 is wanted"],
  ["Q 100", hex`00 000000 01 64 30 24 11`, "reserved Q: Q is 100"],
  ["Q 127", hex`00 000000 01 7f 30 24 11`, "reserved Q: Q is 127"],
  ["Q 128 with length 0 before any table", hex`00 000000 01 80 30 24 00 00 0000 11`, "no tables"],
  ["Q 255 without tables", hex`00 000000 01 ff 30 24 00 00 0000 11`, "no tables"],
  ["size 0 that nobody says", hex`00 000000 01 32 00 00 11`, "no size: the header says size 0"],
  [
    "a header cut short",
    hex`00 000000 01 32 30`,
    "malformed: Cannot parse RTP/JPEG payload: height",
  ],
  ["a restart header cut short", hex`00 000000 41 32 30 24 00 18 ff`, "malformed: "],
  ["tables cut short", hex`00 000000 01 ff 30 24 00 00 00 80 ${TABLE} 11`, "malformed: "],
  ["odd tables", hex`00 000000 01 ff 30 24 00 00 00 41 ${TABLE} 11`, "malformed: "],
  ["a frame without data", hex`00 000000 01 32 30 24`, "incomplete: 0 of 0 bytes"],
];
for (const [name, payload, reason] of REFUSED) {
  Deno.test(`JpegDepacketizer drops ${name}, and counts it, and goes on`, () => {
    const depacketizer = new JpegDepacketizer();
    const outputs = depacketizer.push(packet(payload), 0);
    assertEquals(outputs.map(({ kind, timestamp }) => [kind, timestamp]), [["dropped", 3600]]);
    const [line = ""] = summary(outputs);
    assertEquals(line.slice(0, reason.length), reason);
    const good = packet(hex`00 000000 01 32 30 24 11`, { timestamp: 7200 });
    assertEquals(summary(depacketizer.push(good, 0)), ["frame"]);
    const { frames, dropped } = depacketizer.counts;
    assertEquals([frames, [...dropped.values()]], [1, [1]]);
  });
}

Deno.test("JpegDepacketizer computes the tables of Q 1 to 99", () => {
  for (let q = 1; q <= 99; q++) {
    const payload = hex`00 000000 01 ${Uint8Array.of(q)} 30 24 11`;
    const { quantisers } = picture(run([packet(payload)])).image;
    assertEquals([...quantisers.values()], quantiserTables(q));
  }
});

Deno.test("JpegDepacketizer remembers the tables of Q 128 to 254, each its own, and not those of 255", () => {
  for (const q of [128, 200, 254]) {
    const first = packet(hex`00 000000 01 ${Uint8Array.of(q)} 02 02 ${TABLES} 11`);
    const second = packet(hex`00 000000 01 ${Uint8Array.of(q)} 02 02 00 00 0000 22`, {
      timestamp: 1,
    });
    const outputs = run([first, second, { ...second, timestamp: 2 }]);
    assertEquals(summary(outputs), ["frame", "frame", "frame"]);
    for (const output of outputs) {
      assert(output.kind === "frame");
      const { quantisers } = parseJpegImage(output.jpeg);
      assertEquals(Uint8Array.from(quantisers.get(1)?.values ?? []), OTHER);
    }
  }
  const own = packet(hex`00 000000 01 ff 02 02 ${TABLES} 11`);
  const none = packet(hex`00 000000 01 ff 02 02 00 00 0000 22`, { timestamp: 1 });
  const other = packet(hex`00 000000 01 81 02 02 00 00 0000 22`, { timestamp: 2 });
  assertEquals(summary(run([own, none, other])), [
    "frame",
    "no tables: there are no quantiser tables for Q 255: each frame of Q 255 needs them",
    "no tables: there are no quantiser tables for Q 129: they were never sent",
  ]);
});

const LENGTHS: [string, Uint8Array, Uint8Array, Uint8Array][] = [
  ["64: luma's serve chroma", hex`00 00 00 40 ${TABLE}`, TABLE, TABLE],
  ["128", TABLES, TABLE, OTHER],
  ["192 in three tables", hex`00 00 00 c0 ${TABLE} ${OTHER} ${TABLE}`, TABLE, OTHER],
  ["256 in four tables", hex`00 00 01 00 ${TABLE} ${OTHER} ${TABLE} ${TABLE}`, TABLE, OTHER],
];
for (const [name, tables, luma, chroma] of LENGTHS) {
  Deno.test(`JpegDepacketizer takes tables of the length ${name}`, () => {
    const { image } = picture(run([packet(hex`00 000000 01 ff 02 02 ${tables} 11`)]));
    const used = image.components.map(({ quantiser }) => image.quantisers.get(quantiser)?.values);
    assertEquals(used.map((values) => Uint8Array.from(values ?? [])), [luma, chroma, chroma]);
  });
}

Deno.test("JpegDepacketizer writes 16-bit tables as such, in an extended frame, where values need it", () => {
  const payload = hex`00 000000 01 ff 02 02 00 01 00 c0 ${WIDE} ${OTHER} 11`;
  const { image } = picture(run([packet(payload)]));
  assertEquals(image.process, "extended");
  assertEquals([image.quantisers.get(0)?.precision, image.quantisers.get(1)?.precision], [16, 8]);
  assertEquals(image.quantisers.get(0)?.values[1], 0x103);
});

Deno.test("JpegDepacketizer writes 16-bit tables as baseline where all values fit into 8 bits", () => {
  const small = Uint8Array.from(Array.from(TABLE).flatMap((value) => [0, value]));
  const payload = hex`00 000000 01 ff 02 02 00 03 01 00 ${small} ${small} 11`;
  const { image } = picture(run([packet(payload)]));
  assertEquals([image.process, image.quantisers.get(1)?.precision], ["baseline", 8]);
  assertEquals(Uint8Array.from(image.quantisers.get(1)?.values ?? []), TABLE);
});

const SIZES: [string, Uint8Array, [number, number], [number, number], boolean][] = [
  ["636 x 478 in 640 x 480", hex`50 3c`, [636, 478], [636, 478], false],
  ["1600 x 900 in 1600 x 904", hex`c8 71`, [1600, 900], [1600, 900], false],
  ["2048 x 1152 in 0 x 0 (x-dimensions)", hex`00 00`, [2048, 1152], [2048, 1152], false],
  ["2048 x 480 in 0 x 480", hex`00 3c`, [2048, 480], [2048, 480], false],
  ["800 x 600, which is not what the header says", hex`50 3c`, [800, 600], [640, 480], true],
  ["1600 x 900 in 1600 x 896 (rounded down)", hex`c8 70`, [1600, 900], [1600, 896], true],
];
for (const [name, blocks, [width, height], expected, contradicted] of SIZES) {
  Deno.test(`JpegDepacketizer takes the announced size ${name}`, () => {
    const size = { width, height };
    const payload = hex`00 000000 01 32 ${blocks} 11`;
    const { output, image } = picture(run([packet(payload)], { size }));
    assertEquals([image.width, image.height], expected);
    assertEquals([output.width, output.height], expected);
    assertEquals(output.contradictedSize, contradicted ? size : undefined);
  });
}

Deno.test("JpegDepacketizer takes W=H=0 by the ONVIF extension, which holds on", () => {
  const extension = { profile: 0xffd8, data: SOF0 };
  const first = packet(hex`00 000000 01 32 00 00 11`, { extension });
  const second = packet(hex`00 000000 01 32 00 00 22`, { timestamp: 1 });
  const outputs = run([first, second], { size: { width: 8, height: 8 } });
  assertEquals(outputs.map((o) => o.kind === "frame" && [o.width, o.height]), [[2048, 1152], [
    2048,
    1152,
  ]]);
});

Deno.test("JpegDepacketizer joins the ONVIF extensions of packets before the data", () => {
  const outputs = run([
    packet(hex`00 000000 01 32 00 00`, {
      marker: false,
      extension: { profile: 0xffd8, data: SOF0.subarray(0, 8) },
    }),
    packet(hex``, { marker: false, extension: { profile: 0xffff, data: SOF0.subarray(8) } }),
    packet(hex`00 000000 01 32 00 00 11 22`),
  ]);
  const { output, image } = picture(outputs);
  assertEquals([output.width, output.height], [2048, 1152]);
  assertEquals(image.scans[0]?.entropy, hex`11 22`);
});

Deno.test("JpegDepacketizer lets segments of the ONVIF extension go before what RFC 2435 says", () => {
  const data = hex`
    ff dd 00 04 00 07          # DRI: 7
    ff db 00 43 00 ${OTHER}    # DQT: table 0
    ff fe 00 04 61 62 ff`; //     a comment
  const payload = hex`00 000000 41 32 30 24 00 18 ff ff 11`;
  const { image } = picture(run([packet(payload, { extension: { profile: 0xffd8, data } })]));
  assertEquals(image.scans[0]?.restartInterval, 7);
  assertEquals(Uint8Array.from(image.quantisers.get(0)?.values ?? []), OTHER);
});

Deno.test("JpegDepacketizer takes Q 0 with the ONVIF extension as the tables before", () => {
  const extension = { profile: 0xffd8, data: hex`` };
  const outputs = run([
    packet(hex`00 000000 01 ff 02 02 ${TABLES} 11`),
    packet(hex`00 000000 01 00 02 02 22`, { timestamp: 1, extension }),
  ]);
  assertEquals(summary(outputs), ["frame", "frame"]);
  assert(outputs[1]?.kind === "frame");
  const { quantisers } = parseJpegImage(outputs[1].jpeg);
  assertEquals(Uint8Array.from(quantisers.get(0)?.values ?? []), TABLE);
});

Deno.test("JpegDepacketizer drops a frame whose ONVIF extension is malformed", () => {
  const extension = { profile: 0xffd8, data: hex`00 01 02 03` };
  const outputs = run([packet(hex`00 000000 01 32 02 02 11`, { extension })], { keepBroken: true });
  assertEquals(outputs.map((o) => o.kind === "dropped" && o.reason), ["malformed"]);
});

Deno.test("JpegDepacketizer bounds the ONVIF extensions of a frame", () => {
  const extension = { profile: 0xffff, data: new Uint8Array(40_000).fill(0xff) };
  const outputs = run([
    packet(hex`00 000000 01 32 02 02`, { extension, marker: false }),
    packet(hex``, { extension, marker: false }),
  ]);
  assertEquals(summary(outputs), [
    "malformed: Cannot parse JPEG header extension: it has over 65536 bytes",
  ]);
});
