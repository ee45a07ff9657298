import type { BoundField } from "../bind.ts";
import type { Field } from "../fields.ts";
import type { Mapping, Source } from "../mapping.ts";
import { type Cell, isBlank, Percent, showCell } from "../readers/source.ts";
import { Bad } from "./bad.ts";
import { dateReader, excelDate, utcDate } from "./date.ts";
import { numberReader } from "./number.ts";
import { describeWeek, stripWeekLabel, weekFromDate, weekFromNumber, weekFromText } from "./week.ts";

/** A checked value of a field; null is an empty cell. */
export type Value = string | number | null | readonly string[];
/** Turns a cell into its field's value, or says what is wrong with it. `year`: the cell of the year column, for weeks. */
export type Converter = (cell: Cell | undefined, year?: Cell) => Value | Bad;

const YES = new Set(["1", "true", "yes", "y", "x", "ja", "j", "oui", "si", "sí", "wahr"]);
const NO = new Set(["0", "false", "no", "n", "nein", "non", "falsch", "-"]);
const NAME_LENGTH = 200;
const TEXT_LENGTH = 4_000;
/** Above this a number is not a week's units or a price any more but a wrong column. */
const MOST_UNITS = 1e12;
const MOST_MONEY = 1e12;
const MOST_PRICE = 1e7;

/** @param largest the greatest number of the column in the file, for a share whose unit is to be told from it */
export function converterFor(bound: BoundField, mapping: Mapping, largest: number): Converter {
  const convert = byType(bound, mapping, largest);
  const missing = new Set(mapping.missing);
  const words =
    bound.source.values && new Map(Object.entries(bound.source.values).map(([k, v]) => [k.toLowerCase(), v]));
  const { required, empty } = bound.field;
  const blank: Value | Bad = required ? new Bad("is missing") : (empty ?? null);
  return (cell, year) => {
    if (isBlank(cell) || (missing.size > 0 && missing.has(showCell(cell).trim()))) return blank;
    const given = words ? (words.get(showCell(cell).trim().toLowerCase()) ?? cell) : cell;
    return convert(given, year);
  };
}

function byType(bound: BoundField, mapping: Mapping, largest: number): Converter {
  const { field, source } = bound;
  switch (field.type) {
    case "name":
    case "code":
      return (cell) => text(cell, NAME_LENGTH);
    case "text":
      return (cell) => text(cell, TEXT_LENGTH);
    case "list":
      return (cell) => list(cell, field.choices);
    case "choice":
      return (cell) => choice(cell, field.choices ?? []);
    case "date":
      return dates(source, mapping, false);
    case "week":
      return remembered(weeks(source, mapping));
    case "flag":
      return flags(numbers(source, mapping), source, largest);
    case "share":
      return shares(numbers(source, mapping), source, largest);
    default:
      return amounts(field, numbers(source, mapping), source);
  }
}

function text(cell: Cell | undefined, longest: number): string | Bad {
  const t = showCell(cell).normalize("NFC").trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.test(t))
    return new Bad("holds characters that are no text");
  const line = longest === NAME_LENGTH ? t.replace(/\s+/g, " ") : t;
  return line.length > longest ? new Bad(`is longer than ${longest} characters`) : line;
}

function list(cell: Cell | undefined, choices: readonly string[] | undefined): readonly string[] | Bad {
  const whole = text(cell, TEXT_LENGTH);
  if (whole instanceof Bad) return whole;
  const parts = [
    ...new Set(
      whole
        .split(/[;|]/)
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ];
  if (!choices) return parts;
  const chosen = parts.map((part) => choice(part, choices));
  return chosen.find((part) => part instanceof Bad) ?? (chosen as string[]);
}

function choice(cell: Cell | undefined, choices: readonly string[]): string | Bad {
  const word = showCell(cell)
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return choices.includes(word) ? word : new Bad(`is none of ${choices.join(", ")}`);
}

/** Numbers of a source before units: from typed cells as they are, from text in the file's format. */
function numbers(source: Source, mapping: Mapping): (cell: Cell | undefined) => number | Bad {
  const format = source.numbers ?? mapping.numbers;
  const read = numberReader(format);
  const bad = new Bad(`is not a number in the form ${format}`);
  return (cell) => {
    if (typeof cell === "number") return Number.isFinite(cell) ? cell : bad;
    if (cell instanceof Percent) return cell.fraction;
    return typeof cell === "string" ? (read(cell) ?? bad) : bad;
  };
}

type ReadNumber = ReturnType<typeof numbers>;

function flags(read: ReadNumber, source: Source, largest: number): Converter {
  const bound = source.at_least;
  const percent = isPercent(source, largest);
  return (cell) => {
    if (typeof cell === "boolean") return cell ? 1 : 0;
    const word = showCell(cell).trim().toLowerCase();
    if (bound !== undefined) {
      const signed = percentSign(cell);
      const n = read(signed ?? cell);
      if (!(n instanceof Bad))
        return (signed !== null || (percent && !(cell instanceof Percent)) ? n / 100 : n) >= bound ? 1 : 0;
    } else if (Number(word) === 1 || Number(word) === 0) return Number(word);
    return YES.has(word) ? 1 : NO.has(word) ? 0 : new Bad("is neither yes nor no");
  };
}

const isPercent = (source: Source, largest: number): boolean =>
  source.unit === "percent" || (source.unit === "auto" && largest > 1);

/** "12.5 %" as the number without its sign; null where there is no sign. */
const percentSign = (cell: Cell | undefined): string | null =>
  typeof cell === "string" && cell.trimEnd().endsWith("%") ? cell.trimEnd().slice(0, -1) : null;

function shares(read: ReadNumber, source: Source, largest: number): Converter {
  const percent = isPercent(source, largest);
  return (cell) => {
    if (typeof cell === "boolean") return cell ? 1 : 0;
    const signed = percentSign(cell);
    const n = read(signed ?? cell);
    if (n instanceof Bad) {
      const word = showCell(cell).trim().toLowerCase();
      return YES.has(word) ? 1 : NO.has(word) ? 0 : n;
    }
    const fraction = (signed !== null || (percent && !(cell instanceof Percent)) ? n / 100 : n) * (source.times ?? 1);
    return fraction >= 0 && fraction <= 1 ? fraction : outOfShare(percent || signed !== null);
  };
}

const outOfShare = (percent: boolean): Bad =>
  new Bad(
    percent
      ? "is not between 0 and 100 %"
      : 'is not between 0 and 1 (if it is a percentage, map it with "unit": "percent")',
  );

function amounts(field: Field, read: ReadNumber, source: Source): Converter {
  const { factor, percent } = scale(field, source);
  return (cell) => {
    const signed = field.type === "rate" ? percentSign(cell) : null;
    const n = read(signed ?? cell);
    if (n instanceof Bad) return n;
    if (signed !== null) return inRange(field.type, (n / 100) * (source.times ?? 1));
    // Dividing by 100 gives the nearest number to a percentage or an amount in cents; multiplying by 0.01 does not.
    return inRange(field.type, percent && !(cell instanceof Percent) ? (n * factor) / 100 : n * factor);
  };
}

function scale(field: Field, source: Source): { factor: number; percent: boolean } {
  let factor = source.times ?? 1;
  const minor = field.type === "money" || field.type === "allowance";
  if (source.unit === "thousands") factor *= 1000;
  // Amounts are kept in cents already; a major unit is a hundred of them.
  if (minor && source.unit !== "cents") factor *= 100;
  if (source.tax && source.rate !== undefined && field.tax && source.tax !== field.tax)
    factor = field.tax === "incl" ? factor * (1 + source.rate) : factor / (1 + source.rate);
  return { factor, percent: source.unit === "percent" || (!minor && source.unit === "cents") };
}

function inRange(type: Field["type"], n: number): number | Bad {
  switch (type) {
    case "money":
    case "allowance":
      if (n < 0) return new Bad("is negative");
      if (n > MOST_MONEY * 100) return new Bad("is too large");
      return type === "money" ? Math.round(n) : n;
    case "price":
      if (n < 0) return new Bad("is negative");
      if (n === 0) return new Bad("is 0; a price is above 0 (leave it empty where it is not known)");
      return n > MOST_PRICE ? new Bad("is too large for a price") : n;
    case "quantity":
      if (n < 0) return new Bad("is negative");
      return n > MOST_UNITS ? new Bad("is too large") : n;
    case "rate":
      if (n < 0) return new Bad("is negative");
      return n >= 1 ? new Bad('is not under 1 (if it is a percentage, map it with "unit": "percent")') : n;
    case "integer":
      return Number.isInteger(n) && n >= 0 && n < 1e9 ? n : new Bad("is not a whole number from 0 up");
    default:
      return n;
  }
}

function dates(source: Source, mapping: Mapping, week: boolean): Converter {
  const formats = source.dates ?? mapping.dates;
  const read = dateReader(formats);
  const shown = typeof formats === "string" ? formats : formats.join(" or ");
  const bad = new Bad(`is not a date in the form ${shown}`);
  const serials = formats === "excel" || formats.includes("excel");
  return (cell) => {
    if (cell instanceof Date) return utcDate(cell) ?? bad;
    if (typeof cell === "number") return (serials ? excelDate(cell) : read(String(cell))) ?? bad;
    const t = showCell(cell);
    return read(week ? stripWeekLabel(t) : t) ?? bad;
  };
}

/** A file has few weeks and names each of them very often. */
function remembered(convert: Converter): Converter {
  const known = new Map<Cell | undefined, Value | Bad>();
  return (cell, year) => {
    if (year !== undefined || typeof cell === "object") return convert(cell, year);
    let value = known.get(cell);
    if (value === undefined) {
      value = convert(cell);
      if (known.size < 5_000) known.set(cell, value);
    }
    return value;
  };
}

function weeks(source: Source, mapping: Mapping): Converter {
  const rule = mapping.week;
  const bad = new Bad(`is not ${describeWeek(rule)}`);
  if (rule.format === "integer" || rule.format === "year_week") {
    const read = numbers(source, mapping);
    return (cell, yearCell) => {
      const year = yearCell === undefined ? null : read(yearCell);
      if (year instanceof Bad) return new Bad("has no year");
      const n = read(cell);
      const week = n instanceof Bad ? null : weekFromNumber(rule, n, year);
      if (week !== null) return week;
      return rule.format === "year_week" ? (weekFromText(rule, showCell(cell), year) ?? bad) : bad;
    };
  }
  const date = dates(source, mapping, true);
  return (cell) => {
    const iso = date(cell);
    return typeof iso === "string" ? weekFromDate(rule, iso) : iso;
  };
}
