import { useEffect, useRef, useState } from "react";
import type { Chart as ChartOf } from "../../../agents/answer.ts";
import { useTheme } from "../app/theme.ts";
import { download, fileName } from "../parts/download.ts";
import { ScrollBox } from "../parts/ScrollBox.tsx";
import { label, t } from "../words/text.ts";
import { csvOf, type Rows, rowsOf } from "./rows.ts";
import { drawChart } from "./vega.ts";

const MOST_ROWS = 50;
type Drawn = Awaited<ReturnType<typeof drawChart>>;

/** A chart, drawn when it comes into view, with its rows as a table for whoever cannot or will not look at it. */
export function Chart({ title, spec }: ChartOf) {
  const canvas = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [failed, setFailed] = useState(false);
  const { isDark } = useTheme();
  const rows = rowsOf(spec);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: "200px",
    });
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew in the colours of the other theme
  useEffect(() => {
    if (!seen || !canvas.current) return;
    let left = false;
    let made: Drawn | null = null;
    drawChart(canvas.current, spec).then(
      (result) => {
        made = result;
        if (left) result.finalize();
        else setDrawn(result);
      },
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
      made?.finalize();
    };
  }, [seen, spec, isDark]);
  const picture = async (kind: "png" | "svg"): Promise<void> => {
    if (!drawn) return;
    download(`${fileName(title)}.${kind}`, { url: await drawn.view.toImageURL(kind, 2) });
  };
  return (
    <figure className="chart" aria-label={t("chart.name", { title })}>
      <figcaption>
        <span>{title}</span>
        <span className="tools">
          <button
            type="button"
            className="tiny"
            disabled={!drawn}
            onClick={() => picture("png")}
            aria-label={t("chart.download", { title, kind: "PNG" })}
          >
            PNG
          </button>
          <button
            type="button"
            className="tiny"
            disabled={!drawn}
            onClick={() => picture("svg")}
            aria-label={t("chart.download", { title, kind: "SVG" })}
          >
            SVG
          </button>
          {rows && (
            <button
              type="button"
              className="tiny"
              onClick={() => download(`${fileName(title)}.csv`, { text: csvOf(rows), type: "text/csv" })}
              aria-label={t("chart.download", { title, kind: "CSV" })}
            >
              CSV
            </button>
          )}
        </span>
      </figcaption>
      {failed && <p className="note">{t("chart.failed")}</p>}
      <div className="canvas" ref={canvas} />
      {rows && <RowsTable rows={rows} />}
    </figure>
  );
}

function RowsTable({ rows: { keys, values } }: { readonly rows: Rows }) {
  return (
    <details>
      <summary>{t("chart.rows")}</summary>
      <ScrollBox name={t("chart.rows")}>
        <table>
          <thead>
            <tr>
              {keys.map((key) => (
                <th key={key} scope="col">
                  {label(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.slice(0, MOST_ROWS).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no names and never move
              <tr key={at}>
                {keys.map((key) => (
                  <td key={key}>{String(row[key] ?? "–")}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
