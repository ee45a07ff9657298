import { dateInWords, formatFigure, periodInWords, type Unit } from "../../data/common/format.ts";
import type { Call, Chart, Figure } from "../answer.ts";

/** The value at a JSON Pointer (RFC 6901), or undefined. */
export function atPointer(root: unknown, pointer: string): unknown {
  let here: unknown = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (here === null || typeof here !== "object") return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/**
 * Writes the reply for one call: words by the composer, numbers only through `fig`, which binds each to the call's result.
 * Blocks are markdown, joined by a blank line.
 */
export class Say {
  readonly blocks: string[] = [];
  readonly figures: Figure[] = [];
  readonly charts: Chart[] = [];
  readonly call: Call;
  private readonly index: number;

  constructor(call: Call, index: number) {
    this.call = call;
    this.index = index;
  }

  /** The number at `path` of the result, written in its unit. A composer that names a path without a number is a defect. */
  fig(path: string, unit: Unit): string {
    const value = atPointer(this.call.result, path);
    if (typeof value !== "number" || !Number.isFinite(value))
      throw new Error(`${this.call.tool}: no number at ${path}`);
    const text = formatFigure(value, unit);
    this.figures.push({ text, value, unit, call: this.index, path });
    return text;
  }

  /** "-0.12 to 0.40": the two ends of an interval below `path` (`/low`, `/high`). */
  range(path: string, unit: Unit): string {
    return `${this.fig(`${path}/low`, unit)} to ${this.fig(`${path}/high`, unit)}`;
  }

  /** The number where there is one, else the words (for a cell of a table). */
  figOr(path: string, unit: Unit, otherwise = "–"): string {
    const value = atPointer(this.call.result, path);
    return typeof value === "number" && Number.isFinite(value) ? this.fig(path, unit) : otherwise;
  }

  date(iso: string): string {
    return dateInWords(iso);
  }

  period(period: { readonly from: string; readonly to: string }): string {
    return periodInWords(period);
  }

  /** A paragraph. */
  p(text: string): this {
    this.blocks.push(text);
    return this;
  }

  list(items: readonly string[]): this {
    if (items.length) this.blocks.push(items.map((item) => `- ${item}`).join("\n"));
    return this;
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): this {
    const line = (cells: readonly string[]): string =>
      `| ${cells.map((c) => c.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
    if (rows.length) this.blocks.push([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"));
    return this;
  }

  /** A Vega-Lite chart; its rows come from the call's result. */
  chart(title: string, spec: Record<string, unknown>): this {
    this.charts.push({ title, spec: { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...spec } });
    return this;
  }
}

/** Makes the reply of one tool's result. One file a tool in `replies/tools/`. */
export type Composer = (say: Say) => void;
