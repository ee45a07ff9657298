import type { Chart } from "./chart.ts";
import type { Row } from "./row.ts";

interface Named {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
}

/** A section's chart as Vega-Lite draws it, over the rows that are shown. */
export function vegaSpec(chart: Chart, columns: readonly Named[], rows: readonly Row[]): Record<string, unknown> {
  const title = (key: string): string => columns.find((c) => c.key === key)?.label ?? key;
  const label = { field: chart.label, type: "nominal", title: null };
  if (chart.kind === "timeline") {
    const [from, to] = chart.values as readonly [string, string];
    return {
      data: { values: rows },
      mark: { type: "bar", cornerRadius: 3, tooltip: true },
      encoding: {
        x: { field: from, type: "temporal", title: null },
        x2: { field: to },
        y: { ...label, axis: { labelLimit: 320 }, sort: { field: from } },
        ...(chart.colour && new Set(rows.map((row) => row[chart.colour!])).size > 1
          ? { color: { field: chart.colour, type: "nominal", title: title(chart.colour) } }
          : {}),
      },
    };
  }
  const share = columns.find((c) => c.key === chart.values[0])?.unit === "%";
  const several = chart.values.length > 1;
  const value = {
    field: "value",
    type: "quantitative",
    title: several ? null : title(chart.values[0]!),
    ...(share ? { axis: { format: "%" } } : {}),
  };
  const across = { ...label, axis: { labelAngle: chart.kind === "bar" ? 0 : -30, labelLimit: 320 } };
  const series = several ? { field: "series", type: "nominal", title: null } : null;
  const points = rows.flatMap((row) =>
    chart.values.map((key) => ({ [chart.label]: row[chart.label], series: title(key), value: row[key] })),
  );
  return {
    data: { values: points },
    mark: { type: chart.kind === "line" ? "line" : "bar", tooltip: true },
    encoding: {
      ...(chart.kind === "bar"
        ? { x: value, y: { ...across, sort: several ? null : "-x" } }
        : { x: { ...across, sort: null }, y: value }),
      ...(series ? { color: series } : {}),
      ...(series && chart.kind === "column" ? { xOffset: series } : {}),
      ...(series && chart.kind === "bar" ? { yOffset: series } : {}),
    },
  };
}
