// deno-lint-ignore-file no-console -- a report is what it makes
/**
 * Measures the JPEG room beside libjpeg-turbo's programs and imagescript, by turns in one run, and prints
 * times and ratios. The pictures are made here.
 *
 * Each of the programs is measured twice: started once for each frame, and once for all frames as one
 * tall picture, so that its start hardly counts. Ours works on the frames one by one in both.
 *
 * @module
 */
import { decode, Image } from "imagescript";
import { decodePixels } from "../lib/jpeg/decode_pixels.ts";
import { JpegEncoder } from "../lib/jpeg/jpeg_encoder.ts";
import { parseJpegImage } from "../lib/jpeg/jpeg_image.ts";
import { transcode } from "../lib/jpeg/transcode.ts";

const [WIDTH, HEIGHT, FRAMES, ROUNDS] = [384, 288, 64, 7];

/** RGB with slopes, round edges and a little noise, different in each frame. */
function picture(width: number, height: number, frame: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  let noise = frame + 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      noise = Math.imul(noise, 1664525) + 1013904223 | 0;
      const ring = Math.sin(Math.hypot(x - width / 2, y - height / 3 - frame) / 9) > 0.6 ? 70 : 0;
      const grain = noise >>> 29;
      rgb[at] = 40 + 150 * x / width + ring / 2 + grain;
      rgb[at + 1] = 30 + 120 * y / height + ring + grain;
      rgb[at + 2] = 60 + (x + y + 2 * frame) % 97 + grain;
    }
  }
  return rgb;
}

/**
 * Least time of each job in ms: what others do on the machine only ever adds. The jobs take turns, so
 * that all see the same machine.
 */
async function compare(jobs: readonly (() => unknown)[]): Promise<number[]> {
  const times = jobs.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) { // two to warm up
    for (const [index, job] of jobs.entries()) {
      const start = performance.now();
      await job();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map((all) => Math.min(...all));
}

async function run(program: string, ...args: string[]): Promise<void> {
  const { success } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`${program} ${args.join(" ")} failed`);
}

function report(what: string, unit: string, ours: number, theirs: number, wanted: string): void {
  const ratio = theirs < ours
    ? `${(ours / theirs).toFixed(2)} times its time`
    : `${(theirs / ours).toFixed(1)} times faster`;
  const numbers = `${ours.toFixed(3)} ms ${unit}, the other's ${theirs.toFixed(3)} ms`;
  console.log(`${what}: ${numbers}: ${ratio} (wanted: ${wanted})`);
}

const folder = await Deno.makeTempDir();
try {
  const pictures = Array.from({ length: FRAMES }, (_, i) => picture(WIDTH, HEIGHT, i));
  const tallPixels = new Uint8Array(pictures.length * WIDTH * HEIGHT * 3);
  pictures.forEach((pixels, i) => tallPixels.set(pixels, i * pixels.length));
  const encoder = new JpegEncoder(WIDTH, HEIGHT, { sampling: "4:4:4" });
  const frames = pictures.map((pixels) => encoder.encode(pixels));
  const names = frames.map((_, i) => `${folder}/${i}.jpg`);
  for (const [i, frame] of frames.entries()) await Deno.writeFile(`${folder}/${i}.jpg`, frame);
  const tall = `${folder}/tall.jpg`;
  const tallEncoder = new JpegEncoder(WIDTH, HEIGHT * FRAMES, { sampling: "4:4:4" });
  await Deno.writeFile(tall, tallEncoder.encode(tallPixels));
  const bytes = Math.round(frames.reduce((sum, { length }) => sum + length, 0) / FRAMES);
  console.log(`${FRAMES} frames of ${WIDTH} x ${HEIGHT} in 4:4:4, ${bytes} bytes each on average`);

  const peers = [
    {
      program: "jpegtran",
      options: ["-optimize"],
      wanted: "within 8 times",
      ours: (frame: Uint8Array) => transcode(parseJpegImage(frame)),
      name: "transcode to 4:2:0 and `jpegtran -optimize`",
    },
    {
      program: "djpeg",
      options: ["-scale", "1/8"],
      wanted: "within 4 times",
      ours: (frame: Uint8Array) => decodePixels(parseJpegImage(frame), 8),
      name: "decode at 1/8 and `djpeg -scale 1/8`",
    },
  ];
  for (const { program, options, wanted, ours, name } of peers) {
    const [own, each, once] = await compare([
      () => frames.forEach((frame) => ours(frame)),
      async () => {
        for (const frame of names) await run(program, ...options, "-outfile", "/dev/null", frame);
      },
      () => run(program, ...options, "-outfile", "/dev/null", tall),
    ]) as [number, number, number];
    report(`${name}, a process a frame`, "a frame", own / FRAMES, each / FRAMES, wanted);
    report(`${name}, one process for all`, "a frame", own / FRAMES, once / FRAMES, wanted);
  }

  const large = new JpegEncoder(1920, 1080).encode(picture(1920, 1080, 0));
  const times = 8;
  const [own, other] = await compare([
    () => {
      for (let i = 0; i < times; i++) decodePixels(parseJpegImage(large), 8);
    },
    async () => {
      for (let i = 0; i < times; i++) {
        const image = await decode(large);
        if (image instanceof Image) image.resize(240, 135);
      }
    },
  ]) as [number, number];
  report(
    `decode of 1920 x 1080 (${large.length} bytes) at 1/8 and imagescript's decode and resize`,
    "a picture",
    own / times,
    other / times,
    "25 times faster",
  );
} finally {
  await Deno.remove(folder, { recursive: true });
}
