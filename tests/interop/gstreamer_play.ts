import type { Played } from "./ffmpeg_play.ts";
import type { MediaFolder } from "./media_folder.ts";
import { PYTHON } from "./peers.ts";
import { runProgram } from "./run_program.ts";
import { splitLuma } from "./split_luma.ts";

const PLAYER = new URL("gst_player.py", import.meta.url).pathname;

/** How GStreamer plays. */
export interface GstreamerPlay {
  readonly transport: string;
  /** The movie's pictures, multiples of 8. */
  readonly size: { readonly width: number; readonly height: number };
  /** For the raw pictures, in a file that is written over each time. */
  readonly folder: MediaFolder;
  /** What it does before it plays on to the end: steps of gst_player.py. */
  readonly steps?: readonly string[];
}

/** Plays a movie of 4:2:0 pictures with GStreamer, by a Python program, to its end. */
export async function playByGstreamer(
  url: string,
  { transport, size, folder, steps = [] }: GstreamerPlay,
): Promise<Played> {
  const raw = folder.file("pictures.yuv");
  const { tookMs } = await runProgram(PYTHON, [PLAYER, url, transport, raw, ...steps]);
  const pictures = splitLuma(await Deno.readFile(raw), size.width, size.height);
  return { pictures, tookMs };
}
