import { failureText } from "./failure_text.ts";
import { partName } from "./part_name.ts";

/** A file that is written at once, later: whether it can be is found out at the start. */
export class WholeFile {
  readonly #path: string;
  readonly #force: boolean;

  private constructor(path: string, force: boolean) {
    this.#path = path;
    this.#force = force;
  }

  /**
   * Tries whether the file can be written; it does not come into being.
   *
   * @param force Whether one that is there is replaced.
   * @throws {Error} One sentence for the user.
   */
  static async reserve(path: string, force: boolean): Promise<WholeFile> {
    const file = new WholeFile(path, force);
    try {
      await file.#refuseOld();
      await Deno.writeFile(partName(path), new Uint8Array());
      await Deno.remove(partName(path));
    } catch (error) {
      throw new Error(`Cannot write ${JSON.stringify(path)}: ${failureText(error)}`);
    }
    return file;
  }

  /**
   * Writes it, under another name until it is whole.
   *
   * @returns Why it could not be written, as a sentence.
   */
  async write(content: Uint8Array | string): Promise<string | undefined> {
    const part = partName(this.#path);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    try {
      await Deno.writeFile(part, bytes);
      await this.#refuseOld();
      await Deno.rename(part, this.#path);
      return undefined;
    } catch (error) {
      await Deno.remove(part).catch(() => {}); // it may not have come into being
      return `Cannot write ${JSON.stringify(this.#path)}: ${failureText(error)}`;
    }
  }

  async #refuseOld(): Promise<void> {
    const there = await Deno.stat(this.#path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    if (there?.isDirectory) throw new Error("it is a folder");
    if (there !== undefined && !this.#force) {
      throw new Error("it is there already (--force overwrites it)");
    }
  }
}
