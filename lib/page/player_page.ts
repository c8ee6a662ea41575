import type { WindowMessage, WindowState } from "../web/window_messages.ts";
import { Conversation } from "./conversation.ts";
import { byId, make, setText } from "./elements.ts";
import { type ButtonKind, isAllowed, keyRequest, playerButtons } from "./player_buttons.ts";
import { PlayerFigures } from "./player_figures.ts";
import { PlayerImpairment } from "./player_impairment.ts";
import { PlayerLink } from "./player_link.ts";
import { problemText } from "./problem_text.ts";
import { PlayerPlace } from "./player_place.ts";
import { PlayerPicture } from "./player_picture.ts";

/** The exercise's window: shows what the client tells, and asks it for what is pressed. */
class PlayerPage {
  readonly #picture = new PlayerPicture();
  readonly #figures = new PlayerFigures();
  readonly #conversation = new Conversation();
  readonly #connection = byId("connection", HTMLElement);
  readonly #problem = byId("problem", HTMLElement);
  readonly #diagram = byId("diagram", HTMLElement);
  readonly #stateText = byId("state-text", HTMLElement);
  readonly #place = new PlayerPlace((request) => this.#link.send(request));
  readonly #impairment = new PlayerImpairment((request) => this.#link.send(request));
  readonly #buttons = new Map<ButtonKind, HTMLButtonElement>();
  readonly #link: PlayerLink;
  #count: 3 | 4 = 4;
  #state: WindowState = "init";
  #isOpen = false;
  /** What went wrong last; empty where it goes on. */
  #sentence = "";

  constructor() {
    this.#link = new PlayerLink({
      message: (message) => this.#take(message),
      picture: (number, jpeg) => this.#picture.show(number, jpeg),
      changed: (isOpen) => this.#setOpen(isOpen),
    });
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #take(message: WindowMessage): void {
    switch (message.kind) {
      case "hello":
        setText(byId("about", HTMLElement), `${message.source} · version ${message.version}`);
        this.#conversation.clear();
        this.#makeButtons(message.buttons);
        return;
      case "state":
        this.#state = message.state;
        return this.#showState();
      case "line":
        return this.#conversation.add(message.line);
      case "description":
        setText(byId("description", HTMLElement), message.text);
        byId("description-section", HTMLElement).hidden = false;
        return;
      case "figures":
        this.#place.show(message.figures);
        this.#impairment.show(message.figures);
        return this.#figures.show(message.figures);
      case "impairment":
        return this.#impairment.take(message);
      case "problem":
        this.#sentence = message.sentence;
        return this.#showState();
      default:
        message satisfies never;
    }
  }

  #makeButtons(count: 3 | 4): void {
    this.#count = count;
    if (this.#buttons.size > 0) return this.#showState();
    for (const { kind, label, key } of playerButtons(count)) {
      const button = make("button", {
        text: label,
        attributes: { type: "button", "aria-keyshortcuts": key, title: `Key: ${key}` },
        onClick: () => this.#ask(kind),
      });
      this.#buttons.set(kind, button);
      byId("buttons", HTMLElement).append(button);
    }
    this.#showState();
  }

  #setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    const text = isOpen ? "Live" : "The client has ended; waiting for it…";
    setText(this.#connection, text);
    this.#connection.dataset["state"] = isOpen ? "live" : "lost";
    this.#showState();
  }

  #showState(): void {
    this.#diagram.dataset["state"] = this.#state;
    setText(this.#stateText, `State: ${this.#state.toUpperCase()}`);
    setText(this.#problem, problemText(this.#sentence, this.#state, this.#count));
    for (const [kind, button] of this.#buttons) {
      button.disabled = !this.#isOpen || !isAllowed(kind, this.#state, this.#count);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
    if (ctrlKey || metaKey || altKey || repeat || takesLetters(target)) return;
    // Space presses the button that has the focus.
    if (key === " " && target instanceof HTMLButtonElement) return;
    const kind = keyRequest(key, this.#state, this.#count);
    if (key === " ") event.preventDefault();
    if (kind !== undefined) this.#ask(kind);
  }

  #ask(kind: ButtonKind): void {
    this.#place.settle();
    this.#link.send({ kind });
  }
}

function takesLetters(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement ||
    target instanceof HTMLInputElement && target.type !== "range";
}

new PlayerPage();
