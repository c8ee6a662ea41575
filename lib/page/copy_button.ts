import { make, setText } from "./elements.ts";

/** How long a button says that it did it. */
const SAID_MS = 2000;

/**
 * A button that copies a text.
 *
 * @param what What the text is, for those who do not see it beside the button.
 * @param text Asked for when the button is pressed.
 */
export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const said = make("span", { text: "Copy" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (words: string) => {
    setText(said, words);
    clearTimeout(timer);
    timer = setTimeout(() => setText(said, "Copy"), SAID_MS);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      say("Copied");
    } catch {
      say("Select it"); // no clipboard without https, or not allowed
    }
  };
  const hidden = make("span", { class: "visually-hidden", text: ` ${what}` });
  return make("button", {
    class: "small",
    attributes: { type: "button" },
    children: [said, hidden],
    onClick: () => void copy(),
  });
}
