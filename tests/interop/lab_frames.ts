import { LAB_LENGTH_DIGITS } from "../../lib/movie/lab_frame.ts";
import { ROOT } from "../support/programs.ts";

/** Frames of a movie in lab framing, from the first; by default of the one that comes with the program. */
export async function labFrames(
  count: number,
  path: string | URL = new URL("media/movie.Mjpeg", ROOT),
): Promise<Uint8Array[]> {
  const bytes = await Deno.readFile(path);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length && frames.length < count;) {
    const start = at + LAB_LENGTH_DIGITS;
    const length = Number(new TextDecoder().decode(bytes.subarray(at, start)));
    frames.push(bytes.slice(start, start + length));
    at = start + length;
  }
  return frames;
}
