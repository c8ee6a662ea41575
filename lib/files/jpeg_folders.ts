import { failureText } from "./failure_text.ts";
import { readJpegFolder } from "./jpeg_folder.ts";
import type { MovieLease, MovieRefusal } from "./movie_source.ts";
import { openJpegFolder } from "./open_jpeg_folder.ts";
import type { OpenedMovie } from "./open_movie.ts";

/** Folders whose movie is kept for the next one to play it. */
const MOST_KEPT = 16;

/** A folder that is asked for as a movie. */
export interface FolderPlace {
  /** As in the URL. */
  readonly name: string;
  readonly path: string;
  readonly framesPerSecond: number;
}

/** Folders of JPEGs as movies: all who play an unchanged one share it. */
export class JpegFolders {
  readonly #opened = new Map<string, OpenedMovie>();

  /** A lease, or why the folder is no movie. */
  async lease(place: FolderPlace): Promise<MovieLease | MovieRefusal> {
    try {
      const opened = await this.#open(place);
      if (opened.kind === "refusal") return opened;
      const { movie, warning } = opened;
      const noting = warning !== undefined && { warning };
      return { kind: "movie", movie, ...noting, release() {}, [Symbol.dispose]() {} };
    } catch (error) {
      const status = error instanceof Deno.errors.PermissionDenied ? 404 : 500;
      const reason = `Cannot open ${JSON.stringify(place.name)}: ${failureText(error)}`;
      return { kind: "refusal", status, reason };
    }
  }

  async #open(place: FolderPlace): Promise<OpenedMovie | MovieRefusal> {
    const folder = await readJpegFolder(place.path);
    const known = this.#opened.get(place.name);
    const opened = known?.movie.etag === folder.etag
      ? known
      : await openJpegFolder({ ...place, folder });
    this.#opened.delete(place.name); // and back in: the last used is the last
    if (opened.kind === "opened") this.#opened.set(place.name, opened);
    for (const name of [...this.#opened.keys()].slice(0, -MOST_KEPT)) this.#opened.delete(name);
    return opened;
  }
}
