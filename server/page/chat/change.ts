import type { Pending } from "../../../agents/answer.ts";
import { dateInWords, formatFigure, periodInWords } from "../../../data/common/format.ts";
import { label, t, termOf } from "../words/text.ts";

type Item = Pick<Pending, "kind" | "change">;
type Change = Item["change"];

/** A line of a change; `changed` marks what differs from what is stored. */
export interface Line {
  readonly label: string;
  readonly value: string;
  readonly changed: boolean;
}

const MONEY = new Set(["amount", "fixed_spend", "spend"]);
const SHARES = new Set(["discount", "depth", "redemption"]);
/** Kept for the commit, or said in another line. */
const UNSAID = new Set([
  "start",
  "end",
  "feature",
  "display",
  "get",
  "pay",
  "depth",
  "redemption",
  "currency",
  "lines",
  "expected",
  "changed",
  "version",
  "held",
  "buy_in",
  "promotion",
  "name",
  "series_size",
  "requested_by",
]); // prettier-ignore
const unsaid = (key: string): boolean => UNSAID.has(key) || /_(id|ids|minor)$/.test(key);

const plainNumber = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });
const money = (value: number, currency: unknown): string =>
  typeof currency === "string" ? formatFigure(value, currency) : plainNumber(value);
const percent = (value: number): string => formatFigure(value, "%");
const isRecord = (value: unknown): value is Change =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

/** What an item that waits is about: "Create promotion: Kestrel 20 % at Albion". */
export function titleOf({ kind, change }: Item): string {
  const id = isText(change.promotion) ? change.promotion : change.claim;
  const about = [id, change.name].filter(isText).join(", ") || change.account;
  return about ? `${label(kind)}: ${about}` : label(kind);
}

/** The change in words, line by line. */
export function linesOf({ change }: Pick<Item, "change">): Line[] {
  const lines: Line[] = [];
  const differs = new Set(Array.isArray(change.changed) ? change.changed : []);
  const add = (name: string, value: string, field: string): void => {
    if (value) lines.push({ label: name, value, changed: differs.has(field) });
  };
  if (isText(change.start) && isText(change.end))
    add(t("label.dates"), periodInWords({ from: change.start, to: change.end }), "dates");
  for (const [key, value] of Object.entries(change)) {
    if (unsaid(key) || value === null || value === undefined || value === "") continue;
    if (key === "fixed_spend" && value === 0) continue;
    if (key === "mechanic") add(t("label.offer"), offerOf(change), "offer");
    else if (key === "discount" || key === "price_off") {
      if (!change.mechanic) add(label(key), plain(key, value, change), "offer");
    } else if (key === "payment" && "feature" in change) {
      add(t("label.support"), supportOf(change), "support");
      add(label(key), plain(key, value, change), "payment");
    } else add(label(key), plain(key, value, change), key);
  }
  if (isRecord(change.expected)) lines.push(...expectedLines(change.expected, change.currency));
  return lines;
}

/** "Price off (TPR), 20 % off", "Multibuy, 3 for 2" */
export function offerOf(change: Change): string {
  const { get, pay, price_off, discount } = change;
  let depth = "";
  if (get && pay) depth = t("offer.getForPay", { get: String(get), pay: String(pay) });
  else if (isRecord(price_off)) depth = t("offer.off", { depth: money(Number(price_off.amount), price_off.currency) });
  else if (typeof discount === "number") depth = t("offer.off", { depth: percent(discount) });
  return [termOf("mechanic", String(change.mechanic)), depth].filter(Boolean).join(", ");
}

export const supportOf = ({ feature, display }: Change): string =>
  t(feature ? (display ? "support.both" : "support.feature") : display ? "support.display" : "support.none");

function plain(key: string, value: unknown, change: Change): string {
  if (isText(value) && (key === "mechanic" || key === "payment")) return termOf(key, value);
  if (isText(value) && (key === "decision" || key === "as")) return termOf("kind", value);
  if (typeof value === "boolean") return t(value ? "word.yes" : "word.no");
  if (typeof value === "number") {
    if (MONEY.has(key)) return money(value, change.currency);
    return SHARES.has(key) ? percent(value) : plainNumber(value);
  }
  if (isText(value)) return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateInWords(value) : value.replaceAll("_", " ");
  if (Array.isArray(value)) return value.map((item) => plain(key, item, change)).join(", ");
  if (!isRecord(value)) return String(value);
  if (typeof value.amount === "number") return money(value.amount, value.currency);
  if (isText(value.from) && isText(value.to)) return periodInWords({ from: value.from, to: value.to });
  return Object.entries(value)
    .map(([name, part]) => `${label(name)}: ${part === null ? "–" : plain(name, part, change)}`)
    .join("; ");
}

/** The few figures of a draft's forecast that help to decide: what it sells, what it brings, what may go wrong. */
function expectedLines(expected: Change, currency: unknown): Line[] {
  const within =
    typeof expected.interval === "number" ? t("expected.within", { share: percent(expected.interval) }) : "";
  const range = (value: unknown, show: (value: number) => string): string => {
    if (typeof value === "number") return show(value);
    if (!isRecord(value) || typeof value.mean !== "number") return "";
    const [low, high] = [show(Number(value.low)), show(Number(value.high))];
    return t("expected.range", { mean: show(value.mean), within, low, high });
  };
  const units = (value: number): string => formatFigure(Math.round(value), "units");
  return [
    { label: t("expected.units"), value: range(expected.units, units) },
    { label: t("expected.true_incremental"), value: range(expected.true_incremental, units) },
    { label: t("expected.net_profit"), value: range(expected.net_profit, (value) => money(value, currency)) },
    { label: t("expected.net_roi"), value: range(expected.net_roi, (value) => formatFigure(value, "ratio")) },
    { label: t("expected.loss"), value: range(expected.probability_of_loss, percent) },
  ].flatMap((line) => (line.value ? [{ ...line, changed: false }] : []));
}
