import { PAYMENT_WORDS, supportWords } from "../../../../data/promotions/words.ts";
import { atPointer, type Say } from "../../say.ts";

interface OfferJson {
  readonly mechanic: "tpr" | "multibuy" | "loyalty_price" | "coupon" | "edlp";
  readonly discount: number | null;
  readonly price_off: { readonly amount: number; readonly currency: string } | null;
  readonly get: number | null;
  readonly pay: number | null;
}

const AROUND: Readonly<Record<OfferJson["mechanic"], (cut: string) => string>> = {
  tpr: (cut) => `${cut} off the shelf price (TPR)`,
  multibuy: (cut) => `${cut} off as a multibuy`,
  loyalty_price: (cut) => `${cut} off with the loyalty card`,
  coupon: (cut) => `${cut} off by coupon`,
  edlp: (cut) => `${cut} off as everyday low price (EDLP)`,
};

/** The offer at `path` of the result, as a shopper would read it. */
export function offer(say: Say, path: string): string {
  const { mechanic, discount, price_off, get, pay } = atPointer(say.call.result, path) as OfferJson;
  if (get !== null && pay !== null)
    return `${say.fig(`${path}/get`, "count")} for ${say.fig(`${path}/pay`, "count")} (multibuy)`;
  if (price_off) return AROUND[mechanic](say.fig(`${path}/price_off/amount`, price_off.currency));
  return discount ? AROUND[mechanic](say.fig(`${path}/discount`, "%")) : "no price cut";
}

interface Paid {
  readonly payment: keyof typeof PAYMENT_WORDS;
  readonly fixed_spend: number;
  readonly currency: string;
}

/** "paid by scan-back and €2,000 fixed" */
export function payment(say: Say, path: string): string {
  const paid = atPointer(say.call.result, path) as Paid;
  const fixed = paid.fixed_spend > 0 ? ` and ${say.fig(`${path}/fixed_spend`, paid.currency)} fixed` : "";
  return `paid by ${PAYMENT_WORDS[paid.payment]}${fixed}`;
}

/** "with display and feature", "with no support" */
export const support = (of: { readonly feature: boolean; readonly display: boolean }): string =>
  `with ${supportWords(of)}`;

/** A sentence of what was taken without asking; nothing where nothing was. */
export const taken = (assumptions: readonly string[]): string[] =>
  assumptions.length ? [`Taken without asking: ${assumptions.join("; ")}.`] : [];

/** "a draft", "running", "over": after "is" or "has" as it needs. */
export const STATUS_SENTENCE: Readonly<Record<string, string>> = {
  draft: "is a draft",
  submitted: "is submitted and waits for approval",
  approved: "is approved",
  running: "is running",
  ended: "has ended",
  closed: "has ended and is closed",
  cancelled: "was cancelled",
};

/** "is" or "are" by a count of the result; the count itself is written by `fig`. */
export const plural = (n: number, one: string, many: string): string => (n === 1 ? one : many);
