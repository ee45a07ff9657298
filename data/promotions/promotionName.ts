import { formatFigure } from "../common/format.ts";
import { toMajor } from "../common/money.ts";
import type { PromotionDraft } from "./draft.ts";

type Offer = Pick<
  PromotionDraft,
  "mechanic" | "discount" | "price_off_minor" | "get" | "pay" | "currency" | "display" | "feature"
>;

const AROUND: Readonly<Record<PromotionDraft["mechanic"], (depth: string) => string>> = {
  tpr: (depth) => depth,
  multibuy: (depth) => `${depth} multibuy`,
  loyalty_price: (depth) => `${depth} loyalty price`,
  coupon: (depth) => `${depth} coupon`,
  edlp: (depth) => `everyday low price ${depth}`,
};

/** "20 %", "3 for 2", "€1.00 off coupon": the offer as it stands in a name. */
export function offerWords(offer: Offer): string {
  if (offer.mechanic === "multibuy" && offer.get && offer.pay) return `${offer.get} for ${offer.pay}`;
  const around = AROUND[offer.mechanic];
  if (offer.price_off_minor) return around(`${formatFigure(toMajor(offer.price_off_minor), offer.currency)} off`);
  if (offer.discount) return around(formatFigure(offer.discount, "%"));
  return offer.display ? "display" : offer.feature ? "feature" : "support";
}

/** What is promoted, in few words: the brand where there is one, else the category, else the first product and how many more. */
export function subjectWords(products: readonly { name: string; brand: string; category: string }[]): string {
  const first = products[0];
  if (!first) return "No product";
  if (products.length === 1) return first.name;
  if (products.every((p) => p.brand === first.brand)) return first.brand;
  if (products.every((p) => p.category === first.category)) return first.category;
  return `${first.name} and ${products.length - 1} more`;
}

/** The first words of an account's name that no other account begins with. */
export function shortAccountName(name: string, all: readonly { readonly name: string }[]): string {
  const words = name.split(/\s+/);
  for (let n = 1; n < words.length; n++) {
    const start = words.slice(0, n).join(" ");
    if (!/[\p{L}\p{N}]$/u.test(start)) continue;
    const shared = all.filter((other) => `${other.name} `.toLowerCase().startsWith(`${start.toLowerCase()} `));
    if (shared.length <= 1) return start;
  }
  return name;
}

/** "Kestrel 20 % at Albion" */
export const promotionName = (subject: string, offer: Offer, account: string): string =>
  `${subject} ${offerWords(offer)} at ${account}`;
