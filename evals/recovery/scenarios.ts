import { addDays, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { ACCOUNTS } from "../../data/demo/accounts.ts";
import { Calendar } from "../../data/demo/calendar.ts";
import { HISTORY, listedOfBrand } from "../../data/demo/frame.ts";
import { chooseMechanic, offerOf } from "../../data/demo/offers.ts";
import { trueChanges, trueOutcome } from "../../data/demo/oracle.ts";
import { BRANDS } from "../../data/demo/products.ts";
import { type Random, random } from "../../data/demo/random.ts";
import type { Offer } from "../../data/demo/types.ts";
import { type DemoWorld, makeWorld } from "../../data/demo/world.ts";
import type { ToolContext } from "../../tools/define.ts";
import { type ForecastGround, readForecastGround } from "../../tools/forecasts/forecastGround.ts";
import { forecastOn } from "../../tools/forecasts/forecastPromotion.ts";
import { lineTerms, usualFixedSpend } from "../../tools/forecasts/terms.ts";
import type { PromotionSpec } from "../../tools/forecasts/types.ts";
import { sumOf } from "./measures.ts";

/** How often the best of five promotions is the one that is picked. */
export interface ChoiceRecovery {
  readonly sets: number;
  /** Share of the sets in which the picked one is truly the best. */
  readonly hits: number;
  /** Σ (best − picked) / Σ (best − mean of the five): 0 for the best always, 1 for a blind choice. */
  readonly regret: number;
}

/** Choices by expected net profit and by expected true incremental units. */
export interface ScenarioRecovery {
  /** Five designs of one brand at one account. */
  readonly designs: { readonly profit: ChoiceRecovery; readonly units: ChoiceRecovery };
  /** Five designs, each of another brand or at another account. */
  readonly places: { readonly profit: ChoiceRecovery; readonly units: ChoiceRecovery };
  /** Share of the true incremental units inside the 80 % range, and Σ |expected − true| / Σ |true|. */
  readonly coverage80: number;
  readonly error: number;
}

const SETS = 60;
const FIVE = 5;
/** Weeks from today in which the scenarios start: past every account's notice, and inside the year that is simulated. */
const SOONEST = 4;
const LATEST = 40;
const MOST_TRIES = 1000;
const DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35];

interface Design {
  readonly spec: PromotionSpec;
  readonly offer: Offer;
  readonly weeks: number;
}

interface Scored {
  readonly expected: { readonly profit: number; readonly units: number; readonly low: number; readonly high: number };
  readonly truth: { readonly profit: number; readonly units: number };
}

export async function scenarioRecovery(context: ToolContext): Promise<ScenarioRecovery> {
  const world = makeWorld(context.store.today);
  const ground = await readForecastGround(context.store, context.models);
  const draw = random("scenarios");
  const score = (design: Design): Scored => scoreOf(context, world, ground, design);
  const listed = (a: number, b: number): boolean =>
    listedOfBrand(world.frame, a, b, HISTORY, HISTORY + LATEST).length > 1;
  const places = ACCOUNTS.flatMap((_, a) =>
    BRANDS.flatMap((_, b): [number, number][] => (listed(a, b) ? [[a, b]] : [])),
  );
  const sets = (pick: () => readonly (readonly [number, number])[]): Scored[][] =>
    Array.from({ length: SETS }, () => fiveDesigns(world, ground, draw, pick()).map(score));
  const designs = sets(() => {
    const place = draw.pick(places);
    return Array.from({ length: FIVE }, () => place);
  });
  const elsewhere = sets(() => draw.shuffle(places));
  const all = [...designs, ...elsewhere].flat();
  return {
    designs: choices(designs),
    places: choices(elsewhere),
    coverage80:
      sumOf(all, (s) => Number(s.truth.units >= s.expected.low && s.truth.units <= s.expected.high)) / all.length,
    error: sumOf(all, (s) => Math.abs(s.expected.units - s.truth.units)) / sumOf(all, (s) => Math.abs(s.truth.units)),
  };
}

const choices = (sets: readonly (readonly Scored[])[]) => ({
  profit: choice(sets, "profit"),
  units: choice(sets, "units"),
});

function choice(sets: readonly (readonly Scored[])[], by: "profit" | "units"): ChoiceRecovery {
  let [hits, lost, blind] = [0, 0, 0];
  for (const set of sets) {
    const picked = set.reduce((best, s) => (s.expected[by] > best.expected[by] ? s : best));
    const best = Math.max(...set.map((s) => s.truth[by]));
    if (picked.truth[by] === best) hits++;
    lost += best - picked.truth[by];
    blind += best - sumOf(set, (s) => s.truth[by]) / set.length;
  }
  return { sets: sets.length, hits: hits / sets.length, regret: lost / blind };
}

/** Designs that could be agreed: an allowed mechanic and depth, no blackout, nothing of the category running there. */
function fiveDesigns(
  world: DemoWorld,
  ground: ForecastGround,
  draw: Random,
  places: readonly (readonly [account: number, brand: number])[],
): Design[] {
  const calendar = new Calendar(world.frame);
  // How many buyers will take an offer up, nobody knows beforehand: in truth as many as usual.
  const usual: Random = { ...draw, uniform: (low, high) => (low + high) / 2 };
  for (const event of world.events) if (event.status !== "cancelled") calendar.add(event);
  const first = world.frame.weeks.findIndex((monday) => monday > world.frame.today);
  const found: Design[] = [];
  for (let tries = 0; found.length < FIVE && tries < MOST_TRIES; tries++) {
    const [a, b] = places[tries % places.length]!;
    const start = first + draw.int(SOONEST, LATEST);
    const weeks = draw.int(1, 3);
    const account = ACCOUNTS[a]!;
    const mechanic = chooseMechanic(draw, account);
    const offer = offerOf(usual, mechanic, Math.min(account.maxDiscount, draw.pick(DEPTHS)), account);
    const support = { feature: draw.chance(0.5), display: draw.chance(0.5) };
    if (mechanic === "edlp" || !calendar.fits(a, b, start, weeks)) continue;
    const monday = world.frame.weeks[start]!;
    const bare: PromotionSpec = {
      account_id: a + 1,
      product_ids: listedOfBrand(world.frame, a, b, start, start + weeks - 1).map((p) => p + 1),
      start: monday,
      end: addDays(weekFromIndex(weekIndex(monday) + weeks), -1),
      mechanic,
      discount: offer.discount,
      price_off: null,
      get: offer.getN,
      pay: offer.payN,
      ...support,
      payment: "bill_back",
      fixed_spend: 0,
    };
    const fixed = support.feature || support.display ? (usualFixedSpend(ground, bare)?.amount ?? 0) * weeks : 0;
    found.push({ spec: { ...bare, fixed_spend: fixed }, offer, weeks });
  }
  return found;
}

/** What the forecast expects and what would come of it; money by the same allowances and each product's own margin on both sides. */
function scoreOf(context: ToolContext, world: DemoWorld, ground: ForecastGround, design: Design): Scored {
  const { spec, offer, weeks } = design;
  const { forecast } = forecastOn(ground, context.actor, spec);
  const { account_id: accountId, product_ids: productIds, start, feature, display } = spec;
  const scenario = { accountId, productIds, start, weeks, offer, feature, display };
  const profit = sumOf(trueChanges(world, scenario), ({ productId, sold, change }) => {
    const { margin, allowance } = lineTerms(ground, spec, productId);
    return margin! * change - allowance! * sold;
  });
  return {
    expected: {
      profit: forecast.net_profit!.mean,
      units: forecast.true_incremental.mean,
      low: forecast.true_incremental.low,
      high: forecast.true_incremental.high,
    },
    truth: { profit: profit - spec.fixed_spend, units: trueOutcome(world, scenario).trueIncremental },
  };
}
