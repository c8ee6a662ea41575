import type { FileWrite } from "../../lib/movie/file_write.ts";
import type { DiskFile, RecordingDisk } from "../../lib/files/recording_disk.ts";

/** A disk in memory with so much room, which fails as a real one does when it is full. */
export class SmallDisk implements RecordingDisk {
  readonly files = new Map<string, Uint8Array>();
  /** What each write fails with; for a disk that breaks. */
  failure: Error | undefined;
  readonly #room: number;

  /** @param room For all files together, in bytes. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Names of the files, sorted. */
  get names(): string[] {
    return [...this.files.keys()].sort();
  }

  create(path: string): Promise<DiskFile> {
    this.files.set(path, new Uint8Array());
    return Promise.resolve({
      write: (writes) => this.#write(path, writes),
      truncate: (length) => {
        this.files.set(path, this.#content(path).slice(0, length));
        return Promise.resolve();
      },
      close: () => {},
    });
  }

  exists(path: string): Promise<boolean> {
    return Promise.resolve(this.files.has(path));
  }

  rename(from: string, to: string): Promise<void> {
    this.files.set(to, this.#content(from));
    this.files.delete(from);
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    this.files.delete(path);
    return Promise.resolve();
  }

  #content(path: string): Uint8Array {
    const content = this.files.get(path);
    if (content === undefined) throw new Deno.errors.NotFound(path);
    return content;
  }

  #write(path: string, writes: readonly FileWrite[]): Promise<void> {
    for (const { offset, bytes } of writes) {
      if (this.failure !== undefined) return Promise.reject(this.failure);
      const before = this.#content(path);
      const used = [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
      const growth = Math.max(0, offset + bytes.length - before.length);
      const fits = Math.min(growth, this.#room - used);
      const after = new Uint8Array(before.length + fits);
      after.set(before);
      after.set(bytes.subarray(0, Math.max(0, after.length - offset)), offset);
      this.files.set(path, after);
      if (fits < growth) {
        const full = new Error("No space left on device (os error 28)");
        return Promise.reject(Object.assign(full, { code: "ENOSPC" }));
      }
    }
    return Promise.resolve();
  }
}
