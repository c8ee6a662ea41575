import { failureText } from "./failure_text.ts";

const ENCODER = new TextEncoder();

/** A table of frames, line by line; the file comes into being with its first line. */
export class FrameTable {
  readonly #path: string;
  readonly #header: string;
  readonly #force: boolean;
  #file: Deno.FsFile | undefined;

  private constructor(path: string, header: string, force: boolean) {
    this.#path = path;
    this.#header = header;
    this.#force = force;
  }

  /**
   * Looks whether it can be written, in a folder that can.
   *
   * @param header The first line.
   * @param force Whether a table that is there already is replaced.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string, header: string, force: boolean): Promise<FrameTable> {
    try {
      (await Deno.open(path, { write: true })).close();
      if (!force) throw new Error("it is there already (--force overwrites it)");
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw new Error(sentence(path, error));
    }
    return new FrameTable(path, header, force);
  }

  /** @throws {Error} One sentence for the user. */
  async append(line: string): Promise<void> {
    try {
      if (this.#file === undefined) {
        const how = this.#force ? { create: true, truncate: true } : { createNew: true };
        this.#file = await Deno.open(this.#path, { write: true, ...how });
        await write(this.#file, this.#header);
      }
      await write(this.#file, line);
    } catch (error) {
      throw new Error(sentence(this.#path, error));
    }
  }

  /** To be called once, last. */
  close(): void {
    this.#file?.close();
  }
}

async function write(file: Deno.FsFile, line: string): Promise<void> {
  const bytes = ENCODER.encode(line);
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

function sentence(path: string, error: unknown): string {
  return `Cannot write ${JSON.stringify(path)}: ${failureText(error)}`;
}
