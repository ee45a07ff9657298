import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../data/accounts/accounts.service.ts";
import { weekFromIndex } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import { type Product, resolveProducts } from "../../data/products/products.service.ts";
import { type GroupResponse, responseOf, responsesBy } from "../../forecasting/index.ts";
import { accountRef, optional, productRef } from "../args.ts";
import { readTool } from "../define.ts";
import type { StoreModel } from "../fitting/storeModel.ts";
import { LEVEL, Z80 } from "../statistics.ts";

const MOST = 100;
const TOP = 10;

const schema = z.strictObject({
  driver: z.enum(["price", "display", "feature"]),
  by: z.enum(["account", "product", "category"]).default("account"),
  account: optional(accountRef),
  product: optional(productRef),
  category: optional(z.string().min(1)),
  top: optional(z.number().int().min(1).max(MOST)),
});

export const compareResponses = readTool({
  name: "compare_responses",
  role: "expert",
  description:
    "Ranks accounts, products or categories by how strongly their shoppers respond to price (elasticity), display or feature, from the fitted model, with standard errors and the weeks they rest on.",
  examples: [
    { say: "Which account responds most to display?", args: { driver: "display", by: "account" } },
    { say: "Which account has the highest price elasticity?", args: { driver: "price", by: "account" } },
    {
      say: "Which of our coffees react most to a leaflet at Albion?",
      args: { driver: "feature", by: "product", account: "Albion Fresh", category: "Coffee" },
    },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    const fitted = await context.models.current(store);
    if (args.driver !== "price" && !fitted.model.driverNames.includes(args.driver))
      throw new KamError("no_data", `The sales in this store do not say when a ${args.driver} ran.`, {});
    const accounts =
      args.account === undefined
        ? await visibleAccounts(actor, store)
        : [await resolveAccount(actor, store, args.account)];
    const refs = [
      ...(args.product === undefined ? [] : [args.product]),
      ...(args.category === undefined ? [] : [{ category: args.category }]),
    ];
    const products = refs.length ? await resolveProducts(store, refs) : null;
    const inCategory = args.category === undefined ? null : await resolveProducts(store, [{ category: args.category }]);
    const wanted = products && inCategory ? products.filter((p) => inCategory.some((q) => q.id === p.id)) : products;
    const all = responses(
      fitted,
      args.driver,
      args.by,
      accounts.map((a) => a.id),
      wanted,
      actor.accounts === "all",
    );
    const ranked = all
      .filter((r) => r.n > 0)
      .sort((a, b) => strength(b, args.driver) - strength(a, args.driver) || (a.label < b.label ? -1 : 1));
    if (!ranked.length)
      throw new KamError(
        "no_data",
        `No week with ${wordOf(args.driver)} is known for what was asked, so there is no response to compare.`,
        {},
      );
    const rowOf = (r: GroupResponse, rank: number) => ({
      ...responseJson(r, rank, args.driver),
      ...usualJson(fitted, r, args.driver, args.by),
    });
    const rows = ranked.slice(0, args.top ?? TOP).map((r, i) => rowOf(r, i + 1));
    return {
      driver: args.driver,
      by: args.by,
      account: args.account === undefined ? null : accounts[0]!.name,
      product:
        args.product === undefined
          ? null
          : [...new Set(wanted!.map((p) => p.brand))].length === 1 && wanted!.length > 1
            ? wanted![0]!.brand
            : wanted!.map((p) => p.name).join(", "),
      category: inCategory?.[0]?.category ?? null,
      n_groups: ranked.length,
      n_without: all.length - ranked.length,
      n_shown: rows.length,
      n_accounts: accounts.length,
      period: { from: periodStart(fitted), to: fitted.lastWeek },
      interval: LEVEL,
      rows,
      last: rowOf(ranked.at(-1)!, ranked.length),
      lead: leadOf(ranked),
      own_accounts_only: actor.accounts !== "all" && args.account === undefined,
    };
  },
});

const wordOf = (driver: string): string => (driver === "price" ? "a lower price" : `a ${driver}`);

const periodStart = (fitted: StoreModel): string => {
  const first = Math.min(...fitted.ground.series.flatMap((facts) => facts?.first ?? []));
  return weekFromIndex(first);
};

/** How strong a response is: an elasticity is stronger the more negative it is. */
const strength = (r: { estimate: number }, driver: string): number => (driver === "price" ? -r.estimate : r.estimate);

/** The fitted model's own averages where nothing narrows the question and every account may be seen; else means over the series that are left. */
function responses(
  fitted: StoreModel,
  driver: string,
  by: "account" | "product" | "category",
  accountIds: readonly number[],
  products: readonly Product[] | null,
  seesAll: boolean,
): GroupResponse[] {
  const { model } = fitted;
  const visible = new Set(accountIds.map((id) => fitted.accountIndex.get(id)));
  if (!products && (by === "account" || (seesAll && accountIds.length === fitted.accountIds.length)))
    return responsesBy(model, driver, by).filter((r) => by !== "account" || visible.has(r.group));
  const chosen = new Set(products?.map((p) => fitted.productIndex.get(p.id)));
  const members = new Map<number, { label: string; of: { estimate: number; se: number; n: number }[] }>();
  const categories = [...new Set(model.categories)];
  fitted.ground.series.forEach((facts, key) => {
    if (!facts) return;
    const account = Math.floor(key / model.products.length);
    const product = key % model.products.length;
    if (!visible.has(account) || (products && !chosen.has(product))) return;
    const group =
      by === "account" ? account : by === "product" ? product : categories.indexOf(model.categories[product]!);
    const label =
      by === "account" ? model.accounts[account]! : by === "product" ? model.products[product]! : categories[group]!;
    const known = members.get(group) ?? { label, of: [] };
    known.of.push(responseOf(model, account, product, driver));
    members.set(group, known);
  });
  return [...members].map(([group, { label, of }]) => ({
    group,
    label,
    series: of.length,
    estimate: of.reduce((sum, r) => sum + r.estimate, 0) / of.length,
    // Series of one group share most of what is known of them, so their errors are averaged and not divided by √n.
    se: of.reduce((sum, r) => sum + r.se, 0) / of.length,
    n: of.reduce((sum, r) => sum + r.n, 0),
  }));
}

function responseJson(r: GroupResponse, rank: number, driver: string) {
  const half = Z80 * r.se;
  return {
    rank,
    label: r.label,
    estimate: r.estimate,
    standard_error: r.se,
    low: r.estimate - half,
    high: r.estimate + half,
    /** Weeks in which it was active. */
    n: r.n,
    series: r.series,
    ...(driver === "price"
      ? { /** Units gained by a tenth off the price. */ cut: 0.1, effect: (1 - 0.1) ** r.estimate - 1 }
      : { effect: Math.exp(r.estimate) - 1 }),
  };
}

/** What support brought at the share of distribution that it usually had at an account. */
function usualJson(fitted: StoreModel, r: GroupResponse, driver: string, by: string) {
  if (by !== "account" || driver === "price") return {};
  const share = fitted.ground.usual[driver as "display" | "feature"][r.group] ?? null;
  return { usual_share: share, usual_effect: share === null ? null : Math.exp(r.estimate * share) - 1 };
}

/** Whether the first is truly ahead of the second, or the order is within what chance does. */
function leadOf(ranked: readonly GroupResponse[]) {
  const [first, second] = ranked;
  if (!first || !second) return null;
  const difference = Math.abs(first.estimate - second.estimate);
  const se = Math.hypot(first.se, second.se);
  return { difference, standard_error: se, clear: difference > Z80 * se, second_label: second.label };
}
