import { notFormula } from "../../../data/common/csv.ts";
import { dayNumber } from "../../../data/common/dates.ts";
import { clean, xml } from "../text.ts";

/** Excel takes no longer text in a cell. */
const LONGEST = 32_767;
/** The day number (days since 1970) of Excel's day 0. */
const DAY_ZERO = -25_569;

/** "A", "Z", "AA": the letters of a column, counted from 0. */
export function letters(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : letters(Math.floor(column / 26) - 1) + rest;
}

/** One cell of a sheet: what it shows, how, and the formula that it shows the value of. */
export interface Cell {
  readonly value: string | number | null;
  readonly style: number;
  readonly formula?: string | undefined;
}

/** The day as Excel counts it. */
export const serialOf = (iso: string): number => dayNumber(iso) - DAY_ZERO;

/** A cell's XML; text is text, whatever it begins with. */
export function cellXml(column: number, row: number, { value, style, formula }: Cell): string {
  const at = `r="${letters(column)}${row}" s="${style}"`;
  const made = formula === undefined ? "" : `<f>${xml(formula)}</f>`;
  if (typeof value === "number") return `<c ${at}>${made}<v>${value}</v></c>`;
  if (formula !== undefined) return `<c ${at} t="str">${made}<v>${xml(clean(value ?? "", LONGEST))}</v></c>`;
  if (value === null || value === "") return `<c ${at}/>`;
  const text = xml(clean(notFormula(value), LONGEST));
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** A sheet's name in a formula. */
export const quotedSheet = (name: string): string => `'${name.replaceAll("'", "''")}'`;

/** Names that Excel takes: at most 31 characters, none of \ / ? * [ ] :, no apostrophe at an end, each once whatever the case. */
export function sheetNames(titles: readonly string[]): string[] {
  const used = new Set<string>(["history"]);
  return titles.map((title) => {
    const base =
      clean(title, 200)
        .replace(/[\\/?*[\]:\s]+/g, " ")
        .replace(/^['\s]+|['\s]+$/g, "")
        .slice(0, 31)
        .trim() || "Sheet";
    let name = base;
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base.slice(0, 28 - String(n).length).trim()} (${n})`;
    used.add(name.toLowerCase());
    return name;
  });
}
