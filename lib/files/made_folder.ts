/** A folder that is there, or was made; one that nothing came into can be taken away again. */
export class MadeFolder {
  /** Those that were made, the innermost first. */
  readonly #made: readonly string[];

  private constructor(made: readonly string[]) {
    this.#made = made;
  }

  /**
   * Makes a folder where it is missing, and those that it is to be in.
   *
   * @throws {Error} The file system's.
   */
  static async make(path: string): Promise<MadeFolder> {
    const made: string[] = [];
    await make(path, made);
    return new MadeFolder(made);
  }

  /** Removes what was made, as far as it is empty. */
  async removeIfEmpty(): Promise<void> {
    for (const path of this.#made) {
      try {
        await Deno.remove(path);
      } catch {
        return; // something is in it, also by others, or somebody has removed it
      }
    }
  }
}

async function make(path: string, made: string[]): Promise<void> {
  try {
    await Deno.mkdir(path);
    made.unshift(path);
  } catch (error) {
    const isThere = await Deno.stat(path).then((entry) => entry.isDirectory, () => false);
    if (isThere) return;
    const parent = parentOf(path);
    if (!(error instanceof Deno.errors.NotFound) || parent === undefined) throw error;
    await make(parent, made);
    await make(path, made);
  }
}

/** `undefined` where the path names none. */
function parentOf(path: string): string | undefined {
  const parent = /^(.*[^/\\])[/\\]+[^/\\]+[/\\]*$/.exec(path)?.[1];
  return parent === path ? undefined : parent;
}
