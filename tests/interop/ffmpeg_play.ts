import { assertEquals } from "@std/assert";
import { runProgram } from "./run_program.ts";
import { splitLuma } from "./split_luma.ts";

/** Options of every run of ffmpeg: nothing but errors on standard error. */
export const FFMPEG_QUIET: readonly string[] = ["-hide_banner", "-nostdin", "-v", "error"];

/** What a player showed, and how long it ran. */
export interface Played {
  /** The luma of each picture. */
  readonly pictures: readonly Uint8Array[];
  readonly tookMs: number;
}

/**
 * Plays a movie of 4:2:0 pictures with ffmpeg to its end, and fails at any word of complaint.
 *
 * @param options Of ffmpeg, before its input.
 */
export async function playByFfmpeg(
  url: string,
  { width, height }: { readonly width: number; readonly height: number },
  options: readonly string[],
): Promise<Played> {
  const output = ["-fps_mode", "passthrough", "-f", "rawvideo", "-"];
  const args = [...FFMPEG_QUIET, ...options, "-i", url, ...output];
  const { stdout, stderr, tookMs } = await runProgram("ffmpeg", args);
  assertEquals(stderr, "");
  return { pictures: splitLuma(stdout, width, height), tookMs };
}
