import { fromDayNumber, isIsoDate } from "../../common/dates.ts";

/** Dates as files write them: a format is made of yyyy, yy, mm, mon, dd and what stands between, or is `excel` for serial numbers. */

const TOKEN = /yyyy|yy|mon|mm|dd|m|d/g;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";
const MONTH = new Map(MONTHS.split(" ").map((name, i) => [name, i + 1]));
/** German month names where they differ in their first three letters. */
for (const [name, month] of [
  ["mär", 3],
  ["mrz", 3],
  ["mai", 5],
  ["okt", 10],
  ["dez", 12],
] as const)
  MONTH.set(name, month);

/** True for a format that can be read here. */
export function isDateFormat(format: string): boolean {
  if (format === "excel") return true;
  const tokens = (format.match(TOKEN) ?? []).map((token) => token[0]);
  const rest = format.replace(TOKEN, "");
  return tokens.length === 3 && new Set(tokens).size === 3 && /^[-./, ]*$/.test(rest);
}

const TIME = "(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?\\s?(?:Z|UTC|[-+]\\d{2}:?\\d{2}|AM|PM)?)?";

/** Dates outside these years are taken for a wrong format. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;

const inRange = (iso: string): string | null => {
  const year = Number(iso.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR ? iso : null;
};

function formatReader(format: string): (text: string) => string | null {
  if (format === "excel") return (text) => (/^\d{1,6}(?:\.\d+)?$/.test(text) ? excelDate(Number(text)) : null);
  const packed = format === "yyyymmdd" || format === "yymmdd" || format === "ddmmyyyy" || format === "mmddyyyy";
  const order: string[] = [];
  const pattern = format.replace(/[./]/g, "\\$&").replace(TOKEN, (token) => {
    order.push(token[0] === "m" ? (token === "mon" ? "name" : "m") : token[0]!);
    if (token === "yyyy") return "(\\d{4})";
    if (token === "yy") return "(\\d{2})";
    if (token === "mon") return "(\\p{L}{3,9})\\.?";
    return packed ? "(\\d{2})" : "(\\d{1,2})";
  });
  const regex = new RegExp(`^${pattern}${TIME}$`, "iu");
  const at = (part: string) => order.indexOf(part) + 1;
  const [y, m, name, d] = [at("y"), at("m"), at("name"), at("d")];
  return (text) => {
    const match = regex.exec(text);
    if (!match) return null;
    const year = match[y]!.length === 2 ? (Number(match[y]) < 70 ? 2000 : 1900) + Number(match[y]) : Number(match[y]);
    const month = name > 0 ? MONTH.get(match[name]!.slice(0, 3).toLowerCase()) : Number(match[m]);
    if (month === undefined) return null;
    const iso = `${year}-${String(month).padStart(2, "0")}-${match[d]!.padStart(2, "0")}`;
    return isIsoDate(iso) ? inRange(iso) : null;
  };
}

/** @returns a reader that tries the formats in turn: the ISO date, or null where the text is none of them. */
export function dateReader(formats: string | readonly string[]): (text: string) => string | null {
  const readers = (typeof formats === "string" ? [formats] : formats).map(formatReader);
  return (text) => {
    const trimmed = text.trim();
    for (const read of readers) {
      const iso = read(trimmed);
      if (iso !== null) return iso;
    }
    return null;
  };
}

/** A spreadsheet's day number as a date; the two systems count from 1899-12-30 and, on old Macs, 1904-01-01. */
export function excelDate(serial: number, from1904 = false): string | null {
  const day = Math.floor(serial) - (from1904 ? 24_107 : 25_569);
  return day >= 0 && day < 50_000 ? inRange(fromDayNumber(day)) : null;
}

/** The date of a moment that a typed cell holds. */
export const utcDate = (moment: Date): string | null =>
  Number.isNaN(moment.getTime()) ? null : inRange(moment.toISOString().slice(0, 10));
