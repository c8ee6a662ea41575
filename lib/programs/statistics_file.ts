import { failureText } from "../files/failure_text.ts";
import { printText } from "../command_line/print_text.ts";

/** Where statistics go: a file, or standard output. */
export class StatisticsFile {
  readonly #path: string;
  readonly #file: Deno.FsFile | typeof Deno.stdout;
  /** Whether it came into being here. */
  readonly #isNew: boolean;

  private constructor(path: string, file: Deno.FsFile | typeof Deno.stdout, isNew: boolean) {
    this.#path = path;
    this.#file = file;
    this.#isNew = isNew;
  }

  /**
   * @param path `-` is standard output. A file that is there already is emptied.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string): Promise<StatisticsFile> {
    if (path === "-") return new StatisticsFile(path, Deno.stdout, false);
    try {
      const file = await openNew(path);
      if (file !== undefined) return new StatisticsFile(path, file, true);
      const old = await Deno.open(path, { write: true, create: true, truncate: true });
      return new StatisticsFile(path, old, false);
    } catch (error) {
      throw new Error(sentence(path, error));
    }
  }

  /** @returns Why they could not be written, as a sentence. */
  write(text: string): string | undefined {
    try {
      printText(this.#file, text);
      return undefined;
    } catch (error) {
      return sentence(this.#path, error);
    }
  }

  /** To be called last; standard output stays open. */
  close(): void {
    if (this.#file instanceof Deno.FsFile) this.#file.close();
  }

  /** Gives it up before anything was written: a file that came into being here goes. */
  async discard(): Promise<void> {
    this.close();
    if (!this.#isNew) return;
    await Deno.remove(this.#path).catch(() => {}); // somebody else has removed it
  }
}

/** `undefined` where there is something of that name. */
async function openNew(path: string): Promise<Deno.FsFile | undefined> {
  try {
    return await Deno.open(path, { write: true, createNew: true });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    throw error;
  }
}

function sentence(path: string, error: unknown): string {
  return `Cannot write statistics to ${JSON.stringify(path)}: ${failureText(error)}`;
}
