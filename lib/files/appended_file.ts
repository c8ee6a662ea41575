import { BoundedQueue } from "./bounded_queue.ts";
import { failureText } from "./failure_text.ts";
import { partName } from "./part_name.ts";
import { type DiskFile, REAL_DISK } from "./recording_disk.ts";

/** Pieces that may wait for the disk. */
const MOST_WAITING = 10_000;

/** A file that grows piece by piece, whoever brings them is never held up. */
export class AppendedFile {
  readonly #path: string;
  readonly #force: boolean;
  readonly #file: DiskFile;
  readonly #queue: BoundedQueue<Uint8Array>;
  #end = 0;
  #dropped = 0;
  #problem: string | undefined;

  private constructor(path: string, force: boolean, file: DiskFile) {
    this.#path = path;
    this.#force = force;
    this.#file = file;
    this.#queue = new BoundedQueue(MOST_WAITING, (bytes) => this.#write(bytes));
  }

  /**
   * Begins the file, under another name until it is closed.
   *
   * @param force Whether one that is there is replaced.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string, force: boolean): Promise<AppendedFile> {
    try {
      if (!force && await REAL_DISK.exists(path)) {
        throw new Error("it is there already (--force overwrites it)");
      }
      return new AppendedFile(path, force, await REAL_DISK.create(partName(path)));
    } catch (error) {
      throw new Error(`Cannot write ${JSON.stringify(path)}: ${failureText(error)}`);
    }
  }

  /**
   * The next piece, written when the disk gets to it.
   *
   * @param bytes Nobody changes them.
   */
  append(bytes: Uint8Array): void {
    if (this.#problem === undefined && !this.#queue.offer(bytes)) this.#dropped++;
  }

  /**
   * Writes what still waits, and gives the file its name. To be called once, last.
   *
   * @returns What could not be written, as a sentence.
   */
  async close(): Promise<string | undefined> {
    await this.#queue.drained();
    this.#file.close();
    try {
      if (!this.#force && await REAL_DISK.exists(this.#path)) {
        throw new Error(`it is there already; what was written is in ${partName(this.#path)}`);
      }
      await REAL_DISK.rename(partName(this.#path), this.#path);
    } catch (error) {
      this.#problem ??= failureText(error);
    }
    const why = this.#problem ??
      (this.#dropped > 0 ? `the disk was too slow for ${this.#dropped} pieces` : undefined);
    return why && `Cannot write all of ${JSON.stringify(this.#path)}: ${why}`;
  }

  /** Gives it up before anything has come: nothing is left of it. */
  async discard(): Promise<void> {
    await this.#queue.drained();
    this.#file.close();
    await REAL_DISK.remove(partName(this.#path)).catch(() => {}); // somebody else has removed it
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#problem !== undefined) return;
    try {
      await this.#file.write([{ offset: this.#end, bytes }]);
      this.#end += bytes.length;
    } catch (error) {
      this.#problem = failureText(error);
      await this.#file.truncate(this.#end).catch(() => {}); // then the last piece is not whole
    }
  }
}
