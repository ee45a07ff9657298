import type { EventFilter, EventLine, EventResult } from "../../data/results/results.service.ts";
import { promotionLines, promotionResults, unjudgedPromotions } from "../../data/results/results.service.ts";
import type { ToolContext } from "../define.ts";
import type { EventPeriod, Scope } from "./scope.ts";

/** Past events that a question takes in, and those that it would but cannot. */
export interface PickedEvents {
  readonly period: EventPeriod;
  readonly events: readonly EventResult[];
  readonly lines: ReadonlyMap<number, readonly EventLine[]>;
  readonly leftOut: readonly LeftOut[];
}

/** Events left out for one reason, in words, with their ids. */
export interface LeftOut {
  readonly reason: string;
  readonly events: number;
  readonly promotions: readonly string[];
}

export const leftOut = (reason: string, promotions: readonly { readonly promotion: string }[]): LeftOut[] =>
  promotions.length ? [{ reason, events: promotions.length, promotions: promotions.map((p) => p.promotion) }] : [];

/**
 * Events of a scope that ended before today.
 * @param pick.period the dates, given the start of the first event of the scope (today where it has none)
 */
export async function pickEvents(
  context: ToolContext,
  scope: Scope,
  pick: {
    readonly mechanic?: string | undefined;
    readonly display?: boolean | undefined;
    readonly feature?: boolean | undefined;
    readonly period: (first: string) => EventPeriod;
  },
): Promise<PickedEvents> {
  const { actor, store } = context;
  const filter: EventFilter = {
    accountIds: scope.accounts.map((account) => account.id),
    productIds: scope.products?.map((product) => product.id),
    mechanic: pick.mechanic,
    notMechanics: scope.withoutMechanics,
    display: pick.display,
    feature: pick.feature,
    endedBefore: store.today,
  };
  const ever = await promotionResults(actor, store, filter);
  const first = ever.map((event) => event.start).sort()[0] ?? store.today;
  const period = pick.period(first);
  const dated = { ...filter, startsIn: period.startsIn, endsIn: period.endsIn };
  const within = (date: string, range: EventPeriod["startsIn"]): boolean =>
    range === undefined || (date >= range.from && date <= range.to);
  const events = ever.filter((e) => within(e.start, period.startsIn) && within(e.end, period.endsIn));
  const lines = Map.groupBy(await promotionLines(store, events), (line) => line.promotion_id);
  return {
    period,
    events,
    lines,
    leftOut: leftOut("without a result", await unjudgedPromotions(actor, store, dated)),
  };
}
