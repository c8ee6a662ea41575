/** A regular file, or a folder, below the media folder. */
export interface FoundFile {
  /** Its name below the folder, with `/`. */
  readonly name: string;
  /** Without symbolic links. */
  readonly path: string;
  readonly info: Deno.FileInfo;
}
