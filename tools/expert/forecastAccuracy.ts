import { z } from "zod";
import { resolveAccount, type VisibleAccount, visibleAccounts } from "../../data/accounts/accounts.service.ts";
import { addDays } from "../../data/common/dates.ts";
import { measuredForecasts } from "../../data/forecasts/forecasts.service.ts";
import { listProducts } from "../../data/products/products.repo.ts";
import { resolveProducts } from "../../data/products/products.service.ts";
import { wholeName } from "../../data/products/wholeName.ts";
import { accountRef, fraction, mechanic, optional, productRef } from "../args.ts";
import { readTool } from "../define.ts";
import { bandOf, DEPTH_BANDS } from "../forecasts/record/bands.ts";
import { calibrationOf } from "../forecasts/record/calibration.ts";
import { plansOf } from "../forecasts/record/plans.ts";
import { recordFor } from "../forecasts/record/recordFor.ts";
import { ENOUGH, type Scored, scoreOf } from "../forecasts/record/scored.ts";
import { eachOnce, type Scorings, scoringsOf } from "../forecasts/record/scorings.ts";
import { trackRecord } from "../forecasts/trackRecord.ts";
import { LEVEL, WIDE_LEVEL } from "../statistics.ts";

export const forecastAccuracy = readTool({
  name: "forecast_accuracy",
  role: "expert",
  description:
    "How good forecasts of promotions were, by account, product, mechanic or depth: those told before the promotion ran, and promotions of the last year tried by models that had not seen them, against what was sold: error (WAPE), bias, how often the ranges held; and whether people's own plans were better.",
  examples: [
    { say: "How good are your forecasts at Bramley?", args: { account: "Bramley Stores" } },
    { say: "Can I trust the forecasts of multibuys?", args: { mechanic: "multibuy" } },
    { say: "Were our own plans better than your forecasts?", args: { plans: true } },
    {
      say: "Can I trust a forecast of 30 % off at Harbour?",
      args: { account: "Harbour Pet & Home", discount: 0.3 },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    product: optional(productRef),
    mechanic: optional(mechanic),
    discount: optional(fraction).describe("how deep: the band of this discount"),
    plans: optional(z.boolean()).describe("whether people's own plans were better is what is asked"),
  }),
  access: "READ",
  async run({ actor, store, models }, args) {
    const named = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const accounts = named ? [named] : await visibleAccounts(actor, store);
    const products = args.product === undefined ? null : await resolveProducts(store, [args.product]);
    const record = await trackRecord(store, models);
    const until = addDays((await models.current(store)).lastWeek, 6);
    const wanted = products && new Set(products.map((p) => p.id));
    const scorings = ofProducts(scoringsOf(record, await measuredForecasts(store, until)), wanted);
    const band = args.discount === undefined ? null : bandOf(args.discount);
    const ids = new Set(accounts.map((a) => a.id));
    const asked = (s: Scored): boolean =>
      ids.has(s.account_id) &&
      (!args.mechanic || s.mechanic === args.mechanic) &&
      (!band || (s.depth !== null && bandOf(s.depth) === band));
    const tried = scorings.tried.filter(asked);
    const made = scorings.made.filter(asked);
    const overridden = made.filter((s) => s.overridden);
    const each = eachOnce(scorings).filter(asked);
    const first = record.origins[0] ?? null;
    return {
      account: named?.name ?? null,
      product: products ? wholeName(products, await listProducts(store)) : null,
      mechanic: args.mechanic ?? null,
      band,
      of: record.of,
      interval: LEVEL,
      wide_interval: WIDE_LEVEL,
      n_trials: record.origins.length,
      least: ENOUGH,
      enough: tried.length >= ENOUGH,
      period: first ? { from: first, to: until } : null,
      ...scores(tried),
      true_incremental: gains(tried),
      made: { ...scores(made), true_incremental: gains(made) },
      record: recordFor(scorings, actor, { account: named, mechanic: args.mechanic ?? null, band }),
      plans_first: args.plans ?? false,
      plans: plansOf(each),
      overrides: { n: overridden.length, scored: plansOf(overridden) },
      plans_better_at: named ? [] : plansBetterAt(accounts, each),
      by_account: named ? [] : byAccount(accounts, each),
      by_mechanic: args.mechanic ? [] : byMechanic(each),
      by_band: band ? [] : byBand(each),
      calibration: calibrationOf(each),
      own_accounts_only: actor.accounts !== "all" && !named,
    };
  },
});

function ofProducts({ of, made, tried }: Scorings, wanted: ReadonlySet<number> | null): Scorings {
  const holds = (s: Scored): boolean => !wanted || s.product_ids.some((id) => wanted.has(id));
  return { of, made: made.filter(holds), tried: tried.filter(holds) };
}

/** Error figures of units; null below the least number. */
function scores(rows: readonly Scored[]) {
  const none = {
    wape: null,
    bias: null,
    held: null,
    coverage: null,
    wide_held: null,
    wide_coverage: null,
  };
  return { n: rows.length, ...none, ...scoreOf(rows.map((s) => s.units)) };
}

/** The same of true incremental units, over the promotions that are measured. */
const gains = (rows: readonly Scored[]) => scoreOf(rows.flatMap((s) => s.gain ?? []));

/** Groups with enough forecasts, each with what names it. */
const grouped = <T extends object>(groups: readonly { readonly name: T; readonly rows: readonly Scored[] }[]) =>
  groups.flatMap(({ name, rows }) => {
    const score = scoreOf(rows.map((s) => s.units));
    return score ? [{ ...name, ...score }] : [];
  });

const byAccount = (accounts: readonly VisibleAccount[], rows: readonly Scored[]) =>
  grouped(
    accounts.map((account) => ({
      name: { account: account.name },
      rows: rows.filter((s) => s.account_id === account.id),
    })),
  ).sort((a, b) => a.wape - b.wape);

const byMechanic = (rows: readonly Scored[]) =>
  grouped(
    mechanic.options.map((name) => ({ name: { mechanic: name }, rows: rows.filter((s) => s.mechanic === name) })),
  );

const byBand = (rows: readonly Scored[]) =>
  grouped(
    DEPTH_BANDS.map((band) => ({
      name: { band, depth: band.words },
      rows: rows.filter((s) => s.depth !== null && bandOf(s.depth) === band),
    })),
  );

/** Accounts where what people planned came nearer than the forecasts. */
const plansBetterAt = (accounts: readonly VisibleAccount[], rows: readonly Scored[]) =>
  accounts.flatMap((account) => {
    const plans = plansOf(rows.filter((s) => s.account_id === account.id));
    return plans?.better === "plans" ? [{ account: account.name, ...plans }] : [];
  });
