import type { LogLine } from "../web/log_line.ts";
import { byId, make, setText } from "./elements.ts";
import { KeyedList } from "./keyed_list.ts";
import { type LineFilter, shownLines } from "./shown_lines.ts";

/** How far from its end a log still counts as being at it, in CSS pixels. */
const NEAR = 40;

/** Of a session's id: enough to tell sessions apart by eye. */
const SHOWN_ID_LENGTH = 8;

/** The log, the newest line last; it follows the newest unless it was scrolled back. */
export class LogList {
  readonly #box = byId("log", HTMLElement);
  readonly #filter = byId("log-filter", HTMLSelectElement);
  readonly #search = byId("log-search", HTMLInputElement);
  readonly #note = byId("log-note", HTMLElement);
  readonly #list: KeyedList<LogLine>;
  #lines: readonly LogLine[] = [];

  constructor() {
    this.#list = new KeyedList(this.#box, {
      key: ({ id }) => String(id),
      create: (line) => row(line),
      update() {}, // a line never changes
    });
    for (const field of [this.#filter, this.#search]) {
      field.addEventListener("input", () => this.show(this.#lines));
    }
  }

  /** Shows these lines, or those of them that are asked for. */
  show(lines: readonly LogLine[]): void {
    this.#lines = lines;
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    const shown = shownLines(lines, filterOf(this.#filter.value), this.#search.value);
    this.#list.show(shown);
    setText(this.#note, shown.length === 0 ? "No lines." : "");
    if (isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }
}

function filterOf(value: string): LineFilter {
  return value === "warnings" || value === "errors" ? value : "all";
}

function row({ atUnixMs, level, peer, session, message }: LogLine): HTMLElement {
  const date = new Date(atUnixMs);
  const time = make("time", {
    text: date.toLocaleTimeString(),
    attributes: { datetime: date.toISOString() },
  });
  const short = session === null ? "" : session.slice(0, SHOWN_ID_LENGTH);
  const who = [peer, session === null ? null : `[${short}]`].filter((part) => part !== null);
  return make("li", {
    class: level,
    children: [
      time,
      make("span", { class: "level", text: level }),
      make("span", { class: "who", text: who.join(" ") }),
      make("span", { class: "message", text: message }),
    ],
  });
}
