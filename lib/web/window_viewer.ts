import type { WindowMessage } from "./window_messages.ts";

/** What a viewer needs of its connection. */
export interface ViewerSocket {
  send(data: string | Uint8Array): void;
  /** What waits to be sent, in bytes. */
  readonly bufferedAmount: number;
}

/** What may wait for a page that takes nothing; what is more is not sent. */
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
  #hasMissed = false;

  constructor(socket: ViewerSocket) {
    this.#socket = socket;
  }

  /** Pictures that it never got. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Sends a message, unless too much waits already; returns at once. */
  tell(message: WindowMessage): void {
    if (this.#isFull) this.#hasMissed = true;
    else this.#socket.send(JSON.stringify(message));
  }

  /** Whether it has missed messages and takes some again: then it is to be told everything anew, once. */
  takeHasMissed(): boolean {
    const isBack = this.#hasMissed && this.#socket.bufferedAmount === 0;
    if (isBack) this.#hasMissed = false;
    return isBack;
  }

  /** A picture has come: a binary message. */
  show(picture: Uint8Array): void {
    if (this.#isDrawing || this.#isFull) {
      if (this.#newest !== undefined) this.#skipped++;
      this.#newest = picture;
      return;
    }
    this.#isDrawing = true;
    this.#newest = undefined; // one that had to wait is older
    this.#socket.send(picture);
  }

  /** The page has drawn what it got. */
  drawn(): void {
    this.#isDrawing = false;
    const next = this.#newest;
    this.#newest = undefined;
    if (next !== undefined) this.show(next);
  }

  get #isFull(): boolean {
    return this.#socket.bufferedAmount > MOST_WAITING_OCTETS;
  }
}
