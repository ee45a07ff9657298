import { formatFigure, periodInWords } from "../../data/common/format.ts";
import { toMajor, toMinor } from "../../data/common/money.ts";
import { listed } from "../../data/common/words.ts";
import { offerWords } from "../../data/promotions/promotionName.ts";
import { PAYMENT_WORDS, supportWords } from "../../data/promotions/words.ts";
import type { Resolved } from "./resolved.ts";

type Part = (resolved: Resolved) => string;

const products: Part = ({ wish }) => listed([...new Set(wish.products.map((p) => p.brand))]);
const support: Part = ({ wish }) => (wish.display || wish.feature ? `with ${supportWords(wish)}` : "without support");
const offer: Part = ({ wish, account }) => {
  const { mechanic, discount, price_off, get, pay } = wish.offer;
  if (!discount && price_off === null && get === null) return "no price cut";
  const price_off_minor = price_off === null ? null : toMinor(price_off);
  const { currency } = account;
  const words = offerWords({ mechanic, discount, price_off_minor, get, pay, currency, display: false, feature: false });
  return words.endsWith("%") ? `${words} off` : words;
};
/** What a scenario is told by, first what people look at. */
const PARTS: readonly Part[] = [
  ({ account }) => account.name,
  products,
  offer,
  ({ wish }) => periodInWords({ from: wish.start, to: wish.end }),
  support,
];
/** How it is paid tells scenarios apart only where nothing else does; else it follows from the account. */
const MONEY: readonly Part[] = [
  ({ wish }) => PAYMENT_WORDS[wish.payment],
  ({ wish, account }) => `${formatFigure(toMajor(wish.fixed_spend_minor), account.currency)} fixed`,
];

/** What each scenario is called: the name it was given, else what tells it from the others (account and dates where nothing does). */
export function labelsOf(all: readonly Resolved[], names: readonly (string | null)[]): string[] {
  const telling = (parts: readonly Part[]): readonly Part[] => parts.filter((p) => new Set(all.map(p)).size > 1);
  const write = (parts: readonly Part[]): string[] => all.map((one) => parts.map((part) => part(one)).join(", "));
  const first = telling(PARTS);
  const told = new Set(write(first)).size === all.length ? first : [...first, ...telling(MONEY)];
  const made = write(told.length ? told : PARTS.slice(0, 4));
  return all.map((_, i) => names[i] ?? (made.indexOf(made[i]!) === i ? made[i]! : `${made[i]} (again)`));
}
