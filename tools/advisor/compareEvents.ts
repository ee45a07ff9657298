import type { EventResult } from "../../data/results/results.service.ts";
import { pooledLoss } from "../chances.ts";
import { LEVEL } from "../statistics.ts";
import type { CompareArgs } from "./compareArgs.ts";
import { leftOut, type PickedEvents } from "./events.ts";
import { rankBy, sumBy } from "./frames.ts";
import { discountLevel, type Grouping, groupOf, namedBy, timeOf } from "./groups.ts";
import { increasedBy } from "./increased.ts";
import { drawsOf, type EventPart, FEW, intervalOf, shareAhead } from "./interval.ts";
import type { Conditions } from "./matched/conditions.ts";
import { canBeMatched, onEqualFooting } from "./matched/onEqualFooting.ts";
import { EVENT_COLUMNS, type EventSums, METRICS } from "./metrics.ts";
import type { Scope } from "./scope.ts";

/** Rows of a result; further groups are counted and summed, not listed. */
const MOST_ROWS = 24;
/** The lead of the first over the second is clear when it holds in this share of draws. */
const CLEAR = 0.9;

interface Part extends EventPart {
  readonly event: EventResult;
}
interface Member {
  readonly part: Part;
  readonly key: string;
}

/**
 * Pools a metric over groups of events; figures equal the same sums in SQL over v_promotion_result.
 * @param netSales by promotion id, for the metric of that name
 * @param conditions under which each ran, by promotion id, for groups set against each other on equal footing
 */
export async function compareEvents(
  scope: Scope,
  picked: PickedEvents,
  netSales: ReadonlyMap<number, number | null> | null,
  conditions: ReadonlyMap<number, Conditions>,
  args: CompareArgs,
): Promise<Record<string, unknown>> {
  const rule = METRICS[args.metric];
  const unpriced = picked.events.filter((e) => rule.needsProfit && e.incremental_profit === null);
  const unsold = netSales ? picked.events.filter((e) => (netSales.get(e.promotion_id) ?? null) === null) : [];
  const parts = picked.events
    .filter((e) => !unpriced.includes(e) && !unsold.includes(e))
    .map((event): Part => partOf(event, netSales?.get(event.promotion_id) ?? 0));
  const first = args.order === "worst" ? opposite(rule.first) : rule.first;
  const ranked = await rankGroups(membersOf(parts, picked, scope, args.by), args, first);
  const draws = (rule.recorded ? [] : ranked.slice(0, MOST_ROWS)).map((group, at) =>
    drawsOf(group.parts, rule.of, 1_000 + at),
  );
  const matchable = ranked.length > 1 && ranked.length <= MOST_ROWS && canBeMatched(args.metric, args.by);
  const rows = ranked.map((group, at) => ({
    group: group.key,
    ...namedBy(args.by, group.key),
    ...details(args.by, group.parts),
    value: group.value,
    interval: draws[at] ? intervalOf(draws[at]) : null,
    thin: args.by !== "promotion" && group.parts.length < FEW,
    matched: matchable ? matchedOf(parts, conditions, args, group.key) : null,
    ...sumsOf(group.parts, group.sums),
  }));
  const known = rows.filter((row) => row.value !== null);
  const proven = known.find((row) => !row.thin) ?? null;
  const [all] = await sumBy(parts, () => "all", COLUMNS);
  return {
    metric: args.metric,
    by: args.by,
    unit: rule.unit,
    first,
    currency: scope.currency,
    account: scope.place,
    product: scope.product,
    category: scope.category,
    mechanic: args.mechanic ?? null,
    display: args.display ?? null,
    feature: args.feature ?? null,
    without: scope.without,
    basis: "events",
    period: picked.period.period,
    period_basis: picked.period.basis,
    events: parts.length,
    groups: rows.length,
    rows: rows.slice(0, Math.min(args.top ?? MOST_ROWS, MOST_ROWS)),
    last: known.length > 1 ? known.at(-1) : null,
    total: all
      ? {
          value: rule.of(asSums(all)),
          interval: rule.recorded ? null : intervalOf(drawsOf(parts, rule.of, 1)),
          ...sumsOf(parts, all.sums),
        }
      : null,
    lead:
      draws[0] && draws[1] && known.length > 1
        ? leadOf(known[0]!, known[1]!, shareAhead(draws[0], draws[1], first))
        : null,
    increased:
      args.by === "promotion" && (args.metric === "incremental_units" || args.metric === "uplift") && parts.length
        ? increasedBy(parts.map((part) => part.event))
        : null,
    enough_evidence: !rule.recorded && proven !== known[0] ? proven : null,
    interval: LEVEL,
    few: FEW,
    left_out: [
      ...picked.leftOut,
      ...leftOut("profit not known, because a cost of goods is missing", unpriced),
      ...leftOut("net sales not known", unsold),
    ],
    assumptions: assumptionsOf(args),
    missing: scope.notes,
  };
}

/** A group against the others on equal footing; a support against having none. */
function matchedOf(
  parts: readonly Part[],
  conditions: ReadonlyMap<number, Conditions>,
  { metric, by }: CompareArgs,
  key: string,
) {
  if (by === "support" && key === NO_SUPPORT) return null;
  const isFirst = (event: EventResult): boolean | null => {
    const own = groupOf(event, by as Exclude<Grouping, "product">);
    if (own === key) return true;
    return by === "support" && own !== NO_SUPPORT ? null : false;
  };
  return onEqualFooting(
    parts.map((part) => part.event),
    conditions,
    metric,
    by,
    isFirst,
  );
}

const NO_SUPPORT = "none";
const COLUMNS = Object.fromEntries(EVENT_COLUMNS.map((column) => [column, (part: Part) => part[column]]));
const opposite = (end: "highest" | "lowest") => (end === "highest" ? ("lowest" as const) : ("highest" as const));
const leadOf = (best: { thin: boolean }, next: { group: string; thin: boolean }, share: number) => ({
  over: next.group,
  share_ahead: share,
  clear: share >= CLEAR && !best.thin && !next.thin,
});
const asSums = (group: { n: number; sums: Readonly<Record<string, number>> }): EventSums =>
  ({ ...group.sums, events: group.n }) as unknown as EventSums;

function partOf(event: EventResult, netSales: number): Part {
  return { event, ...event, events: 1, incremental_profit: event.incremental_profit ?? 0, net_sales: netSales };
}

/** An event of several products counts in full under each of them: what it brought is not known by product. */
function membersOf(parts: readonly Part[], picked: PickedEvents, scope: Scope, by: Grouping): Member[] {
  if (by !== "product") return parts.map((part) => ({ part, key: groupOf(part.event, by) }));
  const wanted = scope.products && new Set(scope.products.map((product) => product.id));
  return parts.flatMap((part) =>
    (picked.lines.get(part.event.promotion_id) ?? [])
      .filter((line) => !wanted || wanted.has(line.product_id))
      .map((line) => ({ part, key: line.product })),
  );
}

async function rankGroups(members: readonly Member[], args: CompareArgs, first: "highest" | "lowest") {
  const columns = Object.fromEntries(EVENT_COLUMNS.map((column) => [column, (m: Member) => m.part[column]]));
  const parts = Map.groupBy(members, (member) => member.key);
  const groups = (await sumBy(members, (member) => member.key, columns)).map((group) => ({
    ...group,
    value: METRICS[args.metric].of(asSums(group)),
    parts: parts.get(group.key)!.map((member) => member.part),
  }));
  return rankBy(groups, (group) => group.value, first);
}

/** What stands beside the name of a group: an id and a name, a level of discount, or its place in time. */
function details(by: Grouping, parts: readonly Part[]): Record<string, unknown> {
  const { event } = parts[0]!;
  if (by === "promotion") return { promotion: event.promotion, name: event.name, account: event.account };
  if (by === "discount_band") {
    if (event.discount === null) return { level: null };
    const depths = parts.map((part) => part.event.discount!);
    return { level: discountLevel(event.discount), least: Math.min(...depths), most: Math.max(...depths) };
  }
  const time = timeOf(event.start, by);
  return time === null ? {} : { time };
}

/** The sums that a row shows; profit is not known where it is not known for one of the events. */
function sumsOf(parts: readonly Part[], sums: Readonly<Record<string, number>>) {
  const priced = parts.every((part) => part.event.incremental_profit !== null);
  const profit = priced ? sums.incremental_profit! : null;
  return {
    promotions: parts.length,
    spend: sums.spend!,
    incremental_profit: profit,
    net_profit: profit === null ? null : profit - sums.spend!,
    probability_of_loss: priced ? pooledLoss(parts) : null,
    units: sums.units!,
    baseline: sums.baseline!,
    gross_incremental: sums.gross_incremental!,
    true_incremental: sums.true_incremental!,
    cannibalised: sums.cannibalised!,
  };
}

function assumptionsOf(args: CompareArgs): string[] {
  const { unit } = METRICS[args.metric];
  const said =
    unit === "units" || unit === "money" ? [] : ["Ratios are pooled: sums over the promotions first, then the ratio."];
  if (args.metric === "net_roi") said.push("Net ROI is profit after spend over spend, so that break-even is zero.");
  if (args.metric === "gross_roi") said.push("Gross ROI is profit before spend over spend, so that break-even is one.");
  if (args.by === "product") said.push("A promotion of several products counts in full under each of them.");
  if (args.by === "discount_band")
    said.push(
      "Discounts are put at the nearest level in steps of five points; offers without a stated discount stand apart.",
    );
  return said;
}
