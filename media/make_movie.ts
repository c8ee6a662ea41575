// Makes media/movie.Mjpeg anew, the same bytes each time. By hand, from the project's root:
//
//   deno run --allow-write=media media/make_movie.ts

import { joinBytes } from "../lib/bytes/join_bytes.ts";
import { JpegEncoder } from "../lib/jpeg/jpeg_encoder.ts";
import { drawDigits } from "../lib/movie/digit_font.ts";
import { drawFrameBlocks } from "../lib/movie/frame_blocks.ts";
import { serializeLabFrame } from "../lib/movie/lab_frame.ts";
import { type Colour, PixelCanvas } from "../lib/movie/pixel_canvas.ts";
import { ZoetropeScene } from "./zoetrope_scene.ts";

const WIDTH = 384;
const HEIGHT = 288;
/** The lowest rows, for number, blocks and time: one row of MCUs, so that they stay sharp. */
const FOOTER_HEIGHT = 16;
const FRAMES = 400;
const FRAMES_PER_SECOND = 20;
const QUALITY = 48;
/**
 * Turns of the drum from the first frame to the first again. From frame to frame it turns by one slit
 * and a twentieth: the eye sees it turn slowly, and each figure take the place of the one before.
 */
const TURNS = 42;
const FOOTER: Colour = [22, 14, 9];
const LETTERS: Colour = [232, 208, 162];

/** `00:02.05`: minutes, seconds and hundredths from the first frame on. */
function timeOf(index: number): string {
  const hundredths = Math.round(index * 100 / FRAMES_PER_SECOND);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(hundredths / 6000)}:${two(hundredths / 100 % 60)}.${two(hundredths % 100)}`;
}

const scene = new ZoetropeScene(WIDTH, HEIGHT - FOOTER_HEIGHT);
const encoder = new JpegEncoder(WIDTH, HEIGHT, { quality: QUALITY });
const canvas = new PixelCanvas(WIDTH, HEIGHT);
const parts: Uint8Array[] = [];
for (let index = 0; index < FRAMES; index++) {
  scene.draw(canvas, -2 * Math.PI * TURNS * index / FRAMES);
  canvas.fillRectangle(0, HEIGHT - FOOTER_HEIGHT, WIDTH, FOOTER_HEIGHT, FOOTER);
  drawFrameBlocks(canvas, index + 1);
  drawDigits(canvas, String(index + 1).padStart(4, "0"), 8, HEIGHT - 13, 11, LETTERS);
  drawDigits(canvas, timeOf(index), WIDTH - 60, HEIGHT - 13, 11, LETTERS);
  parts.push(serializeLabFrame(encoder.encode(canvas.pixels), index + 1));
}
const movie = joinBytes(parts);
await Deno.writeFile(new URL("movie.Mjpeg", import.meta.url), movie);
const summary = `${FRAMES} frames, ${movie.length} bytes\n`;
await Deno.stdout.write(new TextEncoder().encode(summary));
