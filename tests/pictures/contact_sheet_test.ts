import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { ContactSheet, type ContactSheetOptions } from "../../lib/pictures/contact_sheet.ts";
import type { Picture } from "../../lib/pictures/picture.ts";
import { PictureEncoder } from "../../lib/pictures/picture_encoder.ts";
import { labMovieFrames } from "../support/lab_movie.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { lumaOf, readPng } from "./read_rgb.ts";

const MOVIE = await labMovieFrames(new URL("../../media/movie.Mjpeg", import.meta.url));

function sheetOf(frames: readonly Uint8Array[], options: ContactSheetOptions = {}): ContactSheet {
  const sheet = new ContactSheet(options);
  frames.forEach((jpeg, i) => sheet.add({ jpeg, number: i + 1, timeMs: i * 50 }));
  return sheet;
}

function drawn(sheet: ContactSheet): Picture {
  const picture = sheet.draw();
  assert(picture !== undefined);
  return picture;
}

/** The frame numbers that the pictures of a sheet show, cell by cell; of 160 x 120 each. */
function numbersOn(picture: Picture, columns: number, rows: number): (number | undefined)[] {
  const luma = lumaOf(picture);
  return Array.from({ length: columns * rows }, (_, index) => {
    const left = 8 + index % columns * 168;
    const top = 8 + Math.floor(index / columns) * 148;
    const cell = new Uint8Array(160 * 120);
    for (let y = 0; y < 120; y++) {
      const start = (top + y) * picture.width + left;
      cell.set(luma.subarray(start, start + 160), y * 160);
    }
    return readFrameBlocks(cell, 160, 120);
  });
}

Deno.test("ContactSheet shows the frames in rows, and can be opened as a PNG", async () => {
  const picture = drawn(sheetOf(MOVIE.slice(0, 14)));
  assertEquals([picture.width, picture.height], [6 * 168 + 8, 3 * 148 + 8]);
  const read = readPng(await new PictureEncoder("png").encode(picture));
  const numbers = numbersOn(read, 6, 3);
  assertEquals(numbers.slice(0, 14), Array.from({ length: 14 }, (_, i) => i + 1));
  assertEquals(numbers.slice(14), [undefined, undefined, undefined, undefined]);
});

Deno.test("ContactSheet writes number and time below each picture", () => {
  const strip = (number: number, timeMs: number) => {
    const sheet = new ContactSheet({ columns: 1 });
    sheet.add({ jpeg: MOVIE[0] as Uint8Array, number, timeMs });
    const { pixels, width } = drawn(sheet);
    return Array.from(pixels.subarray((8 + 120) * width * 3));
  };
  const light = (pixels: number[]) => pixels.filter((value) => value > 128).length;
  assert(light(strip(1, 0)) > 100);
  assertEquals(strip(12, 50), strip(12, 59));
  assertNotEquals(strip(12, 50), strip(13, 50));
  assertNotEquals(strip(12, 50), strip(12, 150));
});

Deno.test("ContactSheet keeps each second picture when it is full, and takes fewer from then on", () => {
  const options = { columns: 4, mostRows: 2 };
  const picture = drawn(sheetOf(MOVIE.slice(0, 9), options));
  assertEquals(numbersOn(picture, 4, 2).slice(0, 5), [1, 3, 5, 7, 9]);
  const later = sheetOf(MOVIE.slice(0, 100), options);
  assertEquals(later.count, 7);
  assertEquals(numbersOn(drawn(later), 4, 2).slice(0, 7), [1, 17, 33, 49, 65, 81, 97]);
});

Deno.test("ContactSheet is no wider than its pictures, and takes those of other sizes", () => {
  const small = sampleJpegs(1, 20, 40)[0] as Uint8Array;
  const picture = drawn(sheetOf([MOVIE[0] as Uint8Array, small]));
  assertEquals([picture.width, picture.height], [2 * 168 + 8, 148 + 8]);
  const tiny = drawn(sheetOf([sampleJpegs(1, 5, 5)[0] as Uint8Array]));
  assertEquals([tiny.width, tiny.height], [5 + 16, 5 + 20 + 16]);
});

Deno.test("ContactSheet leaves out what cannot be decoded; without a picture there is no sheet", () => {
  const sheet = sheetOf([new Uint8Array(50), MOVIE[1] as Uint8Array, new Uint8Array()]);
  assertEquals(numbersOn(drawn(sheet), 1, 1), [2]);
  assertEquals(sheetOf([new Uint8Array(50)]).draw(), undefined);
});
