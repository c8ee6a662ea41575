import type { WindowFigures, WindowMessage, WindowRequest } from "../web/window_messages.ts";
import { copyButton } from "./copy_button.ts";
import { byId, make, setText } from "./elements.ts";
import {
  FAULT_FIELDS,
  type FaultField,
  faultProblem,
  impairmentText,
  impairmentValues,
} from "./impairment_form.ts";

/** How long after the last key a value counts. */
const TYPING_MS = 300;

const OVER_TCP = "Media comes inside the RTSP connection (TCP): there are no datagrams to damage.";

interface Field {
  readonly about: FaultField;
  readonly input: HTMLInputElement;
  readonly problem: HTMLElement;
}

/** A bad network before the receiver: fields that act at once, and the option that does the same. */
export class PlayerImpairment {
  readonly #send: (request: WindowRequest) => void;
  readonly #form = byId("faults", HTMLFieldSetElement);
  readonly #note = byId("faults-note", HTMLElement);
  readonly #text = byId("faults-text", HTMLElement);
  readonly #copy = copyButton("the option", () => this.#text.textContent ?? "");
  readonly #fields: readonly Field[] = FAULT_FIELDS.map((about) => this.#field(about));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (request: WindowRequest) => void) {
    this.#send = send;
    this.#form.prepend(...this.#fields.map(({ about, input, problem }) =>
      make("div", {
        class: "fault",
        children: [
          make("label", {
            text: about.label + (about.unit && ` (${about.unit})`),
            attributes: { for: input.id },
          }),
          input,
          problem,
        ],
      })
    ));
    this.#text.after(this.#copy);
    byId("faults-none", HTMLButtonElement).addEventListener("click", () => {
      this.#show(impairmentValues(""));
      this.#read();
    });
  }

  /** Shows what is in force: other pages change it as well. */
  take({ text, sentence }: Extract<WindowMessage, { kind: "impairment" }>): void {
    setText(this.#text, text === "" ? "" : `--impair ${text}`);
    this.#copy.hidden = text === "";
    setText(this.#note, sentence);
    if (sentence !== "" || this.#form.contains(document.activeElement)) return;
    if (text !== "" || impairmentText((name) => this.#value(name)) !== "") {
      this.#show(impairmentValues(text));
    }
  }

  /** Over TCP there is nothing to damage. */
  show({ transport }: WindowFigures): void {
    const isTcp = transport === "tcp";
    if (isTcp === this.#form.disabled) return;
    this.#form.disabled = isTcp;
    setText(this.#note, isTcp ? OVER_TCP : "");
  }

  #field(about: FaultField): Field {
    const { name, unit, most, usual } = about;
    const id = `fault-${name}`;
    const attributes = {
      ...{ id, type: "number", min: "0", max: String(most), value: usual, autocomplete: "off" },
      step: unit === "" ? "1" : "any",
      "aria-describedby": `${id}-problem`,
    };
    const input = make("input", { attributes });
    const problem = make("p", { class: "problem", attributes: { id: `${id}-problem` } });
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#read(), TYPING_MS);
    });
    return { about, input, problem };
  }

  #value(name: string): string {
    return this.#fields.find(({ about }) => about.name === name)?.input.value ?? "";
  }

  #show(values: ReadonlyMap<string, string>): void {
    for (const { about, input } of this.#fields) input.value = values.get(about.name) ?? "";
  }

  /** Sends what the fields say, unless something is wrong with one of them. */
  #read(): void {
    let isGood = true;
    for (const { about, input, problem } of this.#fields) {
      const sentence = faultProblem(about, input.value);
      setText(problem, sentence);
      input.setAttribute("aria-invalid", String(sentence !== ""));
      if (sentence !== "") isGood = false;
    }
    if (!isGood) return;
    this.#send({ kind: "impair", text: impairmentText((name) => this.#value(name)) });
  }
}
