import { dateInWords, formatFigure, periodInWords } from "../../../data/common/format.ts";
import { label, t, termOf } from "./text.ts";

/** A value of a tool's result in words, and whether it stands as a number. */
export interface Shown {
  readonly text: string;
  readonly isNumber: boolean;
}
type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/;

/** Results write money in major units beside a `currency`; these keys hold it. */
const MONEY =
  /(^|_)(amount|spend|planned|committed|accrued|claimed|settled|left|used|available|sales|price|profit|margin|at_stake|regret|balance|debit|credit|booked|cost|fee|allowance|revenue|value|budget|funded|income|net|off_invoice|bill_back|scan_back|lump_sum|slotting|mdf|rebates|bonus|terms|claims|cost_of_goods|contract_sums|difference|not_executed|promotions_on_invoice|before_promotions|spend_booked)(_before|_forecast|_minor)?$/;
/** Fractions. */
const RATE =
  /(^|_)(discount|depth|share|rate|growth|change|uplift|probability\w*|contribution|redemption|coverage|interval|service_level|retailer_margin|distribution_usual|fill_rate|wape|bias|deepest_discount|display_share|share_used|change_share|own_change|compliance|distribution|out_of_stock)$|_share(_\w+)?$|^probability_|_growth$/;
/** How many there are, though another word of the key sounds like money. */
const COUNT = /^(open|doubted)_claims$|^(n|found|risks|items|promotions|products|listed_at)$/;
const RATIO = /roi(_range)?$|elasticity|index$/;
const UNITS = /(^|_)(units|baseline|incremental|dip|cannibalised|halo|cases|pieces)(_\w+)?$/;
/** Codes that the store knows by a list of words. */
const TERMS: Readonly<Record<string, "state" | "mechanic" | "payment" | "kind" | "person">> = {
  status: "state",
  state: "state",
  from_state: "state",
  to_state: "state",
  mechanic: "mechanic",
  payment: "payment",
  usual_payment: "payment",
  mechanics: "mechanic",
  kind: "kind",
  severity: "kind",
  verdict: "kind",
  decision: "kind",
  influence: "kind",
  role: "person",
  doubts: "kind",
};

/** @param row where the value stands: its currency makes money of an amount */
export function shown(key: string, value: unknown, row: Row = {}): Shown {
  if (value === null || value === undefined || value === "") return { text: "–", isNumber: false };
  if (typeof value === "boolean") return { text: t(value ? "word.yes" : "word.no"), isNumber: false };
  if (typeof value === "number") return { text: numberText(key, value, row), isNumber: true };
  if (typeof value === "string") return { text: wordText(key, value), isNumber: false };
  if (Array.isArray(value)) return { text: listText(key, value, row), isNumber: false };
  if (isRow(value)) return { text: recordText(key, value, row), isNumber: typeof value.mean === "number" };
  return { text: String(value), isNumber: false };
}

export const textOf = (key: string, value: unknown, row?: Row): string => shown(key, value, row).text;

function numberText(key: string, value: number, row: Row): string {
  // A rule has its value in a unit of its own.
  if (key === "value" && typeof row.unit === "string") return formatFigure(value, row.unit);
  if (COUNT.test(key)) return formatFigure(value, "count");
  if (RATIO.test(key)) return formatFigure(value, "ratio");
  if (RATE.test(key) && !(key === "change" && Math.abs(value) > 5)) return formatFigure(value, "%");
  if ((MONEY.test(key) || key === "change") && typeof row.currency === "string")
    return formatFigure(value, row.currency);
  if (UNITS.test(key)) return formatFigure(Math.round(value), "units");
  return Number.isInteger(value) ? formatFigure(value, "count") : formatFigure(value, "ratio");
}

function wordText(key: string, value: string): string {
  if (DATE.test(value)) return dateInWords(value);
  const [, day, time] = TIME.exec(value) ?? [];
  if (day && time) return `${dateInWords(day)}, ${time}`;
  const list = TERMS[key];
  if (list) return termOf(list, value);
  return /^[a-z]+(_[a-z]+)+$/.test(value) ? label(value) : value;
}

function listText(key: string, values: readonly unknown[], row: Row): string {
  if (!values.length) return "–";
  return values.map((value) => (isRow(value) ? recordText(key, value, row) : textOf(key, value, row))).join(", ");
}

function recordText(key: string, value: Row, row: Row): string {
  const { from, to, amount, currency, mean, low, high } = value;
  if (typeof from === "string" && typeof to === "string" && DATE.test(from) && DATE.test(to))
    return periodInWords({ from, to });
  if (typeof amount === "number" && typeof currency === "string") return formatFigure(amount, currency);
  const { seen, of, share } = value;
  if (typeof seen === "number" && typeof of === "number")
    return t("value.seen", { seen, of, share: typeof share === "number" ? formatFigure(share, "%") : "–" });
  if (typeof low === "number" && typeof high === "number") {
    const range = t("value.range", { low: numberText(key, low, row), high: numberText(key, high, row) });
    return typeof mean === "number" ? `${numberText(key, mean, row)} (${range})` : range;
  }
  return Object.entries(value)
    .filter(([name]) => isShownKey(name))
    .map(([name, part]) => `${label(name)}: ${textOf(name, part, { ...row, ...value })}`)
    .join("; ");
}

/** "9–22 Nov 2026", "28 Dec 2026 – 10 Jan 2027": where many stand under each other. */
export const shortPeriod = (from: string, to: string): string =>
  periodInWords({ from, to }).replace(/\p{L}{4,}/gu, (month) => month.slice(0, 3));

/** What is kept for other programs, or says again in pieces what another key says whole. */
export const isShownKey = (key: string): boolean =>
  !/(^|_)(id|ids|minor|quote|facts)$/.test(key) && key !== "currency" && key !== "without" && key !== "filter";
