/** The style of the report's page. */
export const REPORT_CSS = `\
:root {
  --paper: #ffffff; --card: #fafafa; --ink: #18181b; --pale: #62626c; --grid: #e4e4e7;
  --blue: #2563eb; --green: #15803d; --red: #dc2626; --amber: #b45309; --violet: #7c3aed; --teal: #0f766e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #18181b; --card: #202024; --ink: #f4f4f5; --pale: #a1a1aa; --grid: #3a3a40;
    --blue: #60a5fa; --green: #4ade80; --red: #f87171; --amber: #fbbf24; --violet: #a78bfa; --teal: #2dd4bf;
  }
}
@media print {
  :root {
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --pale: #444444; --grid: #cccccc;
    --blue: #1d4ed8; --green: #166534; --red: #b91c1c; --amber: #92400e; --violet: #6d28d9; --teal: #115e59;
  }
  figure, tr, .tiles > div { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { margin: 15mm; }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1200px; margin: 0 auto; padding: 40px 24px; }
h1 { margin: 0 0 8px; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; font-size: 18px; }
p { margin: 0; }
.eyebrow { color: var(--pale); font-size: 14px; margin-bottom: 4px; }
.outcome.failed, .outcome.refused { color: var(--red); font-weight: 600; }
.verdict {
  display: inline-block; margin-top: 14px; padding: 8px 14px; border: 1px solid; border-left-width: 6px;
  border-radius: 6px; font-weight: 600;
}
.verdict.passed { color: var(--green); }
.verdict.failed { color: var(--red); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tiles > div { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 12px 16px; }
.tiles dt { color: var(--pale); font-size: 13px; }
.tiles dd { margin: 2px 0 0; font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 12px 14px; }
svg { display: block; width: 100%; height: auto; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--grid); text-align: left; vertical-align: top; }
thead th { color: var(--pale); font-weight: 500; }
tbody th { font-weight: 600; white-space: nowrap; }
td:nth-child(2) { font-variant-numeric: tabular-nums; }
td:nth-child(3) { color: var(--pale); }
footer { margin-top: 32px; color: var(--pale); font-size: 13px; }
@media print {
  main { max-width: none; padding: 0; }
  h2 { margin-top: 20px; break-after: avoid; }
  .tiles { grid-template-columns: repeat(5, 1fr); gap: 8px; margin-top: 16px; }
  .tiles > div { padding: 8px 10px; }
  .tiles dd { font-size: 16px; }
  .plots { grid-template-columns: 1fr 1fr; gap: 10px; }
  table { font-size: 11px; }
  th, td { padding: 3px 10px 3px 0; }
}
@media (max-width: 600px) {
  main { padding: 24px 16px; }
  tr > :nth-child(3) { display: none; }
}
`;
