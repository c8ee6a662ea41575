import { WireError } from "../bytes/wire_error.ts";
import { readJpegDimensions } from "../jpeg/jpeg_dimensions.ts";
import { describeBytes } from "../movie/describe_bytes.ts";
import type { Movie } from "../movie/movie.ts";
import { MovieReadError } from "../movie/movie_read_error.ts";
import { failureText } from "./failure_text.ts";
import { isOneJpeg, type JpegFolder } from "./jpeg_folder.ts";
import type { MovieRefusal } from "./movie_source.ts";
import type { OpenedMovie } from "./open_movie.ts";

/** Which folder is opened as a movie. */
export interface JpegFolderPlace {
  /** As in the URL. */
  readonly name: string;
  readonly path: string;
  readonly framesPerSecond: number;
  /** What is in it. */
  readonly folder: JpegFolder;
}

/** Opens a folder of JPEGs as one movie, a frame for each; 404 where it has none, 415
 * where they cannot be played. */
export async function openJpegFolder(place: JpegFolderPlace): Promise<OpenedMovie | MovieRefusal> {
  const { name, path, folder } = place;
  const [first] = folder.names;
  if (first === undefined) {
    const reason = `Cannot open ${JSON.stringify(name)}: it is a folder without JPEGs`;
    return { kind: "refusal", status: 404, reason };
  }
  try {
    if (!await isOneJpeg(`${path}/${first}`)) {
      return noMovie(name, `it is a folder, and ${JSON.stringify(first)} in it is not one JPEG`);
    }
    const movie = new FolderMovie(place);
    const warning = `${folder.others} files that are no JPEG are passed over`;
    return { kind: "opened", movie, ...folder.others > 0 && { warning } };
  } catch (error) {
    if (error instanceof MovieReadError) return noMovie(name, error.message);
    if (!(error instanceof WireError)) throw error;
    return noMovie(name, `frame 1, ${JSON.stringify(first)}: ${error.message}`);
  }
}

class FolderMovie implements Movie {
  readonly name: string;
  readonly frameCount: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly etag: string;
  readonly #path: string;
  readonly #names: readonly string[];

  constructor({ name, path, framesPerSecond, folder }: JpegFolderPlace) {
    this.name = name;
    this.framesPerSecond = framesPerSecond;
    this.etag = folder.etag;
    this.#path = path;
    this.#names = folder.names;
    this.frameCount = folder.names.length;
    const { width, height } = readJpegDimensions(this.frame(0));
    this.width = width;
    this.height = height;
  }

  frame(index: number): Uint8Array {
    const file = this.#names[index];
    if (file === undefined) throw new RangeError(`No frame ${index}: there are ${this.frameCount}`);
    const jpeg = this.#read(index, file);
    if (jpeg[0] === 0xff && jpeg[1] === 0xd8) return jpeg;
    const found = describeBytes(jpeg.subarray(0, 2));
    throw this.#error(index, `${JSON.stringify(file)} starts with ${found}, not as a JPEG (ff d8)`);
  }

  #read(index: number, file: string): Uint8Array {
    const path = `${this.#path}/${file}`;
    try {
      // A pipe that took the file's place would hold up the whole server.
      if (Deno.lstatSync(path).isFile) return Deno.readFileSync(path);
    } catch (cause) {
      throw this.#error(index, `${JSON.stringify(file)}: ${failureText(cause)}`, cause);
    }
    throw this.#error(index, `${JSON.stringify(file)} is no file any more`);
  }

  #error(index: number, reason: string, cause?: unknown): MovieReadError {
    return new MovieReadError({ movie: this.name, frame: index + 1, offset: 0, reason }, { cause });
  }
}

function noMovie(name: string, why: string): MovieRefusal {
  return { kind: "refusal", status: 415, reason: `Cannot play ${JSON.stringify(name)}: ${why}` };
}
