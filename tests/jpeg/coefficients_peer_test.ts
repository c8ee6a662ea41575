import { assert, assertEquals } from "@std/assert";
import type { Coefficients, ComponentCoefficients } from "../../lib/jpeg/coefficients.ts";
import { decodeCoefficients } from "../../lib/jpeg/decode_coefficients.ts";
import { encodeCoefficients } from "../../lib/jpeg/encode_coefficients.ts";
import { inversePlane } from "../../lib/jpeg/inverse_plane.ts";
import { InverseDct } from "../../lib/jpeg/inverse_dct.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { type Plane, resamplePlane } from "../../lib/jpeg/resample_plane.ts";
import { transcode } from "../../lib/jpeg/transcode.ts";
import { canCarry } from "../../lib/rtp_jpeg/can_carry.ts";
import { HAS_LIBJPEG, randomCases, runBatch, SCAN_SCRIPTS } from "./libjpeg_peer.ts";

/** Blocks that hold some of the picture. */
function realBlocks(component: ComponentCoefficients): Int16Array {
  const { blocksAcross, blocksDown, storedAcross, blocks } = component;
  const real = new Int16Array(blocksAcross * blocksDown * 64);
  for (let row = 0; row < blocksDown; row++) {
    const from = row * storedAcross * 64;
    real.set(blocks.subarray(from, from + blocksAcross * 64), row * blocksAcross * 64);
  }
  return real;
}

function samplesOf(component: ComponentCoefficients): Plane {
  const plane = inversePlane(component, new InverseDct(component.quantisers, 8, 8));
  return { ...plane, samples: plane.samples.map((v) => Math.min(127, Math.max(-128, v))) };
}

/** How far chroma is from the mean of the pixels, over the picture, in dB. */
function chromaPsnr(source: Coefficients, made: Coefficients, index: number): number {
  const [luma, before] = [source.components[0], source.components[index]];
  const [carriedLuma, after] = [made.components[0], made.components[index]];
  assert(luma && before && carriedLuma && after);
  const scaleX = carriedLuma.horizontal * before.horizontal / luma.horizontal;
  const scaleY = carriedLuma.vertical * before.vertical / luma.vertical;
  const found = samplesOf(after);
  const wanted = resamplePlane(samplesOf(before), scaleX, scaleY, found.width, found.height);
  const width = Math.ceil(source.width / carriedLuma.horizontal);
  const height = Math.ceil(source.height / carriedLuma.vertical);
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * found.width + x;
      sum += ((found.samples[at] ?? 0) - (wanted.samples[at] ?? 0)) ** 2;
    }
  }
  return 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / (width * height)));
}

Deno.test({
  name:
    "decode, encode and transcode agree with libjpeg-turbo over 500 shapes (needs its programs)",
  ignore: !HAS_LIBJPEG,
  fn: async (t) => {
    const cases = randomCases(500, 4);
    const files = await runBatch(
      new Map([
        ...SCAN_SCRIPTS,
        ...cases.map(({ picture }, i) => [`${i}.ppm`, picture] as const),
      ]),
      cases.flatMap(({ options }, i) => [
        `cjpeg ${options} -outfile ${i}.jpg ${i}.ppm`,
        `jpegtran -outfile ${i}.tran ${i}.jpg`,
      ]),
    );
    const images = cases.map(({ name }, i) => {
      const [bytes, peer] = [files.get(`${i}.jpg`), files.get(`${i}.tran`)];
      assert(bytes && peer);
      return { name, image: parseJpegImage(bytes), peer: parseJpegImage(peer) };
    });
    await t.step("decodeCoefficients() gives those of jpegtran's baseline file", () => {
      for (const { name, image, peer } of images) {
        const [ours, theirs] = [decodeCoefficients(image), decodeCoefficients(peer)];
        const real = ({ components }: Coefficients) => components.map(realBlocks);
        assertEquals(real(ours), real(theirs), name);
      }
    });
    await t.step("encodeCoefficients() writes jpegtran's entropy-coded bytes", () => {
      let compared = 0;
      for (const { name, image, peer } of images) {
        const coefficients = decodeCoefficients(image);
        const is8Bit = coefficients.components.every((c) => c.quantisers.every((q) => q < 256));
        if (!is8Bit || peer.scans.length > 1 || peer.scans[0]?.restartInterval !== 0) continue;
        const made = parseJpegImage(encodeCoefficients(coefficients));
        assertEquals(made.scans[0]?.entropy, peer.scans[0].entropy, name);
        compared++;
      }
      assert(compared > 300, `only ${compared} were compared`);
    });
    await t.step("transcode() keeps luma and averages chroma at 40 dB or more", () => {
      let least = Infinity;
      for (const { name, image } of images) {
        const source = decodeCoefficients(image);
        const { image: carried, bytes } = transcode(image);
        assertEquals(canCarry(carried), undefined, name);
        assertEquals(parseJpegImage(bytes).endsWithEoi, true);
        const made = decodeCoefficients(carried);
        const [luma, madeLuma] = [source.components[0], made.components[0]];
        assert(luma && madeLuma);
        if (luma.quantisers.every((quantiser) => quantiser <= 255)) {
          assertEquals(realBlocks(madeLuma), realBlocks(luma), name);
          assertEquals(madeLuma.quantisers, luma.quantisers, name);
        }
        for (let index = 1; index < source.components.length; index++) {
          const psnr = chromaPsnr(source, made, index);
          least = Math.min(least, psnr);
          assert(psnr >= 40, `${name}: chroma ${index} has ${psnr} dB`);
        }
      }
      assert(least < 80, "chroma is averaged somewhere");
    });
  },
});
