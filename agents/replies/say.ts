import { dateInWords, formatFigure, periodInWords, type Unit } from "../../data/common/format.ts";
import type { Check } from "../../tools/define.ts";
import type { Call, Chart, Figure } from "../answer.ts";
import { namesInCalls } from "../figures/names.ts";
import { type NumberToken, scanNumbers } from "../figures/scan.ts";

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

/** Every currency that a result speaks of. */
function currenciesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (value !== null && typeof value === "object")
    for (const [key, inner] of Object.entries(value)) {
      if (key === "currency" && typeof inner === "string") found.add(inner);
      else currenciesIn(inner, found);
    }
  return found;
}

/** The unit in which a value is written exactly as a number of a sentence is, if there is one. */
function unitOf(
  token: NumberToken,
  sentence: string,
  value: number,
  currencies: ReadonlySet<string>,
): Unit | undefined {
  const units: readonly Unit[] = token.percent ? ["%"] : [...currencies, "count", "units", "ratio", "pp"];
  return units.find((unit) => {
    const text = formatFigure(value, unit);
    return scanNumbers(text, [])[0]?.text === token.text && sentence.includes(text);
  });
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

  /**
   * The sentence of the check at `path`, each of its numbers bound to the fact below `path` that is written like it. A check
   * with a number of no fact is a defect.
   */
  check(path: string): string {
    const { message, facts = {} } = atPointer(this.call.result, path) as Check;
    const names = [...namesInCalls([this.call]), ...Object.values(facts).filter((f) => typeof f === "string")];
    const currencies = currenciesIn(this.call.result);
    for (const token of scanNumbers(message, names)) {
      const bound = Object.entries(facts).flatMap(([key, value]) => {
        const unit = typeof value === "number" ? unitOf(token, message, value, currencies) : undefined;
        return typeof value === "number" && unit ? [{ key, value, unit }] : [];
      })[0];
      if (!bound) throw new Error(`${this.call.tool}: no fact behind "${token.text}" in the check at ${path}`);
      const { key, value, unit } = bound;
      this.figures.push({
        text: formatFigure(value, unit),
        value,
        unit,
        call: this.index,
        path: `${path}/facts/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      });
    }
    return message;
  }

  /** The words at `path` ("20 % off"), each of their numbers bound to the value among `paths` that is written like it; one of none is part of a name. */
  words(path: string, paths: readonly string[]): string {
    const text = String(atPointer(this.call.result, path));
    const currencies = currenciesIn(this.call.result);
    for (const token of scanNumbers(text, []))
      for (const at of paths) {
        const value = atPointer(this.call.result, at);
        const unit = typeof value === "number" ? unitOf(token, text, value, currencies) : undefined;
        if (!unit) continue;
        this.fig(at, unit);
        break;
      }
    return text;
  }

  /** The sentence at `path`, its numbers bound to the facts (`{ value, unit }`) of the list at `factsPath`. */
  bound(path: string, factsPath: string): this {
    const facts = (atPointer(this.call.result, factsPath) ?? []) as { value: number; unit: Unit }[];
    facts.forEach((_, i) => {
      this.fig(`${factsPath}/${i}/value`, facts[i]!.unit);
    });
    return this.p(String(atPointer(this.call.result, path)));
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

/** Makes the reply of one tool's result; one file a tool, in the folder of its role. */
export type Composer = (say: Say) => void;
