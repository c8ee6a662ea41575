/** What this process has made: folders beside each other may have one above them in common. */
const MADE = new Set<string>();

/** A folder that is there, or was made; one that nothing came into can be taken away again. */
export class MadeFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Makes a folder where it is missing, and those that it is to be in.
   *
   * @throws {Error} The file system's, or `it is no folder`.
   */
  static async make(path: string): Promise<MadeFolder> {
    await make(path);
    return new MadeFolder(path);
  }

  /** Removes the folder and those that it is in, as far as they were made by this process and are empty. */
  async removeIfEmpty(): Promise<void> {
    for (
      let path: string | undefined = this.#path;
      path !== undefined && MADE.has(path);
      path = parentOf(path)
    ) {
      try {
        await Deno.remove(path);
      } catch {
        return; // something is in it, also by others, or somebody has removed it
      }
      MADE.delete(path);
    }
  }
}

async function make(path: string): Promise<void> {
  try {
    await Deno.mkdir(path);
    MADE.add(path);
  } catch (error) {
    const isThere = await Deno.stat(path).then((entry) => entry.isDirectory, () => false);
    if (isThere) return;
    const parent = parentOf(path);
    if (error instanceof Deno.errors.AlreadyExists) throw new Error("it is no folder");
    if (!(error instanceof Deno.errors.NotFound) || parent === undefined) throw error;
    await make(parent);
    await make(path);
  }
}

/** `undefined` where the path names none. */
function parentOf(path: string): string | undefined {
  return /^(.*[^/\\])[/\\]+[^/\\]+[/\\]*$/.exec(path)?.[1];
}
