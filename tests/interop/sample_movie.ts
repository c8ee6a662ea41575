import { decodeLuma } from "./decode_luma.ts";
import { labFrames } from "./lab_frames.ts";
import { MediaFolder } from "./media_folder.ts";

/** How long the sample is. */
export const SAMPLE_FRAMES = 60;
/** Its pictures' size. */
export const SAMPLE_WIDTH = 384;
export const SAMPLE_HEIGHT = 288;
/** At how many frames a second the tests have it served: a second of play. */
export const SAMPLE_FPS = 60;

/** The first frames of the program's own movie, in a folder and decoded. */
export interface SampleMovie extends AsyncDisposable {
  readonly folder: MediaFolder;
  /** Luma of each frame by libjpeg-turbo. */
  readonly luma: readonly Uint8Array[];
  /** What a server needs to be told. */
  readonly serverArgs: readonly string[];
}

/** Makes the sample, `sample.Mjpeg`. */
export async function sampleMovie(): Promise<SampleMovie> {
  const frames = await labFrames(SAMPLE_FRAMES);
  const folder = await MediaFolder.with({ "sample.Mjpeg": frames });
  return {
    folder,
    luma: await decodeLuma(frames),
    serverArgs: ["--media", folder.path, "--fps", String(SAMPLE_FPS)],
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
