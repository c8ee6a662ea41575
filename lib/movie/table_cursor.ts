import { BoxFields } from "./box_fields.ts";
import { MOST_WANTED_LENGTH, type ReadSteps } from "./index_steps.ts";

/** Reads a table of a file from its first entry to its last, a window at a time. */
export class TableCursor {
  readonly #entryLength: number;
  readonly #window = new Uint8Array(MOST_WANTED_LENGTH);
  readonly #fields = new BoxFields(this.#window);
  #offset: number;
  #left: number;
  #at = 0;
  #end = 0;

  /**
   * @param offset Of the first entry in the file.
   * @param entryLength In bytes.
   * @param count Of all entries.
   */
  constructor(offset: number, entryLength: number, count: number) {
    this.#offset = offset;
    this.#entryLength = entryLength;
    this.#left = count;
  }

  /** Whether `next` may be called at once; else `fill` comes first. */
  has(): boolean {
    return this.#at < this.#end;
  }

  /** Fetches entries; whether there are more. */
  *fill(): ReadSteps<boolean> {
    const most = Math.floor(MOST_WANTED_LENGTH / this.#entryLength);
    const count = Math.min(most, this.#left);
    if (count === 0) return false;
    const bytes = yield { offset: this.#offset, length: count * this.#entryLength };
    const whole = Math.floor(bytes.length / this.#entryLength);
    this.#window.set(bytes);
    this.#left = whole < count ? 0 : this.#left - whole;
    this.#offset += whole * this.#entryLength;
    this.#at = 0;
    this.#end = whole * this.#entryLength;
    return whole > 0;
  }

  /** Goes on to the next entry; its fields start at what is returned. */
  next(): number {
    const at = this.#at;
    this.#at += this.#entryLength;
    return at;
  }

  /** The window that `next` points into. */
  get fields(): BoxFields {
    return this.#fields;
  }
}
