import { assertEquals } from "@std/assert";
import { drawFrameBlocks, readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { PixelCanvas } from "../../lib/movie/pixel_canvas.ts";
import { SeededRandom } from "../support/random.ts";

function lumaOf(canvas: PixelCanvas): Uint8Array {
  return Uint8Array.from(
    { length: canvas.width * canvas.height },
    (_, i) => canvas.pixels[i * 3] as number,
  );
}

function drawn(number: number, width = 384, height = 288): Uint8Array {
  const canvas = new PixelCanvas(width, height);
  canvas.fillRectangle(0, 0, width, height, [128, 128, 128]);
  drawFrameBlocks(canvas, number);
  return lumaOf(canvas);
}

/** The picture in another size, each pixel the mean of what it covers. */
function scaled(luma: Uint8Array, from: [number, number], to: [number, number]): Uint8Array {
  const steps = 4;
  return Uint8Array.from({ length: to[0] * to[1] }, (_, i) => {
    let sum = 0;
    for (let n = 0; n < steps * steps; n++) {
      const x = (i % to[0] + (n % steps + 0.5) / steps) * from[0] / to[0];
      const y = (Math.floor(i / to[0]) + (Math.floor(n / steps) + 0.5) / steps) * from[1] / to[1];
      sum += luma[Math.floor(y) * from[0] + Math.floor(x)] as number;
    }
    return sum / steps ** 2;
  });
}

Deno.test("readFrameBlocks() reads every number that drawFrameBlocks() draws", () => {
  for (let number = 0; number < 4096; number++) {
    assertEquals(readFrameBlocks(drawn(number, 96, 20), 96, 20), number);
  }
});

Deno.test("drawFrameBlocks() draws larger numbers modulo 4096", () => {
  assertEquals(readFrameBlocks(drawn(4096 * 1000 + 77), 384, 288), 77);
});

Deno.test("drawFrameBlocks() draws 16 blocks of 16 pixels in a picture of 384 x 288", () => {
  const luma = drawn(0b1000_0000_0001);
  const row = (y: number) => Array.from(luma.subarray(y * 384, (y + 1) * 384));
  const [w, b] = [255, 0];
  const levels = [w, b, w, b, b, b, b, b, b, b, b, b, b, w, w, b];
  const edge = new Array<number>(64).fill(128);
  const wanted = [...edge, ...levels.flatMap((v) => new Array<number>(16).fill(v)), ...edge];
  assertEquals(row(271), new Array<number>(384).fill(128));
  for (let y = 272; y < 288; y++) assertEquals(row(y), wanted);
});

const SIZES: [number, number][] = [[48, 36], [192, 144], [100, 75], [640, 480], [1920, 1080], [
  384,
  272,
]];
for (const [width, height] of SIZES) {
  Deno.test(`readFrameBlocks() reads blocks drawn in ${width} x ${height}`, () => {
    for (const number of [0, 1, 400, 2730, 4095]) {
      assertEquals(readFrameBlocks(drawn(number, width, height), width, height), number);
    }
  });
}

const SCALES: [number, number][] = [[48, 36], [96, 72], [192, 144], [317, 238], [768, 576]];
for (const [width, height] of SCALES) {
  Deno.test(`readFrameBlocks() reads a picture scaled to ${width} x ${height}`, () => {
    for (const number of [0, 1, 400, 1365, 2730, 4095]) {
      const picture = scaled(drawn(number), [384, 288], [width, height]);
      assertEquals(readFrameBlocks(picture, width, height), number);
    }
  });
}

Deno.test("readFrameBlocks() reads through noise and weak contrast", () => {
  const random = new SeededRandom(1);
  for (let run = 0; run < 200; run++) {
    const number = random.below(4096);
    const noisy = drawn(number).map((level) => 50 + level * 0.55 + random.below(60) - 30);
    assertEquals(readFrameBlocks(noisy, 384, 288), number);
  }
});

Deno.test("readFrameBlocks() sees nothing in plain and in random pictures", () => {
  const random = new SeededRandom(2);
  const noise = Uint8Array.from({ length: 384 * 288 }, () => random.below(256));
  for (const picture of [new Uint8Array(384 * 288), noise]) {
    assertEquals(readFrameBlocks(picture, 384, 288), undefined);
  }
  assertEquals(readFrameBlocks(new Uint8Array(23), 23, 1), undefined);
  assertEquals(readFrameBlocks(new Uint8Array(), 0, 0), undefined);
});

Deno.test("readFrameBlocks() refuses any one block turned over or half grey", () => {
  for (const number of [0, 42, 4095]) {
    for (let block = 0; block < 16; block++) {
      for (const grey of [false, true]) {
        const luma = drawn(number);
        for (let y = 272; y < 288; y++) {
          for (let x = 64 + block * 16; x < 80 + block * 16; x++) {
            luma[y * 384 + x] = grey ? 128 : 255 - (luma[y * 384 + x] as number);
          }
        }
        // A grey start block moves the levels: what is then read must not be another number.
        const read = readFrameBlocks(luma, 384, 288);
        if (read !== undefined) assertEquals([read, block < 2], [number, true]);
      }
    }
  }
});
