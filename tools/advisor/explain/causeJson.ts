import type { EventResult } from "../../../data/results/results.service.ts";
import { signalJson } from "../marketSignals.ts";
import type { CauseName } from "./causes.ts";
import { type Evidence, earlierJson, type seenInSales } from "./evidence.ts";
import type { Intended } from "./past.ts";

/** A cause is told from this share of the expected units on; smaller ones are summed. */
const WORTH_TELLING = 0.01;

/** A cause of a result: units it took (negative) or gave, and what in the store speaks for it. */
export interface CauseJson {
  readonly cause: CauseName;
  readonly units: number;
  /** Units as a share of what was expected. */
  readonly share: number;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Causes worth telling, what took most first, and the sum of the others. */
export function causesJson(
  sizes: ReadonlyMap<CauseName, number>,
  expected: number,
  event: EventResult,
  intended: Intended,
  evidence: Evidence,
  seen: ReturnType<typeof seenInSales>,
  today: string,
): { causes: CauseJson[]; smaller: number } {
  const all = [...sizes].map(([cause, units]) => ({ cause, units, share: expected > 0 ? units / expected : 0 }));
  const told = all.filter((one) => Math.abs(one.share) >= WORTH_TELLING).sort((a, b) => a.units - b.units);
  const smaller = all.filter((one) => !told.includes(one)).reduce((sum, one) => sum + one.units, 0);
  return {
    causes: told.map((one) => ({ ...one, evidence: evidenceFor(one.cause, event, intended, evidence, seen, today) })),
    smaller,
  };
}

function evidenceFor(
  cause: CauseName,
  event: EventResult,
  intended: Intended,
  evidence: Evidence,
  seen: ReturnType<typeof seenInSales>,
  today: string,
): Record<string, unknown> {
  const { execution, deliveries } = evidence;
  const checks = execution && { stores: execution.stores, first: execution.first, last: execution.last };
  switch (cause) {
    case "competitor":
      return {
        signals: evidence.signals
          .filter((s) => s.kind === "competitor_promotion" || s.kind === "competitor_price")
          .map((signal) => signalJson(signal, today)),
      };
    case "display":
      return {
        usual_share: intended.display ?? null,
        measured_share: evidence.supportMeasured.display ? seen.display : null,
        checked: checks && { ...checks, share: execution.display_share },
      };
    case "feature":
      return {
        usual_share: intended.feature ?? null,
        measured_share: evidence.supportMeasured.feature ? seen.feature : null,
        checked: checks && { ...checks, share: execution.feature_share },
      };
    case "stock_out":
      return {
        out_of_stock: seen.out_of_stock,
        weeks: seen.short_weeks,
        products: seen.short_products,
        ordered: deliveries?.ordered ?? null,
        shipped: deliveries?.shipped ?? null,
        fill_rate: deliveries ? deliveries.shipped / deliveries.ordered : null,
        checked: checks && { ...checks, share: execution.on_shelf_share },
      };
    case "pull_forward":
      return { before: evidence.before.map((row) => earlierJson(row, event.start)) };
    case "own_promotions":
      return {
        beside: evidence.beside.map((row) => ({
          promotion: row.promotion,
          name: row.name,
          start: row.start,
          end: row.end,
        })),
      };
    case "price":
      return { planned_cut: intended.cut ?? null, seen_cut: seen.price_cut };
    case "distribution":
      return { during: seen.distribution };
  }
}
