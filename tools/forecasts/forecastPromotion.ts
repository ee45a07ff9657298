import { KamError, missingSlot } from "../../data/common/errors.ts";
import { type Actor, seesAccount } from "../../data/users/actor.ts";
import { ForecastError } from "../../forecasting/index.ts";
import type { ToolContext } from "../define.ts";
import { windowWeeks } from "../fitting/events.ts";
import { LEVEL } from "../statistics.ts";
import { caveatsOf } from "./caveats.ts";
import { evidenceOf } from "./evidence.ts";
import { type ForecastGround, readForecastGround } from "./forecastGround.ts";
import { moneyOutcome } from "./moneyOutcome.ts";
import { depthOf } from "./offerOfSpec.ts";
import { bandOf } from "./record/bands.ts";
import { recordFor } from "./record/recordFor.ts";
import type { PromotionForecast, PromotionSpec } from "./types.ts";
import { type UnitOutcome, unitOutcome } from "./unitOutcome.ts";
import { unitTotals } from "./unitTotals.ts";

/** A forecast with the draws behind it, so that two of them can be compared world by world. */
export interface ForecastDetail {
  readonly forecast: PromotionForecast;
  /** Net profit (incremental profit less spend) by draw, major units; null where costs are not known. */
  readonly netDraws: Float64Array | null;
  /** True incremental units by draw. */
  readonly gainDraws: Float64Array;
}

/**
 * What a promotion is expected to bring, with 80 % intervals: units, true incremental, money for both sides, what it
 * rests on and what limits it. Weeks that the window covers in part count by their days.
 * @throws KamError no_data, no_right for an account that the actor does not see
 */
export async function forecastPromotion(context: ToolContext, spec: PromotionSpec): Promise<PromotionForecast> {
  const ground = await readForecastGround(context.store, context.models);
  return forecastOn(ground, context.actor, spec).forecast;
}

/** The same on a ground that is read already, for many forecasts of one moment. */
export function forecastOn(ground: ForecastGround, actor: Actor, spec: PromotionSpec): ForecastDetail {
  if (!seesAccount(actor, spec.account_id))
    throw new KamError("no_right", `${actor.name} cannot see or plan that account.`);
  if (spec.product_ids.length === 0) throw missingSlot("products", "Which products should be promoted?");
  const units = unitsOf(ground, spec);
  const money = moneyOutcome(ground, spec, units);
  const evidence = evidenceOf(ground, actor, spec);
  const u = unitTotals(units);
  const depth = depthOf(ground, spec);
  const account = ground.book.accountById.get(spec.account_id) ?? null;
  return {
    netDraws: money.netDraws,
    gainDraws: u.gainDraws,
    forecast: {
      weeks: windowWeeks(spec).reduce((sum, week) => sum + week.share, 0),
      currency: account?.currency ?? "EUR",
      interval: LEVEL,
      units: u.units.range,
      baseline: u.baseline.range,
      gross_incremental: u.gross,
      uplift: u.baseline.range.mean > 0 ? u.gross.mean / u.baseline.range.mean : 0,
      dip: u.dip,
      cannibalised: u.cannibalised,
      halo: u.halo,
      true_incremental: u.gain.range,
      spend: money.spend,
      incremental_profit: money.profit,
      net_profit: money.net,
      net_roi: money.netRoi,
      gross_roi: money.grossRoi,
      break_even_uplift: money.breakEven,
      probability_of_loss: money.lossProbability,
      retailer: money.retailer,
      statement: money.statement,
      range_95: {
        baseline: u.baseline.wide,
        units: u.units.wide,
        true_incremental: u.gain.wide,
        net_profit: money.netWide,
      },
      lines: units.promoted.map((line, k) => ({
        product_id: line.product_id,
        product: ground.book.productById.get(line.product_id)?.name ?? String(line.product_id),
        units: line.with,
        baseline: line.without,
        allowance: money.lines[k]!.allowance,
        everyday_price: money.lines[k]!.everyday,
        promoted_price: money.lines[k]!.promoted,
      })),
      evidence,
      depth,
      record: recordFor(ground.scorings, actor, { account, mechanic: spec.mechanic, band: bandOf(depth) }),
      caveats: caveatsOf(ground, spec, units, money, evidence),
    },
  };
}

function unitsOf(ground: ForecastGround, spec: PromotionSpec): UnitOutcome {
  try {
    return unitOutcome(ground, spec);
  } catch (thrown) {
    if (thrown instanceof ForecastError)
      throw new KamError(
        "bad_input",
        `This promotion cannot be forecast: ${thrown.message}`,
        { code: thrown.code },
        thrown,
      );
    throw thrown;
  }
}
