import { JpegStreamSplitter } from "../jpeg/jpeg_stream_splitter.ts";
import { fileEtag } from "./file_etag.ts";
import { compareNaturally } from "./natural_order.ts";

/** Frames of a folder; more are left out. */
const MOST_FRAMES = 100_000;
/** How long other sessions may wait while a large folder is looked through. */
const SLICE_MS = 10;
const READ_LENGTH = 64 * 1024;

/** The JPEGs in a folder. */
export interface JpegFolder {
  /** Their names, in natural order. */
  readonly names: readonly string[];
  /** Changes whenever one of the files does. */
  readonly etag: string;
  /** How many other files there are. */
  readonly others: number;
}

/**
 * Finds the JPEGs in a folder by their content; hidden files, links and folders in it do not count.
 *
 * @throws {Error} The file system's.
 */
export async function readJpegFolder(path: string): Promise<JpegFolder> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(path)) {
    if (isFile && !name.startsWith(".")) names.push(name);
  }
  names.sort(compareNaturally);
  const jpegs: string[] = [];
  const tag = new Fnv();
  let deadlineMs = performance.now() + SLICE_MS;
  for (const name of names) {
    if (jpegs.length === MOST_FRAMES) break;
    const etag = jpegEtag(`${path}/${name}`);
    if (etag !== undefined) {
      jpegs.push(name);
      tag.add(`${name}\0${etag}\0`);
    }
    if (performance.now() < deadlineMs) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    deadlineMs = performance.now() + SLICE_MS;
  }
  const etag = `${jpegs.length.toString(36)}-${tag.text}`;
  return { names: jpegs, etag, others: names.length - jpegs.length };
}

/** Whether a file is one JPEG, and not a stream of them. */
export async function isOneJpeg(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const splitter = new JpegStreamSplitter();
  const buffer = new Uint8Array(READ_LENGTH);
  let found = 0;
  for (;;) {
    const read = await file.read(buffer);
    if (read === null) return found + splitter.finish().length === 1;
    found += splitter.push(buffer.subarray(0, read)).length;
    if (found > 1) return false;
  }
}

/** The file's tag; `undefined` where it does not start as a JPEG, or cannot be read. */
function jpegEtag(path: string): string | undefined {
  try {
    using file = Deno.openSync(path);
    const head = new Uint8Array(3);
    const read = file.readSync(head);
    const isJpeg = read === 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
    return isJpeg ? fileEtag(file.statSync()) : undefined;
  } catch {
    return undefined; // gone in the meantime, or not to be read
  }
}

/** The hash FNV-1a of texts, 32 bits, twice with different starts. */
class Fnv {
  #one = 0x811c9dc5;
  #two = 0x050c5d1f;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.#one = Math.imul(this.#one ^ code, 0x01000193);
      this.#two = Math.imul(this.#two ^ code, 0x01000193);
    }
  }

  get text(): string {
    return [this.#one, this.#two].map((half) => (half >>> 0).toString(36)).join("");
  }
}
