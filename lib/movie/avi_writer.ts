import {
  AVI_HEADER_LENGTH,
  type AviHeader,
  type AviPart,
  MOST_AVI_PARTS,
  serializeAviHeader,
} from "./avi_header.ts";
import type { FileWrite } from "./file_write.ts";
import { FrameIndex } from "./frame_index.ts";
import { RiffWriter } from "./riff_writer.ts";

const CHUNK_HEAD_LENGTH = 8;
/** `RIFF`, `AVIX`, `LIST` and `movi` with their sizes. */
const PART_HEAD_LENGTH = 24;
/** Players that know nothing of OpenDML stop at 1 GB at the latest. */
const FIRST_PART_LENGTH = 1024 ** 3;
/** Offsets in a part's table have 32 bits, and some readers take them as signed. */
const PART_LENGTH = 2 ** 31 - 2 ** 26;
const LONGEST_FRAME = 2 ** 26;
const MOST_FRAMES_PER_SECOND = 1000;
const KEY_FRAME = 0x10;
const NO_KEY_FRAME = 0x8000_0000;

/** What an `AviWriter` has to know. */
export interface AviWriterOptions {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** 0.001 to 1000; may be corrected at the end. */
  readonly framesPerSecond: number;
  /** How long the parts of the file may get, in bytes: for tests. */
  readonly partLength?: number;
}

/**
 * Writes Motion-JPEG as an AVI file of any length: up to 1 GB with an index `idx1` as every player knows
 * it, above that in parts with the tables of OpenDML as well.
 *
 * Each call gives what has to be written where, in order. Nothing that was written is needed again but
 * the heads: a file that is never finished can be played, from chunk to chunk. Memory: 12 bytes for each
 * frame of the part that is being written.
 */
export class AviWriter {
  readonly #options: AviWriterOptions;
  readonly #parts: AviPart[] = [];
  /** The frames of the part that is being written, by the offsets of their content. */
  #frames = new FrameIndex();
  #partStart = 0;
  #firstEnd = 0;
  #firstMovieEnd = 0;
  #firstFrames = 0;
  #written = 0;
  #largest = 0;
  #end = 0;

  /** @throws {RangeError} The size or rate is out of its range. */
  constructor(options: AviWriterOptions) {
    this.#options = options;
    const { width, height, framesPerSecond } = options;
    if (!(width >= 1 && width <= 65_535 && height >= 1 && height <= 65_535)) {
      throw new RangeError(`Cannot write AVI: the size is ${width} x ${height}`);
    }
    checkRate(framesPerSecond);
  }

  /** How many frames there are, repeated ones too. */
  get frameCount(): number {
    return this.#written + this.#frames.count;
  }

  /** The header, to be written first. */
  start(): FileWrite[] {
    this.#end = AVI_HEADER_LENGTH;
    return [{ offset: 0, bytes: serializeAviHeader(this.#header(this.#options.framesPerSecond)) }];
  }

  /**
   * The next frame.
   *
   * @param jpeg Not copied.
   * @throws {RangeError} It is empty or longer than 64 MiB, or the file is full, after some 950 GB.
   */
  frame(jpeg: Uint8Array): FileWrite[] {
    const { length } = jpeg;
    if (length === 0 || length > LONGEST_FRAME) {
      const limits = `1 to ${LONGEST_FRAME} fit`;
      throw new RangeError(
        `Cannot write frame ${this.frameCount + 1} as AVI: it has ${length} bytes, ${limits}`,
      );
    }
    return this.#chunk(jpeg);
  }

  /** The frame before is to be seen once more: keeps the time where frames are missing. */
  repeat(): FileWrite[] {
    return this.#chunk(new Uint8Array());
  }

  /**
   * Index and final header, to be written last.
   *
   * @param framesPerSecond As measured, where it was not known before.
   */
  finish(framesPerSecond: number = this.#options.framesPerSecond): FileWrite[] {
    checkRate(framesPerSecond);
    const writes = this.#endPart();
    return [...writes, { offset: 0, bytes: serializeAviHeader(this.#header(framesPerSecond)) }];
  }

  #chunk(content: Uint8Array): FileWrite[] {
    const { length } = content;
    const writes = this.#fits(length) ? [] : [...this.#endPart(), this.#startPart()];
    const offset = this.#end;
    const head = new RiffWriter().id("00dc").u32(length).bytes();
    writes.push({ offset, bytes: head });
    if (length > 0) writes.push({ offset: offset + CHUNK_HEAD_LENGTH, bytes: content });
    this.#end += CHUNK_HEAD_LENGTH + length;
    if (length % 2 === 1) writes.push({ offset: this.#end++, bytes: new Uint8Array(1) });
    this.#frames.append(offset + CHUNK_HEAD_LENGTH, length);
    this.#largest = Math.max(this.#largest, length);
    return writes;
  }

  /** Whether the part has room for a frame, its entries in both indexes, and their heads. */
  #fits(length: number): boolean {
    const first = this.#parts.length === 0;
    const most = this.#options.partLength ?? (first ? FIRST_PART_LENGTH : PART_LENGTH);
    const tables = (this.#frames.count + 1) * (8 + 16) + 64;
    const used = this.#end - this.#partStart;
    return this.#frames.count === 0 || used + length + CHUNK_HEAD_LENGTH + 1 + tables <= most;
  }

  #startPart(): FileWrite {
    if (this.#parts.length >= MOST_AVI_PARTS) {
      throw new RangeError(`Cannot write AVI: ${MOST_AVI_PARTS} parts are full`);
    }
    this.#partStart = this.#end;
    this.#end += PART_HEAD_LENGTH;
    return { offset: this.#partStart, bytes: partHead(0, 0) };
  }

  /** The tables of the part, and its head where it is not the first. */
  #endPart(): FileWrite[] {
    const first = this.#parts.length === 0;
    const writes = [this.#append(this.#chunkTable())];
    const movieEnd = this.#end;
    if (first) {
      this.#firstMovieEnd = movieEnd;
      writes.push(this.#append(this.#oldIndex()));
      this.#firstEnd = this.#end;
      this.#firstFrames = this.#frames.count;
    } else {
      const bytes = partHead(this.#end - this.#partStart - 8, movieEnd - this.#partStart - 20);
      writes.push({ offset: this.#partStart, bytes });
    }
    this.#written += this.#frames.count;
    this.#frames = new FrameIndex();
    return writes;
  }

  #append(bytes: Uint8Array): FileWrite {
    const offset = this.#end;
    this.#end += bytes.length;
    return { offset, bytes };
  }

  /** `ix00`, OpenDML's table of this part's chunks. */
  #chunkTable(): Uint8Array {
    const frames = this.#frames;
    const length = 24 + frames.count * 8;
    const out = new RiffWriter().id("ix00").u32(length).u16(2, 0x0100).u32(frames.count).id("00dc");
    out.u64(this.#partStart).u32(0);
    for (let i = 0; i < frames.count; i++) {
      const size = frames.lengthOf(i);
      out.u32(frames.offsetOf(i) - this.#partStart, size === 0 ? NO_KEY_FRAME : size);
    }
    this.#parts.push({
      offset: this.#end,
      length: CHUNK_HEAD_LENGTH + length,
      frames: frames.count,
    });
    return out.bytes();
  }

  /** `idx1`, for players that know nothing of OpenDML. */
  #oldIndex(): Uint8Array {
    const frames = this.#frames;
    const out = new RiffWriter().id("idx1").u32(frames.count * 16);
    for (let i = 0; i < frames.count; i++) {
      const [offset, size] = [frames.offsetOf(i), frames.lengthOf(i)];
      const fromMovie = offset - CHUNK_HEAD_LENGTH - (AVI_HEADER_LENGTH - 4);
      out.id("00dc").u32(size === 0 ? 0 : KEY_FRAME, fromMovie, size);
    }
    return out.bytes();
  }

  #header(framesPerSecond: number): AviHeader {
    const finished = this.#firstEnd > 0;
    return {
      width: this.#options.width,
      height: this.#options.height,
      framesPerSecond,
      riffSize: finished ? this.#firstEnd - 8 : 0,
      movieSize: finished ? this.#firstMovieEnd - (AVI_HEADER_LENGTH - 4) : 0,
      firstFrames: this.#firstFrames,
      frames: this.#written,
      largest: this.#largest,
      parts: this.#parts,
    };
  }
}

function partHead(riffSize: number, movieSize: number): Uint8Array {
  return new RiffWriter().id("RIFF").u32(riffSize).id("AVIX").id("LIST").u32(movieSize).id("movi")
    .bytes();
}

function checkRate(framesPerSecond: number): void {
  if (framesPerSecond >= 0.001 && framesPerSecond <= MOST_FRAMES_PER_SECOND) return;
  throw new RangeError(`Cannot write AVI: ${framesPerSecond} frames a second are not possible`);
}
