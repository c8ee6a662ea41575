import type { WindowMessage } from "./window_messages.ts";

/** What a viewer needs of its connection. */
export interface ViewerSocket {
  send(data: string | Uint8Array): void;
  /** What waits to be sent, in bytes. */
  readonly bufferedAmount: number;
}

/** Text that may wait for a page that takes none; what is more is not sent. */
const MOST_WAITING_OCTETS = 1 << 20;

/**
 * One page that looks on. It gets a picture when it has drawn the one before, and then the newest: a slow
 * page loses pictures, and holds up nobody.
 */
export class WindowViewer {
  readonly #socket: ViewerSocket;
  #newest: Uint8Array | undefined;
  #isDrawing = false;
  #skipped = 0;

  constructor(socket: ViewerSocket) {
    this.#socket = socket;
  }

  /** Pictures that it never got. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Sends a message; returns at once. */
  tell(message: WindowMessage): void {
    if (this.#socket.bufferedAmount > MOST_WAITING_OCTETS) return;
    this.#socket.send(JSON.stringify(message));
  }

  /** A picture has come: a binary message. */
  show(picture: Uint8Array): void {
    if (this.#isDrawing) {
      if (this.#newest !== undefined) this.#skipped++;
      this.#newest = picture;
      return;
    }
    this.#isDrawing = true;
    this.#socket.send(picture);
  }

  /** The page has drawn what it got. */
  drawn(): void {
    this.#isDrawing = false;
    const next = this.#newest;
    this.#newest = undefined;
    if (next !== undefined) this.show(next);
  }
}
