import { addDays } from "../../../data/common/dates.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { wholeName } from "../../../data/products/wholeName.ts";
import { promotionLines } from "../../../data/results/results.service.ts";
import { buyInWindows, supplyWeeks } from "../../../data/supply/supply.service.ts";
import { chancesOf } from "../../chances.ts";
import type { ToolContext } from "../../define.ts";
import { LEVEL } from "../../statistics.ts";
import { buyInOf, type ForwardBuying, forwardBuyingOf } from "../../supply/forwardBuying.ts";
import type { Scope } from "../scope.ts";
import { causesJson } from "./causeJson.ts";
import { splitCauses } from "./causes.ts";
import { type Evidence, gatherEvidence, seenInSales } from "./evidence.ts";
import { facetsOf, intendedOf, withShelfChecks } from "./intended.ts";
import { readPast } from "./past.ts";
import { emptySharesOf, habitsOfKin } from "./pool.ts";
import { splitJson } from "./splitJson.ts";
import { stressOf } from "./stress.ts";
import type { Subject } from "./subject.ts";
import { AROUND, weekByWeek } from "./weeks.ts";

/** A difference from the plan that is worth a word. */
const WORTH = 0.05;

/** Everything that is known of why a promotion went as it went. */
export async function explainPromotion(context: ToolContext, scope: Scope, subject: Subject) {
  const { event } = subject;
  const { store } = context;
  const fitted = await context.models.current(store);
  const lines = await promotionLines(store, [event]);
  const productIds = lines.map((line) => line.product_id);
  const country = scope.accounts.find((account) => account.id === event.account_id)?.country ?? null;
  const evidence = await gatherEvidence(context, event, lines, country);
  const planned = sumKnown(lines.map((line) => line.planned_units));
  const why = await reasons();
  const weeks = await weekByWeek(context, fitted, event, productIds);
  const products = await listProducts(store);
  return {
    promotion: event.promotion,
    name: event.name,
    account: event.account,
    product: wholeName(
      products.filter((p) => productIds.includes(p.id)),
      products,
    ),
    products: lines.map((line) => line.product),
    picked: subject.picked,
    others: subject.others.slice(-5).map((row) => ({ promotion: row.promotion, name: row.name })),
    period: { from: event.start, to: event.end },
    mechanic: event.mechanic,
    discount: event.discount,
    feature: event.feature === 1,
    display: event.display === 1,
    currency: event.currency,
    units: event.units,
    baseline: event.baseline,
    gross_incremental: event.gross_incremental,
    uplift: event.uplift,
    dip: event.dip,
    cannibalised: event.cannibalised,
    halo: event.halo,
    true_incremental: event.true_incremental,
    true_incremental_range: { low: event.low, high: event.high },
    interval: LEVEL,
    spend: event.spend,
    incremental_profit: event.incremental_profit,
    net_roi: event.net_roi,
    ...chancesOf(event),
    split: splitJson(fitted, event, productIds),
    planned_units: planned,
    planned_baseline: sumKnown(lines.map((line) => line.planned_baseline)),
    plan_gap: planned === null ? null : event.units - planned,
    plan_gap_share: planned ? event.units / planned - 1 : null,
    plan_above_expected: planned === null || why === null ? null : planned - why.expected_units,
    plan_distance: planned === null || why === null ? null : Math.abs(planned - why.expected_units),
    verdict: verdictOf(event.units, event.baseline, planned ?? why?.expected_units ?? null),
    ...weeks.levels,
    ...(why ?? { expected_units: null, expected_gap: null, expected_gap_share: null, causes: [], unexplained: null }),
    supply: await supplyOf(context, event, lines),
    stress: stressOf(fitted, event, productIds),
    holidays: evidence.holidays.map((day) => ({ name: day.name, date: day.date })),
    weeks: weeks.rows,
    assumptions: [
      "Expected is what the fitted model says of the promotion as planned: its price, its support in the usual share of stores, no competitor, full shelves, nothing of ours just before or beside it.",
      "The sizes of the causes and the unexplained rest add up to actual less expected.",
    ],
    missing: missingOf(subject, evidence, planned, why !== null, weeks.levels.weeks_after),
  };

  /** The split by cause; null where the model does not know the weeks. */
  async function reasons() {
    const past = readPast(fitted, event.account_id, productIds, { from: event.start, to: event.end });
    if (!past) return null;
    const empty = await emptySharesOf(store, lines);
    const habits = await habitsOfKin(store, fitted, event.promotion_id, lines, empty);
    const intended = intendedOf(fitted, past, event);
    const emptyOf = (i: number): number =>
      empty.get(`${event.account_id}|${fitted.productIds[past.plan.product[i]!]}|${past.plan.week[i]}`) ?? 0;
    const split = splitCauses(
      withShelfChecks(past, intended, evidence.execution, evidence.supportMeasured),
      intended,
      facetsOf(event, intended),
      Float64Array.from(past.plan.week, (_, i) => emptyOf(i)),
      habits,
    );
    // A week that the window covers in part counts by its days here and by its baseline in the result: one scale for both.
    const scale = split.actual > 0 ? event.units / split.actual : 1;
    const expected = split.expected * scale;
    const sizes = new Map([...split.units].map(([cause, units]) => [cause, units * scale]));
    const told = causesJson(sizes, expected, event, intended, evidence, seenInSales(evidence.sales), store.today);
    const rest = event.units - expected - [...sizes.values()].reduce((sum, units) => sum + units, 0);
    return {
      expected_units: expected,
      expected_gap: event.units - expected,
      expected_gap_share: expected > 0 ? event.units / expected - 1 : null,
      causes: told.causes,
      smaller_causes: told.smaller,
      unexplained: {
        units: rest,
        share: expected > 0 ? rest / expected : null,
        usual_deviation: habits.deviation,
        usual: Math.abs(split.residual) <= habits.deviation,
      },
      // Counts over all accounts are for those who see them all.
      learned_from:
        context.actor.accounts === "all"
          ? { promotions: habits.promotions, beside_competitor: habits.beside_competitor }
          : null,
    };
  }
}

/** What the retailer got and bought ahead in the buy-in window; null where no shipments are recorded. */
async function supplyOf(
  { actor, store }: ToolContext,
  event: Subject["event"],
  lines: Awaited<ReturnType<typeof promotionLines>>,
): Promise<ForwardBuying | null> {
  const buyIn = buyInOf(event, (await buyInWindows(store, [event.promotion_id]))[0]);
  const weeks = await supplyWeeks(actor, store, {
    accountIds: [event.account_id],
    productIds: lines.map((line) => line.product_id),
    period: { from: addDays(buyIn.from, -6), to: event.end },
  });
  return forwardBuyingOf(event, buyIn, lines, weeks);
}

const sumKnown = (values: readonly (number | null)[]): number | null =>
  values.length && values.every((v) => v !== null) ? values.reduce<number>((sum, v) => sum + v!, 0) : null;

function verdictOf(units: number, baseline: number, aim: number | null) {
  if (units < baseline) return "below_baseline";
  if (aim === null) return "above_baseline";
  if (units < aim * (1 - WORTH)) return "short";
  return units > aim * (1 + WORTH) ? "ahead" : "as_aimed";
}

function missingOf(
  { event }: Subject,
  evidence: Evidence,
  planned: number | null,
  sized: boolean,
  weeksAfter: number,
): string[] {
  const missing: string[] = [];
  if (planned === null)
    missing.push("No planned units are in the store, so it is compared with what the model expects.");
  if (!sized) missing.push("Its weeks are not in the fitted model, so the causes have no sizes.");
  if (!evidence.execution)
    missing.push(
      event.display || event.feature
        ? "Nobody checked the stores during it: how far the support stood is known only as the sales data show it."
        : "Nobody checked the stores during it.",
    );
  if (!evidence.signals.some((signal) => signal.kind === "competitor_promotion"))
    missing.push("No competitor promotion is reported for these weeks, which does not prove that there was none.");
  if (!evidence.deliveries) missing.push("No orders and deliveries are recorded for it.");
  if (weeksAfter < AROUND)
    missing.push("The four weeks after it are not all measured yet, so its dip is not complete.");
  return missing;
}
