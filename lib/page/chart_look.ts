import type { ChartLook } from "./chart_options.ts";

/** What changes the colours of the style sheet while the page is open. */
const SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/** What the style sheet says now: the custom properties are registered there, so it gives colours. */
export function chartLook(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element);
  return {
    fontSize: Math.round(Number.parseFloat(style.fontSize)),
    fontFamily: style.fontFamily,
    text: style.getPropertyValue("--soft"),
    grid: style.getPropertyValue("--grid"),
    line: style.getPropertyValue("--line"),
    fill: style.getPropertyValue("--fill"),
  };
}

/** Calls this whenever the colours may be others than before. */
export function onSchemeChange(changed: () => void): void {
  for (const scheme of SCHEMES) matchMedia(scheme).addEventListener("change", changed);
}
