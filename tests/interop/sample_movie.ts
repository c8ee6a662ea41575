import { md5 } from "../../lib/rtsp/md5.ts";
import { bytesOf } from "../support/text.ts";
import { decodeLuma } from "./decode_luma.ts";
import { labFrames } from "./lab_frames.ts";
import { MediaFolder } from "./media_folder.ts";

/** The sample's pictures. */
export const SAMPLE_SIZE = { width: 384, height: 288 } as const;
/** How many it has. */
export const SAMPLE_FRAMES = 60;
/** At how many frames a second the tests have it served: a second of play. */
const FPS = 60;

/** Who may see it where a login is asked. */
export const LOGIN = { user: "ann", realm: "films", password: "s3cret" } as const;

/** The first frames of the program's own movie, in a folder and decoded. */
export interface SampleMovie extends AsyncDisposable {
  readonly folder: MediaFolder;
  /** Luma of each frame by libjpeg-turbo. */
  readonly luma: readonly Uint8Array[];
  /** What a server of it needs to be told. */
  readonly serverArgs: readonly string[];
  /** The same for a server that asks for `LOGIN`. */
  readonly lockedArgs: readonly string[];
}

/** Makes the sample, `sample.Mjpeg`. */
export async function sampleMovie(): Promise<SampleMovie> {
  const frames = await labFrames(SAMPLE_FRAMES);
  const folder = await MediaFolder.with({ "sample.Mjpeg": frames });
  const { user, realm, password } = LOGIN;
  const hash = md5(bytesOf(`${user}:${realm}:${password}`));
  await Deno.writeTextFile(folder.file("users"), `${user}:${realm}:${hash}\n`);
  const serverArgs = ["--media", folder.media, "--fps", String(FPS)];
  return {
    folder,
    luma: await decodeLuma(frames),
    serverArgs,
    lockedArgs: [...serverArgs, "--users", folder.file("users")],
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
