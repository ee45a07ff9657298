import { addDays, addMonths, weekFromIndex } from "../../data/common/dates.ts";
import { paidByUnit } from "../../data/promotions/draft.ts";
import { BEYOND } from "../../forecasting/index.ts";
import { type ForecastGround, factsAt, soldAt } from "./forecastGround.ts";
import type { MoneyOutcome } from "./moneyOutcome.ts";
import { offerFor } from "./offerOfSpec.ts";
import { fundingShare } from "./terms.ts";
import type { PromotionForecast, PromotionSpec } from "./types.ts";
import type { UnitOutcome } from "./unitOutcome.ts";

/** A depth counts as new from this much beyond the deepest seen. */
const DEEPER = 0.02;

/** What a reader must know of an estimate, in plain sentences without figures: what lies outside the evidence comes first. */
export function caveatsOf(
  ground: ForecastGround,
  spec: PromotionSpec,
  units: UnitOutcome,
  money: MoneyOutcome,
  evidence: PromotionForecast["evidence"],
): string[] {
  const account = ground.book.accountById.get(spec.account_id)?.name ?? "this account";
  return [
    ...depthCaveat(ground, spec, account),
    ...supportCaveats(ground, spec, account),
    ...beyondCaveats(units),
    ...evidenceCaveats(ground, spec, evidence, account),
    ...timeCaveats(ground, spec, units),
    ...moneyCaveats(ground, spec, money, account),
  ];
}

function depthCaveat(ground: ForecastGround, spec: PromotionSpec, account: string): string[] {
  const deepest = (accountId: number, productId: number): number => factsAt(ground, accountId, productId)?.deepest ?? 0;
  const beyond = (seen: (productId: number) => number): boolean =>
    spec.product_ids.some((id) => offerFor(ground, spec, id).effective > seen(id) + DEEPER);
  if (beyond((id) => Math.max(...ground.fitted.accountIds.map((a) => deepest(a, id)))))
    return ["This is deeper than any discount that these products were ever seen with, so the range is a wide guess."];
  if (beyond((id) => deepest(spec.account_id, id)))
    return [
      `Some of these products never ran this deep at ${account}; for those the estimate leans on other accounts.`,
    ];
  return [];
}

function supportCaveats(ground: ForecastGround, spec: PromotionSpec, account: string): string[] {
  return (["display", "feature"] as const).flatMap((support) => {
    if (!spec[support]) return [];
    const seen = (accountId: number) =>
      spec.product_ids.some((id) => (factsAt(ground, accountId, id)?.[support] ?? 0) > 0);
    if (seen(spec.account_id)) return [];
    return ground.fitted.accountIds.some(seen)
      ? [`A ${support} of these products was never measured at ${account}; its effect is borrowed from other accounts.`]
      : [`No ${support} of these products was ever measured, so its effect is a guess from the rest of the range.`];
  });
}

function beyondCaveats({ extrapolated }: UnitOutcome): string[] {
  const out: string[] = [];
  if (extrapolated & BEYOND.everydayPrice)
    out.push("The everyday price lies well outside what these products were ever sold at, so the range is wider.");
  if (extrapolated & BEYOND.season)
    out.push("This time of the year was never seen with sales, so what the season does is a guess.");
  return out;
}

function evidenceCaveats(
  ground: ForecastGround,
  spec: PromotionSpec,
  evidence: PromotionForecast["evidence"],
  account: string,
): string[] {
  const out: string[] = [];
  const unsold = spec.product_ids.filter((id) => factsAt(ground, spec.account_id, id) === null);
  if (unsold.length)
    out.push(
      `${unsold.map((id) => ground.book.productById.get(id)?.name).join(", ")} was never sold at ${account}, so its level is that of like products.`,
    );
  const listed = new Set(soldAt(ground, spec.account_id, { from: spec.start, to: spec.end }));
  const gone = spec.product_ids.filter((id) => !listed.has(id) && !unsold.includes(id));
  if (gone.length)
    out.push(
      `${gone.map((id) => ground.book.productById.get(id)?.name).join(", ")} is not on sale at ${account} over these dates; the estimate is as if it were.`,
    );
  if (evidence.here === 0)
    out.push(`Nothing like it ran at ${account} before; the estimate rests on other accounts and products.`);
  return out;
}

const FAR_WEEKS = 26;

function timeCaveats(ground: ForecastGround, spec: PromotionSpec, units: UnitOutcome): string[] {
  const out: string[] = [];
  const end = addDays(ground.fitted.lastWeek, 6);
  if (spec.start > addDays(end, 7 * FAR_WEEKS))
    out.push(
      "It lies more than half a year beyond the last sales, so the level may have moved by then; the range allows for that.",
    );
  const first = Math.min(...spec.product_ids.flatMap((id) => factsAt(ground, spec.account_id, id)?.first ?? []));
  if (Number.isFinite(first) && weekFromIndex(first) > addMonths(end, -12))
    out.push("Less than a year of sales is known here, so the season is that of the category.");
  if (spec.start <= end)
    out.push("Part of it lies in weeks that are measured already; this is what would have been expected.");
  if (units.extrapolated !== 0 && out.length === 0 && spec.product_ids.length > 1)
    out.push("For at least one of the products it goes beyond what was seen of it.");
  return out;
}

function moneyCaveats(ground: ForecastGround, spec: PromotionSpec, money: MoneyOutcome, account: string): string[] {
  const out: string[] = [];
  if (money.lines.some((line) => line.everyday === null))
    out.push("No shelf price is known for some of the products, so their discount counts for nothing here.");
  if (money.profit === null)
    out.push("Costs or list prices of these products are not in the store, so profit and ROI cannot be said.");
  if (!ground.contracts.some((c) => c.account_id === spec.account_id))
    out.push(`No contract with ${account} is in the store, so everyday terms are taken as none.`);
  if (
    paidByUnit(spec.payment) &&
    money.spend !== null &&
    money.spend > spec.fixed_spend &&
    !fundingShare(ground, spec.account_id).known
  )
    out.push("No past promotion says which part of the price cut the firm pays, so all of it is counted.");
  if (money.spend === 0) out.push("Nothing is paid for it as it stands: name the fixed sum, and ROI can be said.");
  if (money.neverPays) out.push("What is paid a unit is not below the margin, so no uplift can pay for it.");
  return out;
}
