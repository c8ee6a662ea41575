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

/** How far arrow keys go in the movie, in seconds. */
const JUMPS = new Map([["ArrowLeft", -5], ["ArrowRight", 5]]);

/** The exercise's window: shows what the client tells, and asks it for what is pressed. */
class PlayerPage {
  readonly #picture = new PlayerPicture();
  readonly #figures = new PlayerFigures();
  readonly #conversation = new Conversation();
  readonly #connection = byId("connection", HTMLElement);
  readonly #problem = byId("problem", HTMLElement);
  readonly #diagram = byId("diagram", HTMLElement);
  readonly #stateText = byId("state-text", HTMLElement);
  readonly #keys = byId("keys", HTMLInputElement);
  readonly #place = new PlayerPlace((request) => this.#link.send(request));
  readonly #impairment = new PlayerImpairment((request) => this.#link.send(request));
  readonly #buttons = new Map<ButtonKind, HTMLButtonElement>();
  readonly #link: PlayerLink;
  #count: 3 | 4 = 4;
  #state: WindowState = "init";
  #hasEnded = false;
  #isOpen = false;
  /** What went wrong last; empty where it goes on. */
  #sentence = "";

  constructor() {
    this.#link = new PlayerLink({
      message: (message) => this.#take(message),
      picture: async (picture) => {
        await this.#picture.show(picture);
        this.#place.showFrame(picture.positionSeconds);
      },
      changed: (isOpen) => this.#setOpen(isOpen),
    });
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #take(message: WindowMessage): void {
    switch (message.kind) {
      case "hello":
        document.title = `${message.source} – Zoetrope player`;
        setText(byId("about", HTMLElement), `${message.source} · version ${message.version}`);
        this.#conversation.clear();
        this.#makeButtons(message.buttons);
        return;
      case "state":
        this.#state = message.state;
        this.#hasEnded = message.hasEnded;
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
    const text = isOpen ? "Connected" : "The client has ended; waiting for it…";
    setText(this.#connection, text);
    this.#connection.dataset["state"] = isOpen ? "live" : "lost";
    this.#showState();
  }

  #showState(): void {
    this.#diagram.dataset["state"] = this.#state;
    const atEnd = this.#hasEnded ? ", end of stream" : "";
    setText(this.#stateText, `State: ${this.#state.toUpperCase()}${atEnd}`);
    setText(this.#problem, problemText(this.#sentence, this.#state, this.#count));
    for (const [kind, button] of this.#buttons) {
      button.disabled = !this.#isOpen || !isAllowed(kind, this.#state, this.#count);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
    if (ctrlKey || metaKey || altKey || !this.#keys.checked || takesLetters(target)) return;
    const jump = JUMPS.get(key);
    if (jump !== undefined && !movesByArrows(target)) return this.#place.jump(jump);
    // Space presses the button that has the focus.
    if (repeat || key === " " && target instanceof HTMLButtonElement) return;
    if (key.toLowerCase() === "f") return this.#picture.fillScreen();
    const kind = keyRequest(key, this.#state, this.#count);
    if (key === " ") event.preventDefault();
    if (kind !== undefined) this.#ask(kind);
  }

  #ask(kind: ButtonKind): void {
    this.#place.settle();
    this.#link.send({ kind });
  }
}

/** Whether arrow keys do something of their own there: move the bar, or scroll. */
function movesByArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement ||
    target instanceof HTMLElement && target.hasAttribute("tabindex");
}

function takesLetters(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement ||
    target instanceof HTMLInputElement && target.type !== "range";
}

new PlayerPage();
