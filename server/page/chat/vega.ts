import type { Result, VisualizationSpec } from "vega-embed";
import { colourOf } from "../parts/colour.ts";

/** Draws a chart into an element. The drawing library is large, so it is fetched with the first chart that comes into view. */
export async function drawChart(canvas: HTMLElement, spec: Readonly<Record<string, unknown>>): Promise<Result> {
  const { default: embed } = await import("vega-embed");
  const simple = !["facet", "hconcat", "vconcat", "concat", "repeat"].some((part) => part in spec);
  return embed(
    canvas,
    {
      ...(simple ? { width: "container", autosize: { type: "fit-x", contains: "padding" } } : {}),
      ...inked(spec),
      background: "transparent",
      config: { ...theme(), ...(spec.config as object | undefined) },
    } as VisualizationSpec,
    // It warns of every chart whose height follows from its rows; only errors are of interest.
    // Expressions are interpreted, not compiled: the page's policy forbids eval.
    { ast: true, logLevel: 1, renderer: "svg", actions: false },
  );
}

/** Marks that are to stand out are "black" in a chart; on a dark page that is the colour of the text. */
function inked(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ink = colourOf("--ink");
  return JSON.parse(JSON.stringify(spec), (key, value) => (key === "color" && value === "black" ? ink : value));
}

function theme(): Record<string, unknown> {
  const [ink, soft, line] = ["--ink", "--soft", "--line"].map(colourOf);
  return {
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, domainColor: line, tickColor: line, gridColor: line, labelLimit: 170 },
    legend: { labelColor: soft, titleColor: soft, orient: "bottom", columns: 3 },
    title: { color: ink },
    header: { labelColor: soft, titleColor: soft },
    text: { color: ink },
    rule: { color: soft },
    mark: { color: colourOf("--accent-mark") },
    range: { category: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colourOf(`--series-${n}`)) },
  };
}
