// Made by `deno task page` from lib/page/; change it there.
export function make(tag, { class: className, text, attributes = {}, children = [], onClick } = {}) {
const element = document.createElement(tag);
if (className !== undefined) element.className = className;
if (text !== undefined) element.textContent = text;
for (const [name, value] of Object.entries(attributes))element.setAttribute(name, value);
element.append(...children);
if (onClick !== undefined) element.addEventListener("click", onClick);
return element;
}
export function byId(id, kind) {
const element = document.getElementById(id);
if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} "${id}"`);
return element;
}
export function setText(element, text) {
if (element.textContent !== text) element.textContent = text;
}
