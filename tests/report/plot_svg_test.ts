import { assertEquals } from "@std/assert";
import { PAGE_STYLE } from "../../lib/report/page_style.ts";
import type { Plot } from "../../lib/report/plot.ts";
import { describePlot, plotSvg } from "../../lib/report/plot_svg.ts";

const PLOT: Plot = {
  title: "Loss",
  unit: "packets",
  colour: "red",
  kind: "bars",
  values: [2, 1, 3],
  stepSeconds: 1,
  endSeconds: 2.5,
};

/** From 0 s to 2.5 s; the plot is 494 wide, so a second takes 197.6. */
const [LEFT, RIGHT] = [52, 546];

/** Where the path of the series goes on its way, in pixels from the left. */
function places(plot: Plot): number[] {
  const path = plotSvg(plot, PAGE_STYLE).split(" d=").at(-1) ?? "";
  return [...path.matchAll(/[ML](\d+(?:\.\d+)?),|H(\d+(?:\.\d+)?)/g)]
    .map(([, point, across]) => Number(point ?? across));
}

Deno.test("plotSvg() draws the last bar as wide as its step is long", () => {
  assertEquals(places(PLOT), [53, 248.6, 250.6, 446.2, 448.2, RIGHT - 1]);
});

Deno.test("plotSvg() ends a line where the last step ends", () => {
  const line = places({ ...PLOT, kind: "line" });
  assertEquals([line[0], line.at(-1)], [LEFT, RIGHT]);
});

Deno.test("plotSvg() holds a value to the end of its step where none follows", () => {
  const line = places({ ...PLOT, kind: "line", values: [2, null, null] });
  assertEquals([line[0], line.at(-1)], [LEFT, 249.6]);
});

Deno.test("describePlot() tells the true length", () => {
  assertEquals(describePlot(PLOT), "Loss in packets over 2.5 s: 1 to 3");
});
