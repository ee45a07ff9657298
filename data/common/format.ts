import type { Period } from "./dates.ts";
/** How a figure is written for a person, one way everywhere. `%` takes a fraction; money takes major units and its currency as unit. */
export type Unit = "units" | "%" | "pp" | "ratio" | "count" | "days" | "weeks" | "index" | (string & {});

const COUNTS = new Set<Unit>(["units", "count", "days", "weeks"]);
const numbers = (value: number, least: number, most: number): string =>
  (Object.is(value, -0) ? 0 : value).toLocaleString("en-US", {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
const isCurrency = (unit: Unit): boolean => /^[A-Z]{3}$/.test(unit);

/** @example formatFigure(0.2, "%") // "20 %"   formatFigure(1234.5, "EUR") // "€1,235"   formatFigure(-0.4567, "ratio") // "-0.46" */
export function formatFigure(value: number, unit: Unit): string {
  if (unit === "%" || unit === "pp") {
    const scaled = value * 100;
    const digits = Math.abs(scaled - Math.round(scaled)) >= 0.05 ? 1 : 0;
    return `${numbers(scaled, 0, digits).replace(/^-0$/, "0")} ${unit === "%" ? "%" : "points"}`;
  }
  if (isCurrency(unit)) {
    const digits = Math.abs(value) < 100 ? 2 : 0;
    return value.toLocaleString("en-US", {
      style: "currency",
      currency: unit,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }
  if (COUNTS.has(unit)) return numbers(Math.abs(value) < 10 && unit === "units" ? value : Math.round(value), 0, 1);
  return numbers(value, 2, 2).replace(/^-0\.00$/, "0.00");
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "1 June 2027" */
export function dateInWords(iso: string): string {
  const [y, m, d] = iso.split("-").map(Number) as [number, number, number];
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

/** "1–14 June 2027", "28 June – 11 July 2027", "28 December 2026 – 3 January 2027" */
export function periodInWords(period: Period): string {
  const { from, to } = period;
  if (from === to) return dateInWords(from);
  const [day, month, year] = dateInWords(from).split(" ");
  if (from.slice(0, 7) === to.slice(0, 7)) return `${day}–${dateInWords(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4)) return `${day} ${month} – ${dateInWords(to)}`;
  return `${day} ${month} ${year} – ${dateInWords(to)}`;
}
