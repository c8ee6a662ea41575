import { printText } from "../command_line/print_text.ts";
import { failureText } from "../files/failure_text.ts";
import { WholeFile } from "../files/whole_file.ts";

type Stream = Deno.FsFile | typeof Deno.stdout;

/** Where statistics go: a file, standard output, or a pipe or device. */
export class StatisticsFile {
  readonly #path: string;
  readonly #to: WholeFile | Stream;

  private constructor(path: string, to: WholeFile | Stream) {
    this.#path = path;
    this.#to = to;
  }

  /**
   * Tries whether they can be written. A file that is there keeps what is in it until `write()` takes its
   * place: who reads it again and again never sees half of it.
   *
   * @param path `-` is standard output.
   * @throws {Error} One sentence for the user.
   */
  static async open(path: string): Promise<StatisticsFile> {
    if (path === "-") return new StatisticsFile(path, Deno.stdout);
    const there = await Deno.stat(path).catch(() => undefined);
    if (there === undefined || there.isFile || there.isDirectory) {
      return new StatisticsFile(path, await WholeFile.reserve(path, true));
    }
    try {
      return new StatisticsFile(path, await Deno.open(path, { write: true }));
    } catch (error) {
      throw new Error(sentence(path, error));
    }
  }

  /** @returns Why they could not be written, as a sentence. */
  async write(text: string): Promise<string | undefined> {
    if (this.#to instanceof WholeFile) return await this.#to.write(text);
    try {
      printText(this.#to, text);
      return undefined;
    } catch (error) {
      return this.#to === Deno.stdout
        ? `Cannot write to standard output: ${failureText(error)}`
        : sentence(this.#path, error);
    }
  }

  /** To be called last, also where nothing was written; standard output stays open. */
  close(): void {
    if (this.#to instanceof Deno.FsFile) this.#to.close();
  }

  /** Gives it up before anything was written: nothing has come into being. */
  discard(): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

function sentence(path: string, error: unknown): string {
  return `Cannot write ${JSON.stringify(path)}: ${failureText(error)}`;
}
