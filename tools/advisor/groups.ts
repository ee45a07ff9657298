import type { z } from "zod";
import type { grouping } from "../args.ts";

export type Grouping = z.infer<typeof grouping>;

/** What an event is grouped by. */
export interface Groupable {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly category: string | null;
  readonly brand: string | null;
  readonly mechanic: string;
  readonly feature: number;
  readonly display: number;
  readonly discount: number | null;
  readonly payment: string;
  readonly start: string;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Levels of discount stand five points apart. */
const LEVELS = 20;

/** The five-point level nearest to a discount (0.22 → 0.2). */
export const discountLevel = (discount: number): number => Math.round(discount * LEVELS) / LEVELS;

/** Names of the month, quarter and year of an ISO date (or of its first seven characters). */
export const monthLabel = (month: string): string => `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
export const quarterLabel = (month: string): string =>
  `Q${Math.ceil(Number(month.slice(5, 7)) / 3)} ${month.slice(0, 4)}`;
export const yearLabel = (month: string): string => `calendar year ${month.slice(0, 4)}`;

/** The name of the group of an event; product is not here, since one event may hold several. */
export function groupOf(event: Groupable, by: Exclude<Grouping, "product">): string {
  switch (by) {
    case "account":
      return event.account;
    case "category":
      return event.category ?? "several categories";
    case "brand":
      return event.brand ?? "several brands";
    case "mechanic":
      return event.mechanic;
    case "support":
      return supportOf(event);
    case "discount_band":
      return event.discount === null ? "no stated discount" : String(discountLevel(event.discount));
    case "payment":
      return event.payment;
    case "promotion":
      return `${event.promotion}, ${event.name}`;
    case "month":
      return monthLabel(event.start);
    case "quarter":
      return quarterLabel(event.start);
    case "year":
      return yearLabel(event.start);
  }
}

export const supportOf = (event: { readonly feature: number; readonly display: number }): string =>
  event.feature && event.display ? "both" : event.feature ? "feature" : event.display ? "display" : "none";

/** What orders groups of time by the calendar ("2026-04"); null for other groups. */
export function timeOf(date: string, by: Grouping): string | null {
  if (by === "year") return date.slice(0, 4);
  return by === "month" || by === "quarter" ? date.slice(0, 7) : null;
}

/** The name of a group under its own key ({ account: "…" }), for groups that are things with a name. */
export const namedBy = (by: Grouping, key: string): Record<string, string> =>
  by === "account" || by === "category" || by === "brand" || by === "product" ? { [by]: key } : {};
