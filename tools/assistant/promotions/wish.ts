import type { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import { MECHANIC_WORDS } from "../../../data/promotions/words.ts";
import { otherCurrency, type promotionArgs } from "../../args.ts";
import type { ownPlanArgs } from "./ownPlan.ts";
import type { windowArgs } from "./windows.ts";

/** What a person may say of a promotion; undefined is what she did not say. */
type Said = typeof promotionArgs & typeof ownPlanArgs & typeof windowArgs;
export type PromotionArgs = { readonly [K in keyof Said]?: z.output<Said[K]> };

/** The offer to the shopper, complete: a discount, an absolute price-off, or a multibuy. */
export interface Offer {
  readonly mechanic: PromotionDraft["mechanic"];
  readonly discount: number | null;
  /** Major units of the account's currency. */
  readonly price_off: number | null;
  readonly get: number | null;
  readonly pay: number | null;
}

/** @throws KamError missing_slot start or end, bad_input where the end comes first */
export function datesOf(args: PromotionArgs): { start: string; end: string } {
  if (!args.start) throw missingSlot("start", "From which date should it run?");
  if (!args.end) throw missingSlot("end", "Until when, or for how long, should it run?");
  if (args.end < args.start)
    throw new KamError("bad_input", "The promotion would end before it starts; say its dates again.", {
      start: args.start,
      end: args.end,
    });
  return { start: args.start, end: args.end };
}

/** @throws KamError missing_slot account */
export function accountOf(args: PromotionArgs): string | number {
  if (args.account === undefined) throw missingSlot("account", "At which account should it run?");
  return args.account;
}

/**
 * The offer that the arguments mean; a bare discount is a TPR.
 * @throws KamError missing_slot discount; bad_input where two offers contradict each other or the currency is another
 */
export function offerOfArgs(args: PromotionArgs, currency: string): { offer: Offer; assumptions: string[] } {
  const { get, pay, discount } = args;
  const price_off = args.price_off ? args.price_off.amount : null;
  if (args.price_off && args.price_off.currency !== currency) throw otherCurrency(args.price_off.currency, currency);
  const multibuy = get !== undefined || pay !== undefined;
  if (multibuy || args.mechanic === "multibuy") {
    if (get === undefined || pay === undefined)
      throw missingSlot("offer", "What is the multibuy's offer, for example three for two?");
    if (pay >= get)
      throw new KamError("bad_input", "A multibuy gives more than it charges for: get more, pay for fewer.");
    if (args.mechanic && args.mechanic !== "multibuy")
      throw new KamError(
        "bad_input",
        `A ${MECHANIC_WORDS[args.mechanic].one} has a discount, not a number for a number; name one or the other.`,
      );
    return { offer: { mechanic: "multibuy", discount: null, price_off: null, get, pay }, assumptions: [] };
  }
  if (discount !== undefined && price_off !== null)
    throw new KamError("bad_input", "Both a discount and an amount off are named; which of the two is the offer?");
  if (discount === undefined && price_off === null) throw missingSlot("discount", "What is the discount or the offer?");
  // Without a cut there is nothing to reduce: a display or a leaflet alone.
  const assumptions =
    args.mechanic || discount === 0 ? [] : [`the mechanic is a ${MECHANIC_WORDS.tpr.one}, as only the cut is named`];
  return {
    offer: { mechanic: args.mechanic ?? "tpr", discount: discount ?? null, price_off, get: null, pay: null },
    assumptions,
  };
}

/**
 * An offer after a change: what is newly named takes the place of what contradicts it.
 * @example 3 for 2, then "make it 25 %" → a TPR of 25 %
 */
export function changedOffer(now: Offer, args: PromotionArgs, currency: string): Offer {
  const named = [args.mechanic, args.discount, args.price_off, args.get, args.pay].some((v) => v !== undefined);
  if (!named) return now;
  const cut = args.discount !== undefined || args.price_off !== undefined;
  const multibuy = args.get !== undefined || args.pay !== undefined || (args.mechanic === "multibuy" && !cut);
  const kept: PromotionArgs = multibuy
    ? { mechanic: "multibuy", get: now.get ?? undefined, pay: now.pay ?? undefined }
    : {
        mechanic: now.mechanic === "multibuy" ? "tpr" : now.mechanic,
        ...(cut ? {} : { discount: now.discount ?? undefined, price_off: inCurrency(now.price_off, currency) }),
      };
  const said = Object.fromEntries(
    Object.entries({
      mechanic: args.mechanic,
      discount: args.discount,
      price_off: args.price_off,
      get: args.get,
      pay: args.pay,
    }).filter(([, value]) => value !== undefined),
  );
  return offerOfArgs({ ...kept, ...said }, currency).offer;
}

const inCurrency = (amount: number | null, currency: string) => (amount === null ? undefined : { amount, currency });
