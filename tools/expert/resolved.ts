import { resolveAccount, type VisibleAccount } from "../../data/accounts/accounts.service.ts";
import { addDays, daysBetween } from "../../data/common/dates.ts";
import { resolveProducts } from "../../data/products/products.service.ts";
import { newWish } from "../assistant/promotions/newWish.ts";
import { specOf, type Wish } from "../assistant/promotions/planDraft.ts";
import { accountOf, type PromotionArgs } from "../assistant/promotions/wish.ts";
import type { ToolContext } from "../define.ts";
import { planningToday } from "../fitting/planningToday.ts";
import { forecastPromotion } from "../forecasts/forecastPromotion.ts";
import type { PromotionSpec } from "../forecasts/types.ts";

/** A promotion that a person described, every name and default resolved. */
export interface Resolved {
  readonly account: VisibleAccount;
  readonly wish: Wish;
  readonly spec: PromotionSpec;
  /** What was taken without asking, in words. */
  readonly assumptions: readonly string[];
  /** Products that were named and are not in it, as the account does not list them then. */
  readonly leftOut: readonly string[];
}

/**
 * What a person asks to be forecast. As for a draft, with one thing more: support alone, without a discount, is allowed.
 * @throws KamError missing_slot, unknown_name, ambiguous_name, no_right, bad_input
 */
export async function resolvePromotion(context: ToolContext, args: PromotionArgs): Promise<Resolved> {
  const account = await resolveAccount(context.actor, context.store, accountOf(args));
  const moved = await afterTheData(context, args.start, args.end);
  const supportOnly = isSupportOnly(args);
  const asked: PromotionArgs = {
    ...args,
    ...(moved ? { start: moved.start, end: moved.end } : {}),
    ...(supportOnly ? { discount: 0, mechanic: "tpr" } : {}),
  };
  const { wish, assumptions } = await newWish(context, forecastPromotion, asked, account);
  const named = args.products?.length ? await resolveProducts(context.store, args.products) : [];
  return {
    account,
    wish,
    leftOut: named.filter((p) => !wish.products.some((taken) => taken.id === p.id)).map((p) => p.name),
    spec: specOf(wish),
    assumptions: [
      ...(moved ? [moved.words] : []),
      ...(supportOnly ? ["no discount was named, so the price stays as it is"] : []),
      ...assumptions,
    ],
  };
}

/** Support without any offer is a promotion of its own. */
function isSupportOnly(args: PromotionArgs): boolean {
  const offer = [args.discount, args.price_off, args.get, args.pay].some((v) => v !== undefined);
  const plainCut = args.mechanic === undefined || args.mechanic === "tpr";
  return !offer && plainCut && (args.display === true || args.feature === true);
}

/** "The next weeks" of somebody who asks today begin this soon. */
const SOON_DAYS = 35;

/** Dates that mean "the next weeks", in a store whose sales end long before today: the same number of weeks right after them. */
export async function afterTheData(
  { store }: ToolContext,
  start: string | undefined,
  end: string | undefined,
): Promise<{ start: string; end: string; words: string } | null> {
  if (!start || !end || end < start) return null;
  const { date, why } = await planningToday(store);
  if (!why || start < date || start > addDays(store.today, SOON_DAYS)) return null;
  if (start < store.today) return { start, end, words: why };
  return { start: date, end: addDays(date, daysBetween(start, end)), words: why };
}
