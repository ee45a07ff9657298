import { listAccounts } from "../../../data/accounts/accounts.repo.ts";
import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, daysBetween } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { toMajor } from "../../../data/common/money.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import { promotionName, shortAccountName, subjectWords } from "../../../data/promotions/promotionName.ts";
import type { Store } from "../../../data/store/open.ts";
import { minorOf } from "../../args.ts";
import { changedLines, type LineChanges } from "./changedLines.ts";
import { ownPlanOf } from "./ownPlan.ts";
import type { Wish } from "./planDraft.ts";
import { productsAt } from "./products.ts";
import { windowsAfter } from "./windows.ts";
import { changedOffer, type PromotionArgs } from "./wish.ts";

/** A draft as a wish again, so that parts of it can be changed. Its name is kept where somebody gave it one of its own. */
export async function wishOfDraft(store: Store, draft: PromotionDraft, account: VisibleAccount): Promise<Wish> {
  const all = await listProducts(store);
  const products = draft.lines.flatMap((line) => all.find((p) => p.id === line.product_id) ?? []);
  const short = shortAccountName(account.name, await listAccounts(store));
  const made = promotionName(subjectWords(products), draft, short);
  return {
    account,
    products,
    start: draft.start,
    end: draft.end,
    buy_in: draft.buy_in,
    scan: draft.scan,
    offer: {
      mechanic: draft.mechanic,
      discount: draft.discount,
      price_off: draft.price_off_minor === null ? null : toMajor(draft.price_off_minor),
      get: draft.get,
      pay: draft.pay,
    },
    feature: draft.feature,
    display: draft.display,
    payment: draft.payment,
    fixed_spend_minor: draft.fixed_spend_minor,
    note: draft.note,
    own: draft.own_units === null ? null : { units: draft.own_units },
    series: draft.series,
    name: draft.name === made ? null : draft.name,
  };
}

/** What moves the units of a promotion: a plan that was made before does not hold after a change of any of them. */
const UNITS_BY = [
  "start",
  "end",
  "products",
  "add_products",
  "remove_products",
  "mechanic",
  "discount",
  "price_off",
  "get",
  "pay",
  "feature",
  "display",
] as const;

/**
 * A wish with what a person changes in it; what she does not name stays.
 * @throws KamError unknown_name, ambiguous_name, bad_input, missing_slot
 */
export async function changedWish(
  store: Store,
  wish: Wish,
  args: PromotionArgs & LineChanges,
): Promise<{ wish: Wish; assumptions: string[] }> {
  const { account } = wish;
  const assumptions: string[] = [];
  const start = args.start ?? wish.start;
  let end = args.end ?? wish.end;
  if (args.start && !args.end) {
    end = addDays(start, daysBetween(wish.start, wish.end));
    if (end !== wish.end) assumptions.push("the end moves with the start, so that it runs as long as before");
  }
  if (end < start)
    throw new KamError("bad_input", "The promotion would end before it starts; say its dates again.", { start, end });
  const windows = windowsAfter(wish, start, args);
  assumptions.push(...windows.assumptions);
  const window = { from: start, to: end };
  const named = args.products?.length ? await productsAt(store, account, args.products, window) : null;
  const lines = await changedLines(store, { ...wish, products: named?.products ?? wish.products }, args, window);
  const own = ownPlanOf(args);
  const moved = UNITS_BY.some((key) => args[key] !== undefined);
  if (wish.own && !own && moved)
    assumptions.push(
      "the units that were planned before were for the promotion as it was, so it goes by the forecast now",
    );
  return {
    wish: {
      ...wish,
      start,
      end,
      ...windows.windows,
      products: lines.products,
      offer: changedOffer(wish.offer, args, account.currency),
      feature: args.feature ?? wish.feature,
      display: args.display ?? wish.display,
      payment: args.payment ?? wish.payment,
      fixed_spend_minor:
        args.fixed_spend === undefined ? wish.fixed_spend_minor : minorOf(args.fixed_spend, account.currency),
      own: own ?? (moved ? null : wish.own),
      note: args.note === undefined ? wish.note : args.note.trim() || null,
    },
    assumptions: [...assumptions, ...(named?.assumptions ?? []), ...lines.assumptions],
  };
}
