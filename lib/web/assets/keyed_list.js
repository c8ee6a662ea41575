// Made by `deno task page` from lib/page/; change it there.
import { keyedChanges } from "./keyed_changes.js";
export class KeyedList {
#parent;
#options;
#elements = new Map();
#keys = [];
constructor(parent, options){
this.#parent = parent;
this.#options = options;
}
show(items) {
const { key, create, update, removed } = this.#options;
const byKey = new Map(items.map((item)=>[
key(item),
item
]));
const keys = [
...byKey.keys()
];
for (const change of keyedChanges(this.#keys, keys)){
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
for (const [name, item] of byKey){
const element = this.#elements.get(name);
if (element !== undefined) update(element, item);
}
}
}
