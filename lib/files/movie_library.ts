import { failureText } from "./failure_text.ts";
import { fileEtag } from "./file_etag.ts";
import type { FoundFile } from "./found_file.ts";
import { JpegFolders } from "./jpeg_folders.ts";
import { LibraryListing } from "./library_listing.ts";
import {
  type LibraryChange,
  LibraryWatcher,
  type LibraryWatcherOptions,
} from "./library_watcher.ts";
import { MovieFile } from "./movie_file.ts";
import { movieNameCandidates } from "./movie_name_candidates.ts";
import type { MovieLease, MovieRefusal, MovieSource, MovieSummary } from "./movie_source.ts";

/** Indexes kept of movies that nobody plays, so that the next one to play them need not wait. */
const MOST_IDLE = 64;
/** A file that changes at each look is given up. */
const MOST_TRIES = 3;

const SEPARATOR = Deno.build.os === "windows" ? "\\" : "/";

/**
 * The movies of a folder on disk, by name; nothing outside of the folder can be reached.
 *
 * Each file is indexed once for all sessions. One that was changed or replaced is opened anew for those
 * who ask then; sessions that play it keep the old one.
 */
export class MovieLibrary implements MovieSource {
  readonly #folder: string;
  readonly #framesPerSecond: number;
  readonly #files = new Map<string, MovieFile>();
  readonly #folders = new JpegFolders();
  readonly #listing: LibraryListing;

  private constructor(folder: string, framesPerSecond: number) {
    this.#folder = folder;
    this.#framesPerSecond = framesPerSecond;
    this.#listing = new LibraryListing(folder, (path) => this.#find(path));
  }

  /**
   * @param folder Must exist; may be a symbolic link, unlike what leads out of it.
   * @param framesPerSecond Of all movies whose container does not say.
   * @throws {Error} One sentence for the user: the folder cannot be read.
   */
  static async at(folder: string, framesPerSecond: number): Promise<MovieLibrary> {
    let why = "it is not a folder";
    try {
      const real = await Deno.realPath(folder);
      if ((await Deno.stat(real)).isDirectory) {
        for await (const _ of Deno.readDir(real)) break; // throws where it cannot be listed
        return new MovieLibrary(real, framesPerSecond);
      }
    } catch (error) {
      why = failureText(error);
    }
    throw new Error(`Cannot serve movies from ${JSON.stringify(folder)}: ${why}`);
  }

  async open(name: string): Promise<MovieLease | MovieRefusal> {
    const named = movieNameCandidates(name);
    if (named.kind === "refused") return refusal(404, name, `the name ${named.reason}`);
    let why = "";
    for (const path of named.paths) {
      const found = await this.#find(path);
      if (typeof found === "string") {
        why = found;
        continue;
      }
      if (!found.info.isDirectory) return await this.#lease(path, found);
      return await this.#folders.lease({ ...found, framesPerSecond: this.#framesPerSecond });
    }
    return refusal(404, name, why);
  }

  list(): Promise<MovieSummary[]> {
    return this.#listing.list();
  }

  /**
   * Tells of each movie that appears, changes or goes, until the watcher is closed.
   *
   * @param onChange Called with each change, one after the other.
   */
  watch(
    onChange: (change: LibraryChange) => void,
    options: LibraryWatcherOptions = {},
  ): Promise<LibraryWatcher> {
    return LibraryWatcher.start(this, this.#folder, onChange, options);
  }

  /** The file at a path below the folder, or why there is none that may be served. Opens nothing. */
  async #find(path: readonly string[]): Promise<FoundFile | string> {
    try {
      const real = await Deno.realPath([this.#folder, ...path].join(SEPARATOR));
      if (!this.#contains(real)) return "it leads out of the media folder";
      const info = await Deno.lstat(real);
      if (!info.isFile && !info.isDirectory) return "it is a device, a pipe or a socket";
      return { name: path.join("/"), path: real, info };
    } catch (error) {
      return failureText(error);
    }
  }

  #contains(path: string): boolean {
    const folder = this.#folder.endsWith(SEPARATOR) ? this.#folder : this.#folder + SEPARATOR;
    return path.startsWith(folder);
  }

  async #lease(path: readonly string[], first: FoundFile): Promise<MovieLease | MovieRefusal> {
    let found: FoundFile | string = first;
    for (let tries = 0; tries < MOST_TRIES && typeof found !== "string"; tries++) {
      const { name } = found;
      try {
        const lease = await this.#fileOf(found).lease();
        this.#dropIdle();
        if (lease !== "changed") return lease;
      } catch (error) {
        const status = error instanceof Deno.errors.PermissionDenied ? 404 : 500;
        return refusal(status, name, failureText(error));
      }
      found = await this.#find(path);
    }
    return refusal(404, first.name, typeof found === "string" ? found : "it changes all the time");
  }

  /** The file as all share it, or a new one where it is not the same any more. */
  #fileOf(found: FoundFile): MovieFile {
    const { name, path, info } = found;
    const etag = fileEtag(info);
    const known = this.#files.get(name);
    this.#files.delete(name); // and back in: the last used is the last
    const file = known?.etag === etag ? known : new MovieFile({
      name,
      path,
      etag,
      length: info.size,
      framesPerSecond: this.#framesPerSecond,
      ...info.mtime !== null && { writtenUnixMs: info.mtime.getTime() },
    });
    this.#files.set(name, file);
    return file;
  }

  #dropIdle(): void {
    const idle = [...this.#files].filter(([, file]) => !file.inUse);
    for (const [name] of idle.slice(0, -MOST_IDLE)) this.#files.delete(name);
  }
}

function refusal(status: 404 | 500, name: string, why: string): MovieRefusal {
  return { kind: "refusal", status, reason: `Cannot open ${JSON.stringify(name)}: ${why}` };
}
