import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { serializeLabFrame } from "../../lib/movie/lab_frame.ts";

/** A folder for one test, with a folder of movies in it. */
export class MediaFolder implements AsyncDisposable {
  /** Where the movies are. */
  readonly media: string;

  private constructor(readonly path: string) {
    this.media = this.file("media");
  }

  /** Makes a folder with one file in lab framing for each movie. */
  static async with(
    movies: Readonly<Record<string, readonly Uint8Array[]>>,
  ): Promise<MediaFolder> {
    const folder = new MediaFolder(await Deno.makeTempDir({ prefix: "zoetrope-interop-" }));
    await Deno.mkdir(folder.media);
    for (const [name, frames] of Object.entries(movies)) {
      const framed = frames.map((frame, index) => serializeLabFrame(frame, index + 1));
      await Deno.writeFile(`${folder.media}/${name}`, joinBytes(framed));
    }
    return folder;
  }

  /** The path of a file beside the folder of movies. */
  file(name: string): string {
    return `${this.path}/${name}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
