import { z } from "zod";
import { resolveAccount, type VisibleAccount, visibleAccounts } from "../../data/accounts/accounts.service.ts";
import { addDays } from "../../data/common/dates.ts";
import { listProducts } from "../../data/products/products.repo.ts";
import { resolveProducts } from "../../data/products/products.service.ts";
import { wholeName } from "../../data/products/wholeName.ts";
import { bias, coverage, wape } from "../../forecasting/index.ts";
import { accountRef, mechanic, optional, productRef } from "../args.ts";
import { readTool } from "../define.ts";
import { type Tried, trackRecord } from "../forecasts/trackRecord.ts";
import { LEVEL } from "../statistics.ts";

/** With fewer than this many nothing is said about how good forecasts were. */
const ENOUGH = 5;

export const forecastAccuracy = readTool({
  name: "forecast_accuracy",
  role: "expert",
  description:
    "How good forecasts of promotions were: promotions of the last year forecast by models that had not seen them, against what was sold: error (WAPE), bias and how often the 80 % range held, by account, product or mechanic.",
  examples: [
    { say: "How good are your forecasts at Bramley?", args: { account: "Bramley Stores" } },
    { say: "Can I trust the forecasts of multibuys?", args: { mechanic: "multibuy" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    product: optional(productRef),
    mechanic: optional(mechanic),
  }),
  access: "READ",
  async run({ actor, store, models }, args) {
    const named = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const accounts = named ? [named] : await visibleAccounts(actor, store);
    const products = args.product === undefined ? null : await resolveProducts(store, [args.product]);
    const record = await trackRecord(store, models);
    const ids = new Set(accounts.map((a) => a.id));
    const wanted = products && new Set(products.map((p) => p.id));
    const tried = record.tried.filter(
      (t) =>
        ids.has(t.account_id) &&
        (!wanted || t.product_ids.some((id) => wanted.has(id))) &&
        (!args.mechanic || t.mechanic === args.mechanic),
    );
    const first = record.origins[0] ?? null;
    const model = await models.current(store);
    return {
      account: named?.name ?? null,
      product: products ? wholeName(products, await listProducts(store)) : null,
      mechanic: args.mechanic ?? null,
      of: record.of,
      interval: LEVEL,
      n_trials: record.origins.length,
      least: ENOUGH,
      enough: tried.length >= ENOUGH,
      period: first ? { from: first, to: addDays(model.lastWeek, 6) } : null,
      ...scores(tried),
      plans: planScores(tried),
      by_account: named ? [] : byAccount(accounts, tried),
      own_accounts_only: actor.accounts !== "all" && !named,
    };
  },
});

/** Error figures of what was tried; null below the least number. */
function scores(tried: readonly Tried[]) {
  const actual = tried.map((t) => t.actual);
  const mean = tried.map((t) => t.mean);
  const said = tried.length >= ENOUGH;
  return {
    n: tried.length,
    wape: said ? wape(actual, mean) : null,
    bias: said ? bias(actual, mean) : null,
    coverage: said
      ? coverage(
          actual,
          tried.map((t) => t.low),
          tried.map((t) => t.high),
        )
      : null,
  };
}

/** The same figures of the plans that people made at the time, over the promotions that have both. */
function planScores(tried: readonly Tried[]) {
  const both = tried.filter((t) => t.planned !== null);
  if (both.length < ENOUGH) return null;
  const actual = both.map((t) => t.actual);
  const planned = both.map((t) => t.planned as number);
  return { n: both.length, wape: wape(actual, planned), bias: bias(actual, planned) };
}

function byAccount(accounts: readonly VisibleAccount[], tried: readonly Tried[]) {
  return accounts
    .map((account) => ({ account: account.name, ...scores(tried.filter((t) => t.account_id === account.id)) }))
    .filter((row) => row.wape !== null)
    .sort((a, b) => a.wape! - b.wape!);
}
