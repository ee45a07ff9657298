/** Numbers as files write them. The formats are named by their own example; a grouped format takes ungrouped numbers too. */
export const NUMBER_FORMATS = [
  "1234.56",
  "1234,56",
  "1,234.56",
  "1.234,56",
  "1 234.56",
  "1 234,56",
  "1'234.56",
  "1'234,56",
] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

const CURRENCY = /^(?:[€$£¥]|EUR|USD|GBP|CHF)\s*|\s*(?:[€$£¥]|EUR|USD|GBP|CHF)$/g;
/** Written in place of a group separator: no-break and narrow no-break space, typographic apostrophe. */
const SPACES = /[\u00a0\u2009\u202f]/g;

/** @returns a reader of one format: the number, or null where the text is none. "(12)" and "12-" are negative, as ledgers write them. */
export function numberReader(format: NumberFormat): (text: string) => number | null {
  const decimal = format.at(-3) as "." | ",";
  const group = format.length === 8 ? format[1]! : "";
  const g = group === "." ? "\\." : group;
  const d = decimal === "." ? "\\." : ",";
  const whole = g ? `(?:\\d{1,3}(?:${g}\\d{3})+|\\d+)` : "\\d+";
  const pattern = new RegExp(`^[-+]?(?:${whole}(?:${d}\\d*)?|${d}\\d+)(?:[eE][-+]?\\d{1,3})?$`);
  return (text) => {
    let t = text.replace(SPACES, " ").replaceAll("’", "'").trim().replace(CURRENCY, "");
    if (t.startsWith("(") && t.endsWith(")")) t = `-${t.slice(1, -1)}`;
    else if (t.endsWith("-")) t = `-${t.slice(0, -1)}`;
    if (!pattern.test(t)) return null;
    if (group) t = t.replaceAll(group, "");
    if (decimal === ",") t = t.replace(",", ".");
    const number = Number(t);
    return Number.isFinite(number) ? number : null;
  };
}
