/** Keys pressed on the terminal, one by one, without Enter; the terminal is as before after `close()`. */
export class ClientKeys {
  #closed = false;

  private constructor() {}

  /**
   * Starts to read where standard input is a terminal.
   *
   * @param pressed Called with each character.
   * @returns `undefined` where standard input is none: then nothing is read.
   */
  static start(pressed: (key: string) => void): ClientKeys | undefined {
    if (!Deno.stdin.isTerminal()) return undefined;
    const keys = new ClientKeys();
    // cbreak: Ctrl-C stays a signal. Windows has no such mode.
    Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
    keys.#read(pressed);
    return keys;
  }

  /** Gives the terminal back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    Deno.stdin.setRaw(false);
  }

  async #read(pressed: (key: string) => void): Promise<void> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(64);
    for (;;) {
      const length = await Deno.stdin.read(buffer);
      if (length === null || this.#closed) return;
      const text = decoder.decode(buffer.subarray(0, length), { stream: true });
      for (const key of text) pressed(key);
    }
  }
}
