import type { FileWrite } from "../movie/file_write.ts";

/** A file that is being recorded into. */
export interface DiskFile {
  write(writes: readonly FileWrite[]): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): void;
}

/** What of a file system a recorder uses; tests have one that fills up. */
export interface RecordingDisk {
  /** A new file, or an old one without its content. */
  create(path: string): Promise<DiskFile>;
  /** Whether there is something of that name. */
  exists(path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The real one. */
export const REAL_DISK: RecordingDisk = {
  async create(path) {
    const file = await Deno.open(path, { write: true, create: true, truncate: true });
    return new RealFile(file);
  },
  async exists(path) {
    try {
      await Deno.lstat(path);
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  },
  rename: (from, to) => Deno.rename(from, to),
  remove: (path) => Deno.remove(path),
};

/** A write that takes longer was not only memory's: the disk is busy (or the machine very much so). */
const SLOW_MS = 50;
/** For so long after a slow one, writes wait elsewhere. */
const CAREFUL_MS = 10_000;

/**
 * A file that takes writes at once as long as that takes no time, since the system keeps them in memory:
 * a write that is waited for elsewhere costs ten times as much processor time. After one that was slow,
 * they are waited for, so that a busy disk holds nobody up more than once in a while.
 */
class RealFile implements DiskFile {
  readonly #file: Deno.FsFile;
  /** Where it stands; -1 after a failure, when nobody knows. */
  #at = 0;
  #carefulUntilMs = 0;

  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  async write(writes: readonly FileWrite[]): Promise<void> {
    for (const { offset, bytes } of writes) {
      if (offset !== this.#at) await this.#file.seek(offset, Deno.SeekMode.Start);
      this.#at = -1;
      for (let done = 0; done < bytes.length;) {
        const rest = bytes.subarray(done);
        const isCareful = performance.now() < this.#carefulUntilMs;
        done += isCareful ? await this.#file.write(rest) : this.#writeAtOnce(rest);
      }
      this.#at = offset + bytes.length;
    }
  }

  truncate(length: number): Promise<void> {
    return this.#file.truncate(length);
  }

  close(): void {
    this.#file.close();
  }

  #writeAtOnce(bytes: Uint8Array): number {
    const fromMs = performance.now();
    const length = this.#file.writeSync(bytes);
    const nowMs = performance.now();
    if (nowMs - fromMs > SLOW_MS) this.#carefulUntilMs = nowMs + CAREFUL_MS;
    return length;
  }
}
