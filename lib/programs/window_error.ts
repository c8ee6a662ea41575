/** The window cannot be had: its message is a sentence for the user. */
export class WindowError extends Error {
  override readonly name = "WindowError";
}
