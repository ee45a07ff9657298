import type { AccountSpec } from "./accounts.ts";
import type { Random } from "./random.ts";
import type { Mechanic, Offer, Payment } from "./types.ts";

const round = (value: number, step: number): number => Math.round(Math.round(value / step) * step * 1000) / 1000;

export const tpr = (discount: number): Offer => ({
  mechanic: "tpr",
  discount,
  getN: null,
  payN: null,
  redemption: null,
  depth: discount,
});

const MULTIBUYS = [
  { get: 4, pay: 3, redemption: [0.5, 0.7] },
  { get: 3, pay: 2, redemption: [0.45, 0.65] },
  { get: 2, pay: 1, redemption: [0.5, 0.6] },
] as const;

/** An offer of a mechanic, as near as it comes to the depth that was thought of, and never past what the contract allows. */
export function offerOf(draw: Random, mechanic: Mechanic, depth: number, account: AccountSpec): Offer {
  if (mechanic === "multibuy") {
    const kind = MULTIBUYS[depth >= 0.25 ? 2 : depth >= 0.15 ? 1 : 0]!;
    const redemption = round(draw.uniform(kind.redemption[0], kind.redemption[1]), 0.01);
    const effective = (1 - kind.pay / kind.get) * redemption;
    return {
      mechanic,
      discount: null,
      getN: kind.get,
      payN: kind.pay,
      redemption,
      depth: Math.min(effective, account.maxDiscount),
    };
  }
  if (mechanic === "loyalty_price" || mechanic === "coupon") {
    const discount = Math.min(account.maxDiscount, Math.max(0.15, depth + 0.05));
    const redemption = round(mechanic === "coupon" ? draw.uniform(0.16, 0.34) : draw.uniform(0.5, 0.72), 0.01);
    return { mechanic, discount, getN: null, payN: null, redemption, depth: discount * redemption };
  }
  if (mechanic === "edlp") return { ...tpr(round(draw.uniform(0.05, 0.08), 0.01)), mechanic };
  return tpr(depth);
}

const WEIGHT: Readonly<Record<Mechanic, number>> = {
  tpr: 0.58,
  multibuy: 0.18,
  loyalty_price: 0.12,
  coupon: 0.09,
  edlp: 0.09,
};

export const chooseMechanic = (draw: Random, account: AccountSpec): Mechanic =>
  draw.weighted(account.mechanics.map((mechanic) => [mechanic, WEIGHT[mechanic]] as const));

/** How it is paid: the contract's usual way about half the time, else what the mechanic goes with. */
export function choosePayment(draw: Random, mechanic: Mechanic, account: AccountSpec): Payment {
  if (mechanic === "coupon") return draw.pick(["mdf", "bill_back", "scan_back"] as const);
  if (mechanic === "edlp") return draw.pick(["off_invoice", "bill_back"] as const);
  const others = [
    ["bill_back", 3],
    ["scan_back", 3],
    ["off_invoice", mechanic === "loyalty_price" ? 0 : 3],
    ["lump_sum", 2],
    ["mdf", 1],
    ["slotting", 0.7],
  ] as const;
  if (draw.chance(0.5) && !(mechanic === "loyalty_price" && account.usualPayment === "off_invoice"))
    return account.usualPayment;
  return draw.weighted(others);
}

/** "20 %", "3 for 2", "25 % loyalty price": how people name an offer. */
export function offerName(offer: Offer): string {
  const percent = offer.discount === null ? "" : `${Math.round(offer.discount * 100)} %`;
  if (offer.mechanic === "multibuy") return `${offer.getN} for ${offer.payN}`;
  if (offer.mechanic === "loyalty_price") return `${percent} loyalty price`;
  if (offer.mechanic === "coupon") return `${percent} coupon`;
  return offer.mechanic === "edlp" ? `everyday low price ${percent}` : percent;
}
