import { dateInWords } from "../../../data/common/format.ts";
import { NOT_FIGURES } from "../scan.ts";
import { literally } from "./wordList.ts";

/** What dates, labels and ids of a model's text must come from: everything that was said or found in the turn. */
export interface Ground {
  /** All of it as text. */
  readonly text: string;
  /** Every date in it. */
  readonly days: readonly { readonly year: number; readonly month: number; readonly day: number }[];
}

const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const MONTHS = Array.from(
  { length: 12 },
  (_, i) => dateInWords(`2000-${String(i + 1).padStart(2, "0")}-01`).split(" ")[1]!,
);

export function groundOf(sources: readonly unknown[]): Ground {
  const parts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") parts.push(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(walk);
  };
  sources.forEach(walk);
  const text = parts.join("\n");
  const days = [...text.matchAll(ISO)].map(([, year, month, day]) => ({
    year: Number(year),
    month: Number(month),
    day: Number(day),
  }));
  return { text: text.toLowerCase(), days };
}

/** True where a label was said or found: it stands there as it is, or it is a way to write a date that does. */
function isGrounded(label: string, { text, days }: Ground): boolean {
  const plain = label.trim().toLowerCase();
  if (new RegExp(`(?<![\\p{L}\\d])${literally(plain)}(?![\\p{L}\\d])`, "u").test(text)) return true;
  const month = MONTHS.findIndex((m) => plain.includes(m.slice(0, 3).toLowerCase())) + 1;
  const numbers = (plain.match(/\d+/g) ?? []).map(Number);
  const year = numbers.find((n) => n > 1900);
  const of = days.filter((d) => (year === undefined || d.year === year) && (!month || d.month === month));
  if (month) {
    const dates = numbers.filter((n) => n <= 31);
    return dates.length ? dates.every((n) => of.some((d) => d.day === n)) : of.length > 0;
  }
  const quarter = /\bq\s?([1-4])\b/.exec(plain)?.[1];
  if (quarter) return of.some((d) => Math.ceil(d.month / 3) === Number(quarter));
  return year !== undefined && numbers.length === 1 && of.length > 0;
}

const LIST_MARKER = /^\s*(?:\d{1,3}[.)]|[-*])\s?$/;

/** A stretch of text that holds digits without being a number that is measured. */
export interface Label {
  readonly start: number;
  readonly end: number;
  readonly grounded: boolean;
}

/** A year that something is counted in is a number ("of 2026 units"). */
const MEASURED = /^\s?(?:%|[€$£]|per\s?cent|units?\b|points?\b|promotions?\b|euros?\b)/i;

/** The dates, week and quarter labels, list markers and ids of a text, each with whether anything stands behind it. */
export function labelsIn(text: string, ground: Ground): Label[] {
  const labels: Label[] = [];
  for (const pattern of NOT_FIGURES)
    for (const m of text.matchAll(pattern)) {
      if (labels.some((l) => m.index < l.end && m.index + m[0].length > l.start)) continue;
      if (MEASURED.test(text.slice(m.index + m[0].length))) continue;
      labels.push({
        start: m.index,
        end: m.index + m[0].length,
        grounded:
          LIST_MARKER.test(m[0]) ||
          !/\d/.test(m[0]) ||
          isGrounded(m[0].replace(/^(?:in|of|since|from|to|for|before|until)\s/, ""), ground),
      });
    }
  return labels;
}
