import { type Container, sniffContainer, SNIFFED_LENGTH } from "../movie/sniff_container.ts";
import { fileEtag } from "./file_etag.ts";
import { type FolderContent, foldersBelow } from "./folders_below.ts";
import type { FoundFile } from "./found_file.ts";
import { isOneJpeg } from "./jpeg_folder.ts";
import type { MovieSummary } from "./movie_source.ts";
import { compareNaturally } from "./natural_order.ts";

/** What a file was found to be. */
interface Look {
  readonly etag: string;
  readonly isPlayable: boolean;
  readonly isJpeg: boolean;
}

/** Looks up a path below the media folder; a text where there is nothing that may be served. */
type Find = (path: readonly string[]) => Promise<FoundFile | string>;

/**
 * Lists the movies of a media folder. A folder below it that holds JPEGs, the first of them not a stream of
 * several, is listed as one movie.
 */
export class LibraryListing {
  readonly #folder: string;
  readonly #find: Find;
  /** What files were found to be, by path: they are not read again while their tags stay. */
  #looks = new Map<string, Look>();

  constructor(folder: string, find: Find) {
    this.#folder = folder;
    this.#find = find;
  }

  /** All movies, by name. */
  async list(): Promise<MovieSummary[]> {
    const looks = new Map<string, Look>();
    const movies: MovieSummary[] = [];
    for await (const content of foldersBelow(this.#folder)) {
      movies.push(...await this.#listFolder(content, looks));
    }
    this.#looks = looks;
    return movies.sort((a, b) => a.name < b.name ? -1 : 1);
  }

  async #listFolder(
    { path, files }: FolderContent,
    looks: Map<string, Look>,
  ): Promise<MovieSummary[]> {
    const movies: (MovieSummary & { readonly isJpeg: boolean })[] = [];
    for (const file of files) {
      const found = await this.#find([...path, file]);
      if (typeof found === "string" || found.info.isDirectory) continue;
      const look = await this.#lookAt(found);
      looks.set(found.path, look);
      if (!look.isPlayable) continue;
      movies.push({ ...summaryOf(found), isJpeg: look.isJpeg });
    }
    const jpegs = movies.filter(({ isJpeg }) => isJpeg);
    const isMovie = path.length > 0 && jpegs.length > 1 && await this.#startsWithOne(path, jpegs);
    const summaries = movies.filter(({ isJpeg }) => !isMovie || !isJpeg)
      .map(({ isJpeg: _, ...movie }) => movie);
    return isMovie ? [...summaries, summaryOfFolder(path.join("/"), jpegs)] : summaries;
  }

  async #startsWithOne(
    path: readonly string[],
    jpegs: readonly MovieSummary[],
  ): Promise<boolean> {
    const [first] = jpegs.map(({ name }) => name.split("/").at(-1) ?? "").sort(compareNaturally);
    const found = await this.#find([...path, first ?? ""]);
    return typeof found !== "string" && await isOneJpeg(found.path).catch(() => false);
  }

  async #lookAt({ path, info }: FoundFile): Promise<Look> {
    const etag = fileEtag(info);
    const known = this.#looks.get(path);
    if (known?.etag === etag) return known;
    const kind = await sniffFile(path);
    return { etag, isPlayable: kind !== "unknown", isJpeg: kind === "jpeg-stream" };
  }
}

function summaryOf({ name, info: { size, mtime } }: FoundFile): MovieSummary {
  return { name, length: size, modifiedMs: mtime?.getTime() };
}

function summaryOfFolder(name: string, jpegs: readonly MovieSummary[]): MovieSummary {
  const times = jpegs.map(({ modifiedMs }) => modifiedMs ?? 0);
  return {
    name,
    length: jpegs.reduce((sum, { length }) => sum + length, 0),
    modifiedMs: times.reduce((a, b) => Math.max(a, b), 0) || undefined,
  };
}

/** What a file's first bytes say; `unknown` where it is gone in the meantime, or not to be read. */
async function sniffFile(path: string): Promise<Container["kind"]> {
  try {
    using file = await Deno.open(path);
    const head = new Uint8Array(SNIFFED_LENGTH);
    const read = await file.read(head) ?? 0;
    return sniffContainer(head.subarray(0, read)).kind;
  } catch {
    return "unknown";
  }
}
