import { keyedChanges } from "./keyed_changes.ts";

/** How the items of a list become elements. */
export interface KeyedListOptions<Item> {
  /** Tells items apart, for as long as they are the same. */
  key(item: Item): string;
  /** A new element for an item; `update` follows. */
  create(item: Item): HTMLElement;
  /** Shows what an item is now. */
  update(element: HTMLElement, item: Item): void;
  /** The element is shown no longer. */
  removed?(element: HTMLElement): void;
}

/** Keeps a parent's children in step with a list; those that stay are changed, not made anew. */
export class KeyedList<Item> {
  readonly #parent: HTMLElement;
  readonly #options: KeyedListOptions<Item>;
  readonly #elements = new Map<string, HTMLElement>();
  #keys: readonly string[] = [];

  constructor(parent: HTMLElement, options: KeyedListOptions<Item>) {
    this.#parent = parent;
    this.#options = options;
  }

  /** Shows these items, in this order. */
  show(items: readonly Item[]): void {
    const { key, create, update, removed } = this.#options;
    const byKey = new Map(items.map((item) => [key(item), item]));
    const keys = [...byKey.keys()];
    for (const change of keyedChanges(this.#keys, keys)) {
      const known = this.#elements.get(change.key);
      if (change.kind === "remove") {
        known?.remove();
        this.#elements.delete(change.key);
        if (known !== undefined) removed?.(known);
        continue;
      }
      const item = byKey.get(change.key);
      if (item === undefined) throw new TypeError("A place was given to what is not there");
      const element = known ?? create(item);
      this.#elements.set(change.key, element);
      const before = change.before === undefined ? null : this.#elements.get(change.before) ?? null;
      this.#parent.insertBefore(element, before);
    }
    this.#keys = keys;
    for (const [name, item] of byKey) {
      const element = this.#elements.get(name);
      if (element !== undefined) update(element, item);
    }
  }
}
