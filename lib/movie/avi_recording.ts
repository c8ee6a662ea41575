import { WireError } from "../bytes/wire_error.ts";
import { readJpegDimensions } from "../jpeg/jpeg_dimensions.ts";
import { AviTimeline } from "./avi_timeline.ts";
import { AviWriter } from "./avi_writer.ts";
import type { FileWrite } from "./file_write.ts";
import type { RecordingFormat } from "./recording_format.ts";

/** What is waited for before the stream's rhythm is looked at: so many frames over so long a time, or either. */
const RHYTHM_FRAMES = 16;
const RHYTHM_LEAST_MS = 500;
const RHYTHM_MS = 2000;
const RHYTHM_MOST_FRAMES = 128;
/** What a frame, repeated or not, takes in both indexes. */
const INDEX_ENTRY_LENGTH = 8 + 16;
/** The heads of the indexes, with room. */
const INDEX_HEADS_LENGTH = 1024;

interface WaitingFrame {
  readonly jpeg: Uint8Array;
  readonly timeMs: number;
}

/**
 * A recording as an AVI file in which each frame is seen at its time: the rate is that of the first
 * frames, corrected at the end, and where frames are missing the one before is repeated.
 */
export class AviRecording implements RecordingFormat {
  #waiting: WaitingFrame[] = [];
  #writer: AviWriter | undefined;
  #timeline: AviTimeline | undefined;

  get reserveLength(): number {
    return INDEX_HEADS_LENGTH + (this.#writer?.frameCount ?? 0) * INDEX_ENTRY_LENGTH +
      this.#waiting.reduce((sum, { jpeg }) => sum + jpeg.length + INDEX_ENTRY_LENGTH + 8, 0);
  }

  frame(jpeg: Uint8Array, number: number, timeMs: number): FileWrite[] {
    if (jpeg.length === 0 || jpeg.length > 2 ** 26) {
      throw new RangeError(
        `Cannot write frame ${number} as AVI: it has ${jpeg.length} bytes, 1 to ${2 ** 26} fit`,
      );
    }
    this.#waiting.push({ jpeg, timeMs });
    if (this.#timeline !== undefined) return this.#writeWaiting();
    const [first] = this.#waiting;
    const frames = this.#waiting.length;
    const spanMs = timeMs - (first?.timeMs ?? timeMs);
    const isEnough = spanMs >= RHYTHM_MS || frames >= RHYTHM_MOST_FRAMES ||
      frames >= RHYTHM_FRAMES && spanMs >= RHYTHM_LEAST_MS;
    return isEnough ? this.#begin() : [];
  }

  finish(): FileWrite[] {
    const writes = this.#timeline === undefined ? this.#begin() : [];
    const rate = this.#timeline?.framesPerSecond;
    return [...writes, ...this.#writer?.finish(rate) ?? []];
  }

  /** The head, and the frames that waited; nothing where there was none. */
  #begin(): FileWrite[] {
    const [first] = this.#waiting;
    if (first === undefined) return [];
    this.#timeline = new AviTimeline(this.#waiting.map(({ timeMs }) => timeMs));
    const { framesPerSecond } = this.#timeline;
    const { width, height } = dimensions(first.jpeg);
    this.#writer = new AviWriter({ width, height, framesPerSecond });
    return [...this.#writer.start(), ...this.#writeWaiting()];
  }

  #writeWaiting(): FileWrite[] {
    const [writer, timeline] = [this.#writer, this.#timeline];
    if (writer === undefined || timeline === undefined) return [];
    const writes = this.#waiting.flatMap(({ jpeg, timeMs }) => {
      const held: FileWrite[] = [];
      for (let left = timeline.heldBefore(timeMs); left > 0; left--) held.push(...writer.repeat());
      return [...held, ...writer.frame(jpeg)];
    });
    this.#waiting = [];
    return writes;
  }
}

/** Of a frame that nobody can decode: the smallest, since a header without a size is no header. */
function dimensions(jpeg: Uint8Array): { readonly width: number; readonly height: number } {
  try {
    return readJpegDimensions(jpeg);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { width: 1, height: 1 };
  }
}
