// Made by `deno task page` from lib/page/; change it there.
const SCHEMES = [
"(prefers-color-scheme: dark)",
"(forced-colors: active)"
];
export function chartLook(element) {
const style = getComputedStyle(element);
return {
fontSize: Math.round(Number.parseFloat(style.fontSize)),
fontFamily: style.fontFamily,
text: style.getPropertyValue("--soft"),
grid: style.getPropertyValue("--grid"),
line: style.getPropertyValue("--line"),
fill: style.getPropertyValue("--fill")
};
}
export function onSchemeChange(changed) {
for (const scheme of SCHEMES)matchMedia(scheme).addEventListener("change", changed);
}
