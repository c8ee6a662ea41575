import { escapeMarkup } from "./escape_markup.ts";
import type { ReportColours, SvgStyle } from "./svg_style.ts";

const NAMES = ["paper", "ink", "pale", "grid", "blue", "green", "red", "amber", "violet", "teal"];

/** For pictures inside of a page, which has the colours and the font. */
export const PAGE_STYLE: SvgStyle = {
  colours: Object.fromEntries(
    NAMES.map((name) => [name, `var(--${name})`]),
  ) as unknown as ReportColours, // NAMES are its keys
  text: (content, { x, y, size, colour, anchor = "start", bold }) => {
    const weight = bold ? ";font-weight:600" : "";
    const style = `fill:${colour};font-size:${size}px${weight}`;
    return `<text x="${x}" y="${y}" text-anchor="${anchor}" style="${style}">${
      escapeMarkup(content)
    }</text>`;
  },
};
