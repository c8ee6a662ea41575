import { assert, assertEquals } from "@std/assert";
import { LAB_LENGTH_DIGITS } from "../../lib/movie/lab_frame.ts";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { hex } from "../support/hex.ts";
import { textOf } from "../support/text.ts";

const FILE = new URL("../../media/movie.Mjpeg", import.meta.url);

async function frames(): Promise<Uint8Array[]> {
  const movie = await Deno.readFile(FILE);
  const found: Uint8Array[] = [];
  for (let at = 0; at < movie.length;) {
    const digits = textOf(movie.subarray(at, at += LAB_LENGTH_DIGITS));
    assert(/^\d{5}$/.test(digits), `byte ${at - LAB_LENGTH_DIGITS}: "${digits}"`);
    found.push(movie.subarray(at, at += Number(digits)));
  }
  return found;
}

/** The luma that libjpeg-turbo's `djpeg` decodes; `undefined` where it is not installed. */
async function decodeLuma(jpeg: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const child = new Deno.Command("djpeg", {
      args: ["-grayscale", "-pnm"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(jpeg.slice());
    await writer.close();
    const { stdout } = await child.output();
    return stdout.subarray("P5\n384 288\n255\n".length);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test("movie.Mjpeg has 400 whole JPEGs of 384 x 288 in 4:2:0 and at most 4 MB", async () => {
  const all = await frames();
  assertEquals(all.length, 400);
  assert((await Deno.stat(FILE)).size <= 4_000_000);
  const sof0 = textOf(hex`ff c0 00 11  08 01 20 01 80  03  01 22 00  02 11 01  03 11 01`);
  for (const jpeg of all) {
    assertEquals(jpeg.subarray(0, 2), hex`ff d8`);
    assertEquals(jpeg.subarray(-2), hex`ff d9`);
    assert(textOf(jpeg.subarray(0, 400)).includes(sof0));
  }
});

const HAS_DJPEG = await decodeLuma((await frames())[0] as Uint8Array) !== undefined;
// deno-lint-ignore no-console
if (!HAS_DJPEG) console.log("skipped: djpeg of libjpeg-turbo-progs is not installed");

Deno.test({
  name: "movie.Mjpeg shows each frame's number from 1 in its blocks",
  ignore: !HAS_DJPEG,
  fn: async () => {
    const all = await frames();
    for (const number of [1, 2, 42, 128, 255, 256, 399, 400]) {
      const luma = await decodeLuma(all[number - 1] as Uint8Array) as Uint8Array;
      assertEquals(readFrameBlocks(luma, 384, 288), number);
    }
  },
});
