import type { WindowLine } from "../web/window_messages.ts";
import { byId, make } from "./elements.ts";
import { rawMessage } from "./raw_message.ts";

/** Entries that are shown; older ones go. */
const MOST_SHOWN = 300;

/** How far from its end the list still counts as being at it, in CSS pixels. */
const NEAR = 40;

const NAMES: Readonly<Record<WindowLine["from"], string>> = {
  client: "C:",
  server: "S:",
  note: "",
  warning: "Warning:",
};

/** What client and server say, the newest last; it follows the newest unless it was scrolled back. */
export class Conversation {
  readonly #box = byId("log", HTMLElement);
  #newest = 0;

  /** Adds an entry, unless it is there. */
  add({ id, from, text, octets }: WindowLine): void {
    if (id <= this.#newest) return;
    this.#newest = id;
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    this.#box.append(make("li", {
      class: from,
      children: [
        make("span", { class: "who", text: NAMES[from] }),
        make("span", { class: "message", text }),
        ...octets === undefined ? [] : [rawMessage(id, octets)],
      ],
    }));
    if (this.#box.children.length > MOST_SHOWN) this.#box.firstElementChild?.remove();
    if (isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** The client was started anew: its entries count from 1 again. */
  clear(): void {
    this.#newest = 0;
    this.#box.replaceChildren();
  }
}
