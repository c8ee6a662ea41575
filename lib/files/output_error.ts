/** What is to be written cannot be: found before anything was; one sentence for the user. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}
