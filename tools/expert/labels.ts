import { formatFigure, periodInWords } from "../../data/common/format.ts";
import { offerWords } from "../../data/promotions/promotionName.ts";
import type { Resolved } from "./resolved.ts";

type Part = (resolved: Resolved) => string;

const products: Part = ({ wish }) => [...new Set(wish.products.map((p) => p.brand))].join(" and ");
const support: Part = ({ wish }) =>
  wish.display && wish.feature
    ? "display and feature"
    : wish.display
      ? "display"
      : wish.feature
        ? "feature"
        : "no support";
const offer: Part = ({ wish, account }) => {
  const { mechanic, discount, price_off, get, pay } = wish.offer;
  if (!discount && price_off === null && get === null) return "no price cut";
  const price_off_minor = price_off === null ? null : Math.round(price_off * 100);
  const { currency } = account;
  const words = offerWords({ mechanic, discount, price_off_minor, get, pay, currency, display: false, feature: false });
  return words.endsWith("%") ? `${words} off` : words;
};
const PARTS: readonly Part[] = [
  ({ account }) => account.name,
  products,
  offer,
  ({ wish }) => periodInWords({ from: wish.start, to: wish.end }),
  support,
  ({ wish }) => wish.payment.replaceAll("_", " "),
  ({ wish, account }) => `${formatFigure(wish.fixed_spend_minor / 100, account.currency)} fixed`,
];

/** What each scenario is called: the name it was given, else what tells it from the others (account and dates where nothing does). */
export function labelsOf(all: readonly Resolved[], names: readonly (string | null)[]): string[] {
  const telling = PARTS.filter((part) => new Set(all.map(part)).size > 1);
  const used = telling.length ? telling : PARTS.slice(0, 4);
  const made = all.map((one) => used.map((part) => part(one)).join(", "));
  return all.map((_, i) => names[i] ?? (made.indexOf(made[i]!) === i ? made[i]! : `${made[i]} (again)`));
}
