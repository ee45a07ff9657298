import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { addMonths } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { foldName } from "../../../data/common/names.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { type ProductRef, resolveProducts } from "../../../data/products/products.service.ts";
import { type FoundPromotion, findPromotions as find } from "../../../data/promotions/reading.service.ts";
import type { PromotionStatus } from "../../../data/promotions/states.ts";
import { findPerson } from "../../../data/users/users.repo.ts";
import { netRoi } from "../../../forecasting/index.ts";
import { accountRef, exclusion, mechanic, optional, period, productRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { excludedBy, idsWithout } from "../../exclusion.ts";
import { promotionJson } from "./results.ts";

const status = z
  .enum(["planned", "draft", "submitted", "approved", "running", "ended", "closed", "cancelled"])
  .describe("planned: draft, submitted or approved");
const DEFAULT_TOP = 10;
/** How far back a search without dates goes. */
const MONTHS_BACK = 12;
const NOT_OVER: readonly PromotionStatus[] = ["draft", "submitted", "approved", "running"];

const schema = z.strictObject({
  account: optional(accountRef),
  product: optional(productRef),
  brand: optional(z.string().min(1)),
  category: optional(z.string().min(1)),
  status: optional(z.union([status, z.array(status).min(1)])),
  mechanic: optional(mechanic),
  period: optional(period).describe("promotions that start in it"),
  owner: optional(z.string().min(1)),
  series: optional(z.string().min(1)),
  text: optional(z.string().min(1).max(200)),
  exclude: optional(exclusion),
  top: optional(z.number().int().min(1).max(500)),
});

export const findPromotions = readTool({
  name: "find_promotions",
  role: "assistant",
  description:
    "Lists promotions by account, product, brand, category, status, mechanic, period (of their start), owner or words in them, with dates, spend and, where they ended, their net ROI.",
  examples: [
    { say: "Which promotions are running at Galleon?", args: { account: "Galleon Cash & Carry", status: "running" } },
    {
      say: "What is planned for Kestrel in the first quarter?",
      args: { brand: "Kestrel", status: "planned", period: { from: "2027-01-01", to: "2027-03-31" } },
    },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const refs: ProductRef[] = [
      ...(args.product === undefined ? [] : [args.product]),
      ...(args.brand === undefined ? [] : [{ brand: args.brand }]),
      ...(args.category === undefined ? [] : [{ category: args.category }]),
    ];
    const out = await excludedBy(context, args.exclude);
    const named = refs.length ? await idsOfAll(store, refs) : undefined;
    const owner = args.owner === undefined ? null : await ownerOf(store, args.owner);
    const statuses = args.status === undefined ? undefined : statusesOf([args.status].flat());
    const open = !args.period && !args.text && !args.series;
    const found = await find(actor, store, {
      accountIds: idsWithout(account ? [account.id] : undefined, await visibleAccounts(actor, store), out.accounts),
      productIds: idsWithout(named, await listProducts(store), out.products),
      notMechanics: out.mechanics,
      statuses,
      mechanic: args.mechanic,
      startsIn: args.period,
      endsFrom: open ? addMonths(store.today, -MONTHS_BACK) : undefined,
      ownerId: owner?.id,
      series: args.series,
      words: args.text === undefined ? undefined : foldName(args.text).split(" ").filter(Boolean),
    });
    const top = args.top ?? DEFAULT_TOP;
    const sorted = found.sort(nextFirst);
    return {
      filter: {
        account: account?.name ?? null,
        product: typeof args.product === "object" ? null : (args.product ?? null),
        brand: args.brand ?? (typeof args.product === "object" && "brand" in args.product ? args.product.brand : null),
        category:
          args.category ??
          (typeof args.product === "object" && "category" in args.product ? args.product.category : null),
        status: statuses ?? null,
        mechanic: args.mechanic ?? null,
        owner: owner?.name ?? null,
        text: args.text ?? null,
        series: args.series ?? null,
        without: out.words,
      },
      period: args.period ?? null,
      assumptions:
        open && (!statuses || statuses.some((s) => !NOT_OVER.includes(s)))
          ? ["no period was named, so what ended more than twelve months ago is left out"]
          : [],
      accounts: actor.accounts === "all" ? "all" : "own",
      n: found.length,
      shown: Math.min(top, found.length),
      promotions: sorted.slice(0, top).map(promotionJson),
      totals: totalsOf(found),
    };
  },
});

async function idsOfAll(store: Parameters<typeof resolveProducts>[0], refs: readonly ProductRef[]): Promise<number[]> {
  const groups = await Promise.all(refs.map((ref) => resolveProducts(store, [ref])));
  // A brand beside a product narrows it: what is asked for lies in all of them.
  return groups.map((g) => g.map((p) => p.id)).reduce((a, b) => a.filter((id) => b.includes(id)));
}

async function ownerOf(store: Parameters<typeof findPerson>[0], name: string) {
  const person = await findPerson(store, name);
  if (!person) throw new KamError("unknown_name", `There is no user "${name}" in this store.`, { ref: name });
  return person;
}

const statusesOf = (asked: readonly z.output<typeof status>[]): PromotionStatus[] => [
  ...new Set(asked.flatMap((s): PromotionStatus[] => (s === "planned" ? ["draft", "submitted", "approved"] : [s]))),
];

const isOpen = (p: FoundPromotion): boolean => NOT_OVER.includes(p.status);

/** What runs or comes first, then what ended, the latest first. */
function nextFirst(a: FoundPromotion, b: FoundPromotion): number {
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1;
  const order = a.start === b.start ? a.promotion_id - b.promotion_id : a.start < b.start ? -1 : 1;
  return isOpen(a) ? order : -order;
}

/** Sums over everything found, shown or not; money only where it is of one currency. */
function totalsOf(found: readonly FoundPromotion[]) {
  const currencies = new Set(found.map((p) => p.currency));
  const currency = currencies.size === 1 ? [...currencies][0] : null;
  const judged = found.filter((p) => p.spend !== null && p.incremental_profit !== null);
  const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
  const spend = sum(judged.map((p) => p.spend ?? 0));
  const profit = sum(judged.map((p) => p.incremental_profit ?? 0));
  const held = found.filter((p) => isOpen(p) && p.held !== null);
  return {
    currency,
    judged: judged.length,
    spend: currency && judged.length ? spend : null,
    incremental_profit: currency && judged.length ? profit : null,
    net_roi: currency ? netRoi(profit, spend) : null,
    open: found.filter(isOpen).length,
    open_spend: currency && held.length ? sum(held.map((p) => p.held ?? 0)) : null,
  };
}
