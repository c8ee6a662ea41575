import type { Played } from "./ffmpeg_play.ts";
import { framesShown } from "./frames_shown.ts";
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
  /** The movie's last frame, which has to be shown last. */
  readonly last: Uint8Array;
}

/** How often it may play: it ends by its own reckoning, on a busy machine before the last frames came. */
const MOST_PLAYS = 3;

/**
 * Plays a movie of 4:2:0 pictures with GStreamer, by a Python program, to its end; again where it ended
 * before the last frame (docs/interop.md).
 */
export async function playByGstreamer(
  url: string,
  { transport, size, folder, steps = [], last }: GstreamerPlay,
): Promise<Played> {
  const raw = folder.file("pictures.yuv");
  for (let plays = 1;; plays++) {
    const { tookMs } = await runProgram(PYTHON, [PLAYER, url, transport, raw, ...steps]);
    const pictures = splitLuma(await Deno.readFile(raw), size.width, size.height);
    const shown = pictures.at(-1);
    const isWhole = shown !== undefined && framesShown([shown], [last])[0] === 0;
    if (isWhole || plays === MOST_PLAYS) return { pictures, tookMs };
  }
}
