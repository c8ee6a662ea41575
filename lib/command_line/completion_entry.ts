/** One option as a shell's completion sees it. */
export interface CompletionEntry {
  /** Without the dashes. */
  readonly name: string;
  readonly short: string | undefined;
  readonly help: string;
  /** Whether it may be given several times. */
  readonly repeats: boolean;
  /** `undefined`: it has no value. */
  readonly value:
    | { readonly kind: "words"; readonly words: readonly string[] }
    | { readonly kind: "file" | "folder" | "other" }
    | undefined;
}
