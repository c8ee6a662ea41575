import type { WindowMessage, WindowRequest } from "../web/window_messages.ts";
import type { WindowPicture } from "../web/window_picture.ts";
import { parsePicture } from "./parse_picture.ts";

/** How long to wait before a lost client is tried again. */
const RETRY_MS = 1000;

/** Who hears the client. */
export interface PlayerLinkOptions {
  message(message: WindowMessage): void;
  /** A frame; the next comes when this has been drawn. */
  picture(picture: WindowPicture): Promise<void>;
  /** The client is heard, or no more. */
  changed(isOpen: boolean): void;
}

/** The page's connection to the client; made again when it is lost. */
export class PlayerLink {
  readonly #options: PlayerLinkOptions;
  #socket: WebSocket | undefined;

  /** Connects at once. */
  constructor(options: PlayerLinkOptions) {
    this.#options = options;
    this.#open();
  }

  /** Asks the client for something; nothing while there is none. */
  send(request: WindowRequest): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify(request));
  }

  #open(): void {
    const socket = new WebSocket(new URL("/live", location.href.replace(/^http/, "ws")));
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("open", () => this.#options.changed(true));
    socket.addEventListener("close", () => {
      this.#options.changed(false);
      setTimeout(() => this.#open(), RETRY_MS);
    });
    socket.addEventListener("message", ({ data }) => void this.#take(data));
  }

  async #take(data: unknown): Promise<void> {
    if (typeof data === "string") return this.#options.message(JSON.parse(data));
    if (!(data instanceof ArrayBuffer)) return;
    try {
      await this.#options.picture(parsePicture(data));
    } finally {
      this.send({ kind: "drawn" });
    }
  }
}
