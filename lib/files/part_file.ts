import type { FileWrite } from "../movie/file_write.ts";
import { partName } from "./part_name.ts";

/** A file under a passing name, until it is whole. */
export class PartFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: Deno.FsFile;
  #offset = 0;
  #open = true;

  private constructor(path: string, part: string, file: Deno.FsFile) {
    this.#path = path;
    this.#part = part;
    this.#file = file;
  }

  /** @param path The name that the file gets in the end. */
  static async create(path: string): Promise<PartFile> {
    const part = partName(path);
    const file = await Deno.open(part, { write: true, create: true, truncate: true });
    return new PartFile(path, part, file);
  }

  /** Writes bytes at their places. */
  async write(writes: readonly FileWrite[]): Promise<void> {
    for (const { offset, bytes } of writes) {
      if (offset !== this.#offset) await this.#file.seek(offset, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) at += await this.#file.write(bytes.subarray(at));
      this.#offset = offset + bytes.length;
    }
  }

  /** Appends bytes to what was written last. */
  append(bytes: Uint8Array): Promise<void> {
    return this.write([{ offset: this.#offset, bytes }]);
  }

  /** Gives the file its name, in place of any that has it. */
  async commit(): Promise<void> {
    this.#close();
    await Deno.rename(this.#part, this.#path);
  }

  /** Removes the file, if it has not got its name. */
  async discard(): Promise<void> {
    this.#close();
    await Deno.remove(this.#part).catch(() => {}); // it has got its name
  }

  #close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }
}
