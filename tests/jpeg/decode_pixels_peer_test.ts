import { assert, assertEquals } from "@std/assert";
import { decodePixels, type Pixels } from "../../lib/jpeg/decode_pixels.ts";
import { type JpegImage, parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import { HAS_LIBJPEG, randomCases, runBatch, SCAN_SCRIPTS } from "./libjpeg_peer.ts";

/** What djpeg wrote: PPM (P6) or PGM (P5), as RGBA. */
function parsePnm(bytes: Uint8Array): Pixels {
  const head = new TextDecoder().decode(bytes.subarray(0, 30));
  const [whole, kind, width, height] = /^P([56])\n(\d+) (\d+)\n255\n/.exec(head) ?? [];
  assert(whole !== undefined, head);
  const [pixels, step] = [Number(width) * Number(height), kind === "6" ? 3 : 1];
  const rgba = new Uint8ClampedArray(pixels * 4).fill(255);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[i * 4 + c] = bytes[whole.length + i * step + (step === 1 ? 0 : c)] ?? 0;
    }
  }
  return { width: Number(width), height: Number(height), rgba };
}

/** Means of squares of `scale` x `scale` pixels, as far as they are whole. */
function shrunk({ width, height, rgba }: Pixels, scale: number): Pixels {
  const small = { width: Math.floor(width / scale), height: Math.floor(height / scale) };
  const out = new Uint8ClampedArray(small.width * small.height * 4);
  out.forEach((_, at) => {
    const [channel, pixel] = [at % 4, at >> 2];
    const [left, top] = [pixel % small.width * scale, Math.floor(pixel / small.width) * scale];
    let sum = 0;
    let cut = false; // libjpeg-turbo cuts what is out of 0 to 255 before it is averaged here
    for (let y = top; y < top + scale; y++) {
      for (let x = left; x < left + scale; x++) {
        const pixel = rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
        cut ||= pixel.some((value) => value === 0 || value === 255);
        sum += pixel[channel] ?? 255;
      }
    }
    if (channel === 3 && cut) out[at] = 0;
    else out[at] = sum / (scale * scale);
  });
  return { ...small, rgba: out };
}

/** The largest difference, over the part that both have, where `b` is opaque. */
function difference(a: Pixels, b: Pixels): { colour: number; luma: number } {
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  let [colour, luma] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [atA, atB] = [(y * a.width + x) * 4, (y * b.width + x) * 4];
      if (b.rgba[atB + 3] !== 255) continue;
      const misses = [0, 1, 2].map((c) => (a.rgba[atA + c] ?? 0) - (b.rgba[atB + c] ?? 0));
      const [red = 0, green = 0, blue = 0] = misses;
      colour = Math.max(colour, ...misses.map(Math.abs));
      // Chroma that covers more pixels here can bring colours out of range, which changes luma.
      if (a.rgba.subarray(atA, atA + 3).some((value) => value === 0 || value === 255)) continue;
      luma = Math.max(luma, Math.abs(0.299 * red + 0.587 * green + 0.114 * blue));
    }
  }
  return { colour, luma };
}

/** Whether each chroma sample of a scaled picture is a mean: whole steps, and no DC that covers more. */
function hasExactChroma({ components }: JpegImage, scale: number): boolean {
  const luma = components[0];
  return components.slice(1).every((c) =>
    (luma?.horizontal ?? 0) % 3 !== 0 &&
    (scale < 8 || c.horizontal === luma?.horizontal && c.vertical === luma.vertical)
  );
}

Deno.test({
  name: "decodePixels() gives libjpeg-turbo's pixels over 300 shapes (needs its programs)",
  ignore: !HAS_LIBJPEG,
  fn: async (t) => {
    const cases = randomCases(300, 5);
    const files = await runBatch(
      new Map([
        ...SCAN_SCRIPTS,
        ...cases.map(({ picture }, i) => [`${i}.ppm`, picture] as const),
      ]),
      cases.flatMap(({ options }, i) => [
        `cjpeg ${options} -outfile ${i}.jpg ${i}.ppm`,
        `djpeg -nosmooth -outfile ${i}.whole ${i}.jpg`,
        `djpeg -nosmooth -scale 1/8 -outfile ${i}.small ${i}.jpg`,
      ]),
    );
    const images = cases.map(({ name }, i) => {
      const [bytes, whole, small] = ["jpg", "whole", "small"].map((end) =>
        files.get(`${i}.${end}`)
      );
      assert(bytes && whole && small);
      return { name, image: parseJpegImage(bytes), whole: parsePnm(whole), small: parsePnm(small) };
    });
    await t.step("at 1/1", () => {
      for (const { name, image, whole } of images) {
        const pixels = decodePixels(image, 1);
        assertEquals([pixels.width, pixels.height], [whole.width, whole.height], name);
        const { colour } = difference(pixels, whole);
        assert(colour <= 3, `${name} is off by ${colour}`);
      }
    });
    for (const scale of [2, 4, 8] as const) {
      await t.step(`at 1/${scale}`, () => {
        for (const { name, image, whole, small } of images) {
          const pixels = decodePixels(image, scale);
          if (scale === 8) assertEquals([pixels.width, pixels.height], [small.width, small.height]);
          const { colour, luma } = difference(pixels, shrunk(whole, scale));
          assert(luma <= 2, `${name} is off by ${luma}`);
          if (!hasExactChroma(image, scale)) continue;
          assert(colour <= 3, `${name} is off by ${colour}`);
        }
      });
    }
  },
});
