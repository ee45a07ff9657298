import { dateInWords, label, periodInWords } from "./words.js";

const VALUES = {
  mechanic: {
    tpr: "Price off (TPR)",
    multibuy: "Multibuy",
    loyalty_price: "Loyalty-card price",
    coupon: "Coupon",
    edlp: "Everyday low price (EDLP)",
  },
  payment: {
    off_invoice: "Off-invoice",
    bill_back: "Bill-back",
    scan_back: "Scan-back",
    lump_sum: "Lump sum",
    slotting: "Slotting fee",
    mdf: "Market development fund (MDF)",
  },
  decision: {
    pay: "Pay",
    part_pay: "Pay a part",
    dispute: "Dispute",
    approve: "Approve",
    reject: "Reject",
  },
  as: { settlement: "Settles the claim", request: "Asks finance to" },
};

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
const unsaid = (key) => UNSAID.has(key) || /_(id|ids|minor)$/.test(key);

const number = (value, digits) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const money = (value, currency) =>
  currency
    ? value.toLocaleString("en-US", {
        style: "currency",
        currency,
        maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0,
      })
    : number(value, 2);
const percent = (value) => `${Number((value * 100).toFixed(1))} %`;

/** What an item that waits is about: "Create promotion: Kestrel 20 % at Albion". */
export function titleOf({ kind, change }) {
  const id = typeof change.promotion === "string" ? change.promotion : change.claim;
  const about = [id, change.name].filter((part) => typeof part === "string").join(", ") || change.account;
  return about ? `${label(kind)}: ${about}` : label(kind);
}

/**
 * The change in words, line by line; `changed` marks what differs from what is stored (for an update).
 * @returns {{ label: string, value: string, changed: boolean }[]}
 */
export function linesOf({ change }) {
  const lines = [];
  const differs = new Set(Array.isArray(change.changed) ? change.changed : []);
  const add = (name, value, field) => {
    if (value) lines.push({ label: name, value, changed: differs.has(field) });
  };
  if (change.start && change.end) add("Dates", periodInWords({ from: change.start, to: change.end }), "dates");
  for (const [key, value] of Object.entries(change)) {
    if (unsaid(key) || value === null || value === undefined || value === "") continue;
    if (key === "fixed_spend" && value === 0) continue;
    if (key === "mechanic") add("Offer", offerOf(change), "offer");
    else if (key === "discount" || key === "price_off") {
      if (!change.mechanic) add(label(key), plain(key, value, change), "offer");
    } else if (key === "payment" && "feature" in change) {
      add("Support", supportOf(change), "support");
      add("Payment", plain(key, value, change), "payment");
    } else add(label(key), plain(key, value, change), key);
  }
  if (change.expected) for (const line of expectedLines(change)) lines.push(line);
  return lines;
}

/** "Price off (TPR), 20 % off", "Multibuy, 3 for 2" */
function offerOf(change) {
  const depth =
    change.get && change.pay
      ? `${change.get} for ${change.pay}`
      : change.price_off
        ? `${money(change.price_off.amount, change.price_off.currency)} off`
        : typeof change.discount === "number"
          ? `${percent(change.discount)} off`
          : "";
  return [VALUES.mechanic[change.mechanic] ?? label(change.mechanic), depth].filter(Boolean).join(", ");
}

function supportOf({ feature, display }) {
  return [feature && "feature", display && "display"].filter(Boolean).join(" and ") || "no support";
}

function plain(key, value, change) {
  if (VALUES[key]?.[value]) return VALUES[key][value];
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") {
    if (MONEY.has(key)) return money(value, change.currency);
    return SHARES.has(key) ? percent(value) : number(value, Number.isInteger(value) ? 0 : 2);
  }
  if (typeof value === "string")
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateInWords(value) : value.replaceAll("_", " ");
  if (Array.isArray(value)) return value.map((item) => plain(key, item, change)).join(", ");
  if (typeof value.amount === "number") return money(value.amount, value.currency);
  if (value.from && value.to) return periodInWords(value);
  return Object.entries(value)
    .map(([name, part]) => `${label(name)}: ${part === null ? "–" : plain(name, part, change)}`)
    .join("; ");
}

/** The few figures of a draft's forecast that help to decide: what it sells, what it brings, what may go wrong. */
function expectedLines({ expected, currency }) {
  const within = typeof expected.interval === "number" ? `${percent(expected.interval)} range: ` : "";
  const range = (value, show) =>
    value && typeof value.mean === "number"
      ? `${show(value.mean)} (${within}${show(value.low)} to ${show(value.high)})`
      : typeof value === "number"
        ? show(value)
        : "";
  const units = (value) => number(value, 0);
  return [
    ["Expected units", range(expected.units, units)],
    ["Expected true incremental", range(expected.true_incremental, units)],
    ["Expected net profit", range(expected.net_profit, (value) => money(value, currency))],
    ["Expected net ROI", range(expected.net_roi, (value) => number(value, 2))],
    ["Chance of a loss", range(expected.probability_of_loss, percent)],
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => ({ label: name, value, changed: false }));
}
