import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { MIN_PACKET_SIZE, packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { SeededRandom } from "../support/random.ts";
import { datagramsOf, essence, madeImage, packetsOf } from "./made_jpegs.ts";

const SHAPES = [
  { width: 384, height: 288 },
  { width: 384, height: 288, sampling: "4:2:2" },
  { width: 384, height: 288, restartInterval: 5 },
  { width: 384, height: 288, sampling: "4:2:2", restartInterval: 24 },
  { width: 16, height: 16 },
  { width: 1, height: 1 },
  { width: 67, height: 53 },
  { width: 636, height: 478 },
  { width: 1600, height: 900 },
  { width: 2048, height: 1152 },
  { width: 24, height: 2041, sampling: "4:2:2" },
] as const;

for (const { width, height, ...options } of SHAPES) {
  const name = `${width} x ${height} ${JSON.stringify(options)}`;
  Deno.test(`packetizeJpeg() and JpegDepacketizer carry ${name} exactly`, () => {
    const image = madeImage(width, height, options);
    const depacketizer = new JpegDepacketizer({ size: { width, height } });
    const outputs = packetsOf(packetizeJpeg(image), 90_000).flatMap((packet) =>
      depacketizer.push(packet, 0)
    );
    assertEquals(outputs.length, 1);
    const [output] = outputs;
    assert(output?.kind === "frame");
    assertEquals([output.timestamp, output.width, output.height], [90_000, width, height]);
    assertEquals([output.broken, output.contradictedSize], [undefined, undefined]);
    const received = parseJpegImage(output.jpeg);
    assertEquals(received.endsWithEoi, true);
    assertEquals(received.length, output.jpeg.length);
    assertEquals(essence(received), essence(image));
  });
}

const SAMPLED_SIZES = [
  ...[64, 100, 157, 180, 191, 192, 193, 200, 255, 256, 500, 576, 1000, 1400, 1460, 1472],
  ...[2048, 8972, 16_384, 32_768, 65_506, 65_507],
];
for (const restartInterval of [0, 7]) {
  Deno.test(`packetizeJpeg() holds to every packet size with restart interval ${restartInterval}`, () => {
    const image = madeImage(640, 480, { restartInterval, quality: 90 });
    for (const size of SAMPLED_SIZES) {
      if (size < MIN_PACKET_SIZE) {
        assertThrows(() => packetizeJpeg(image, size), RangeError, `packet size is ${size}`);
        continue;
      }
      const datagrams = datagramsOf(packetizeJpeg(image, size));
      const full = datagrams.slice(0, -1);
      assert(full.every(({ length }) => length === size), `all but the last have ${size} bytes`);
      assert((datagrams.at(-1)?.length ?? 0) <= size);
      assertEquals(receivedEssence(image, size), essence(image));
    }
  });
}

Deno.test("packetizeJpeg() fills packets up with the header extension as well", () => {
  for (const size of [192, 200, 1400, 65_507]) {
    const image = madeImage(2048, 64);
    const datagrams = datagramsOf(packetizeJpeg(image, size));
    assert(datagrams.slice(0, -1).every(({ length }) => length === size));
    assertEquals(receivedEssence(image, size), essence(image));
  }
});

Deno.test("JpegDepacketizer takes the packets of a frame in any order", () => {
  const random = new SeededRandom(7);
  const image = madeImage(384, 288, { restartInterval: 3 });
  const depacketizer = new JpegDepacketizer();
  for (let run = 0; run < 200; run++) {
    const packets = packetsOf(packetizeJpeg(image, 900), run * 3600);
    for (let i = packets.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [packets[i], packets[j]] = [packets[j], packets[i]] as [typeof packets[0], typeof packets[0]];
    }
    const repeated = packets.flatMap((packet) =>
      random.below(9) === 0 ? [packet, packet] : [packet]
    );
    const outputs = repeated.flatMap((packet) => depacketizer.push(packet, 0));
    assertEquals(outputs.map(({ kind, timestamp }) => [kind, timestamp]), [["frame", run * 3600]]);
    assert(outputs[0]?.kind === "frame");
    assertEquals(essence(parseJpegImage(outputs[0].jpeg)), essence(image));
  }
});

function receivedEssence(image: Parameters<typeof essence>[0], packetSize: number): unknown {
  const { width, height } = image;
  const depacketizer = new JpegDepacketizer({ size: { width, height } });
  const [output] = packetsOf(packetizeJpeg(image, packetSize)).flatMap((packet) =>
    depacketizer.push(packet, 0)
  );
  assert(output?.kind === "frame");
  return essence(parseJpegImage(output.jpeg));
}
