import { assert, assertEquals } from "@std/assert";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { CJPEG, cjpeg } from "./cjpeg.ts";
import { essence, packetsOf } from "./made_jpegs.ts";

const SKIPPED = CJPEG ? "" : " (skipped: cjpeg of libjpeg-turbo is not installed)";

const CARRIED = ["-sample 2x2", "-sample 2x1", "-sample 2x2 -restart 1", "-sample 2x1 -restart 3B"];
for (const options of CARRIED) {
  Deno.test({
    name: `packetizeJpeg() and JpegDepacketizer carry cjpeg ${options} exactly${SKIPPED}`,
    ignore: !CJPEG,
    fn: async () => {
      for (const [width, height] of [[67, 53], [320, 240], [2100, 17]] as const) {
        const image = parseJpegImage(await cjpeg(options.split(" "), width, height));
        assertEquals(canCarry(image), undefined);
        const depacketizer = new JpegDepacketizer({ size: { width, height } });
        const [output] = packetsOf(packetizeJpeg(image)).flatMap((p) => depacketizer.push(p, 0));
        assert(output?.kind === "frame");
        assertEquals(essence(parseJpegImage(output.jpeg)), essence(image));
      }
    },
  });
}

const REFUSED: [string, string][] = [
  ["-sample 2x2 -optimize", "Huffman tables are its own (optimised)"],
  ["-progressive", "progressive"],
  ["-sample 1x1", "sampling is 1x1, 1x1, 1x1"],
  ["-sample 1x2", "sampling is 1x2, 1x1, 1x1"],
  ["-grayscale", "grey"],
  ["-rgb -sample 2x2,1x1,1x1", "R, G and B"],
  ["-quality 5", "at most 255 is wanted"],
];
for (const [options, reason] of REFUSED) {
  Deno.test({
    name: `canCarry() refuses cjpeg ${options}${SKIPPED}`,
    ignore: !CJPEG,
    fn: async () => {
      const found = canCarry(parseJpegImage(await cjpeg(options.split(" "), 64, 48)));
      assert(found?.includes(reason), found);
    },
  });
}
