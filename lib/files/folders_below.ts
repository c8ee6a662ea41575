/** Files and folders that are looked at: a media folder may be given by mistake as `/`. */
const MOST_LISTED = 10_000;

/** A folder's files, without links followed. */
export interface FolderContent {
  /** From the folder that was asked for; empty for itself. */
  readonly path: readonly string[];
  /** Names of what is no folder. */
  readonly files: readonly string[];
}

/** A folder and all below it that are not hidden, up to 10,000 entries; links to folders are not followed. */
export async function* foldersBelow(root: string): AsyncGenerator<FolderContent> {
  const folders: string[][] = [[]];
  let left = MOST_LISTED;
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    const files: string[] = [];
    for (const entry of await entriesOf([root, ...path].join("/"), left)) {
      left--;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) folders.push([...path, entry.name]);
      else files.push(entry.name);
    }
    yield { path, files };
    if (left <= 0) return;
  }
}

/** What is in a folder; nothing where it cannot be read. */
async function entriesOf(folder: string, most: number): Promise<Deno.DirEntry[]> {
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entries.length >= most) break;
      entries.push(entry);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return entries;
}
