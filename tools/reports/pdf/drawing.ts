import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { drawnRows } from "../chart.ts";
import type { Section } from "../report.ts";
import { vegaSpec } from "../vega.ts";

const CONFIG = {
  font: "Roboto",
  axis: { labelFontSize: 10, titleFontSize: 10, gridColor: "#dddddd" },
  legend: { labelLimit: 320, labelFontSize: 10, titleFontSize: 10 },
  range: { category: ["#1f6fb2", "#e07b39", "#4c9f70", "#8e6bb0", "#c0504d", "#5b9ba6", "#b8860b", "#7f7f7f"] },
  mark: { color: "#1f6fb2" },
  view: { stroke: null },
};

/** A section's chart as SVG, the one that the page draws; null where it has none or one row only. */
export async function chartSvg(section: Section): Promise<string | null> {
  const { chart } = section;
  if (!chart) return null;
  const rows = drawnRows(section.rows, chart);
  if (rows.length < 2) return null;
  const across = chart.kind === "bar" || chart.kind === "timeline";
  const spec = {
    ...vegaSpec(chart, section.columns, rows),
    width: across ? 420 : 560,
    height: across ? Math.max(90, rows.length * 16) : 190,
    config: CONFIG,
  };
  const view = new View(parse(compile(spec as unknown as TopLevelSpec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
