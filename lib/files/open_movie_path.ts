import { failureText } from "./failure_text.ts";
import { fileEtag } from "./file_etag.ts";
import { JpegFolders } from "./jpeg_folders.ts";
import { MovieFile } from "./movie_file.ts";
import type { MovieLease } from "./movie_source.ts";

/**
 * Opens a movie by its path: a file in any container, or a folder of JPEGs.
 *
 * @param path Links are followed.
 * @param framesPerSecond Of a movie that does not say.
 * @throws {Error} One sentence for the user: it cannot be opened, or is no movie.
 */
export async function openMoviePath(path: string, framesPerSecond: number): Promise<MovieLease> {
  const name = path;
  const answer = await (async () => {
    try {
      const info = await Deno.stat(path);
      if (info.isDirectory) return await new JpegFolders().lease({ name, path, framesPerSecond });
      if (!info.isFile) return "it is a device, a pipe or a socket";
      const place = { name, path, etag: fileEtag(info), length: info.size, framesPerSecond };
      return await new MovieFile(place).lease();
    } catch (error) {
      return failureText(error);
    }
  })();
  if (answer === "changed") throw new Error(`Cannot open ${JSON.stringify(path)}: it is changing`);
  if (typeof answer === "string") throw new Error(`Cannot open ${JSON.stringify(path)}: ${answer}`);
  if (answer.kind === "refusal") throw new Error(answer.reason);
  return answer;
}
