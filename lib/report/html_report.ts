import { escapeMarkup } from "./escape_markup.ts";
import { formatReportDate } from "./format_report_date.ts";
import { PAGE_STYLE } from "./page_style.ts";
import type { Plot } from "./plot.ts";
import { describePlot, PLOT_SIZE, plotSvg } from "./plot_svg.ts";
import { REPORT_CSS } from "./report_css.ts";
import { keyFigures, reportFigures } from "./report_figures.ts";
import { reportPlots } from "./report_plots.ts";
import type { ReportSubject } from "./report_subject.ts";

/**
 * A report of a play as one page that needs nothing else: no script, no font, no picture from elsewhere.
 * It is light or dark as its reader likes it, and light on paper.
 */
export function htmlReport(subject: ReportSubject): string {
  const { source, product, sentence, outcome, startedUnixMs, verdict } = subject;
  const title = `${source}: report of a play`;
  const plots = reportPlots(subject);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escapeMarkup(product)}">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>
${REPORT_CSS}</style>
</head>
<body>
<main>
<header>
<p class="eyebrow">Report of a play, ${escapeMarkup(formatReportDate(startedUnixMs))}</p>
<h1>${escapeMarkup(source)}</h1>
<p class="outcome ${outcome}">${escapeMarkup(sentence)}.</p>
${verdict === undefined ? "" : verdictBadge(verdict)}</header>
<dl class="tiles">
${keyFigures(subject).map(({ name, value }) => tile(name, value)).join("")}</dl>
${plots.length === 0 ? "" : plotSection(plots)}<section>
<h2>All figures</h2>
<table>
<thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${reportFigures(subject).map(row).join("")}</tbody>
</table>
</section>
<footer>Made by ${
    escapeMarkup(product)
  }. Times are UTC; plots are over playing time, pauses left out.</footer>
</main>
</body>
</html>
`;
}

function verdictBadge({ passed, sentence }: NonNullable<ReportSubject["verdict"]>): string {
  return `<p class="verdict ${passed ? "passed" : "failed"}">${escapeMarkup(sentence)}.</p>\n`;
}

function tile(name: string, value: string): string {
  return `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd></div>\n`;
}

function plotSection(plots: readonly Plot[]): string {
  const { width, height } = PLOT_SIZE;
  const figures = plots.map((plot) =>
    `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${describePlot(plot)}">` +
    `${plotSvg(plot, PAGE_STYLE)}</svg></figure>\n`
  );
  return `<section>\n<h2>Over time</h2>\n<div class="plots">\n${
    figures.join("")
  }</div>\n</section>\n`;
}

function row({ name, value, meaning }: ReturnType<typeof reportFigures>[number]): string {
  return `<tr><th scope="row">${escapeMarkup(name)}</th><td>${escapeMarkup(value)}</td>` +
    `<td>${escapeMarkup(meaning)}</td></tr>\n`;
}
