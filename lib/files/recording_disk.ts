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
    let at = 0;
    return {
      async write(writes) {
        for (const { offset, bytes } of writes) {
          if (offset !== at) await file.seek(offset, Deno.SeekMode.Start);
          at = -1; // where it stands after a failure, nobody knows
          for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
          at = offset + bytes.length;
        }
      },
      truncate: (length) => file.truncate(length),
      close: () => file.close(),
    };
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
