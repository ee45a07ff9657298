import { z } from "zod";
import { addDays, earliest, type Period } from "../../../data/common/dates.ts";
import type { Target } from "../../../data/targets/targets.service.ts";
import { targetsIn } from "../../../data/targets/targets.service.ts";
import { accountRef, optional, period } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { categoryGrowth, comparedWeeks, salesGrowth } from "../growth.ts";
import { type Scope, scopeOf, withCurrentResults } from "../scope.ts";
import { type Actual, actualOf } from "./actual.ts";
import { isCeiling } from "./measures.ts";
import { targetJson } from "./targetJson.ts";

export const planTracking = readTool({
  name: "plan_tracking",
  role: "advisor",
  access: "READ",
  description:
    "The joint business plan of an account (or of all): every agreed target with what is reached to date, what is expected by the end with its range, whether it is on track, and what drives it. Without a period: this year.",
  examples: [
    { say: "Are we on track with the plan at Albion?", args: { account: "Albion Fresh" } },
    {
      say: "How do we stand against the 2026 targets?",
      args: { period: { from: "2026-01-01", to: "2026-12-31" } },
    },
  ],
  schema: z.strictObject({ account: optional(accountRef), period: optional(period) }),
  async run(context, args) {
    const scope = await scopeOf(context, { account: args.account });
    const year = context.store.today.slice(0, 4);
    const asked = args.period ?? { from: `${year}-01-01`, to: `${year}-12-31` };
    const rows = await trackedTargets(context, scope, asked);
    const count = (...states: Tracked["state"][]): number => rows.filter((row) => states.includes(row.state)).length;
    return {
      account: scope.account?.name ?? null,
      as_of: context.store.today,
      currency: scope.currency,
      period: asked,
      period_basis: args.period ? "named" : "this_year",
      targets: rows.length,
      on_track: count("reached", "on_track"),
      at_risk: count("at_risk"),
      off_track: count("off_track", "missed"),
      rows,
      basis: BASIS,
      missing: [...scope.notes, ...(rows.length ? [] : ["No target is agreed for this period."])],
    };
  },
});

const BASIS = [
  "Expected is what is measured, with the rest of the period as the year before, moved by how the last half year ran against the one before it.",
  "The range is how far the same method was off in the past, eight tries in ten; what is planned beyond last year's calendar is not in it.",
];

export type Tracked = Awaited<ReturnType<typeof tracked>>;

/** Targets of a scope that touch a period, each with where it stands. */
export async function trackedTargets(context: ToolContext, scope: Scope, asked: Period): Promise<Tracked[]> {
  await withCurrentResults(context);
  const targets = await targetsIn(context.store, scope.accounts, asked);
  const rows: Tracked[] = [];
  for (const target of targets) rows.push(await tracked(context, scope, target));
  return rows;
}

async function tracked(context: ToolContext, scope: Scope, target: Target) {
  const account = scope.accounts.find((a) => a.id === target.account_id)!;
  const shown = targetJson(target);
  const days = { from: target.start, to: target.end };
  const actual = await actualOf(context, account, {
    measure: target.measure,
    period: days,
    category: target.category_id === null ? null : { id: target.category_id },
  });
  const ahead = actual?.outlook ?? null;
  const expected = ahead?.expected ?? actual?.value ?? null;
  const better = (value: number): boolean => (isCeiling(target.measure) ? value <= shown.value : value >= shown.value);
  // Of few tries none is never and all is not always.
  const met = ahead?.outcomes.filter(better).length ?? 0;
  const chance = ahead && ahead.low !== null && ahead.tries > 0 ? (met + 1) / (ahead.tries + 2) : null;
  return {
    account: account.name,
    ...shown,
    ceiling: isCeiling(target.measure),
    set_by: target.set_by_name,
    set_at: target.set_at,
    actual: actual?.value ?? null,
    progress: actual && isSum(target) && shown.value > 0 ? actual.value / shown.value : null,
    counted: actual?.counted ?? null,
    counted_of: actual?.counted_of ?? null,
    expected,
    low: ahead?.low ?? null,
    high: ahead?.high ?? null,
    tries: ahead?.tries ?? null,
    gap: expected === null ? null : expected - shown.value,
    chance,
    state: stateOf(actual, expected, chance, better),
    drivers: await driversOf(context, { ...scope, accounts: [account], account }, target, days),
    not_known: notKnown(actual, ahead !== null),
  };
}

const isSum = ({ measure }: Target): boolean => measure === "net_sales" || measure === "units";

/** A chance of this much and more is on track, of this little and less is off it. */
const LIKELY = 0.7;
const UNLIKELY = 0.3;

function stateOf(
  actual: Actual | null,
  expected: number | null,
  chance: number | null,
  better: (value: number) => boolean,
): "reached" | "on_track" | "at_risk" | "off_track" | "missed" | "not_known" {
  if (expected === null) return "not_known";
  if (actual?.whole) return better(actual.value) ? "reached" : "missed";
  if (chance === null) return better(expected) ? "on_track" : "off_track";
  return chance >= LIKELY ? "on_track" : chance <= UNLIKELY ? "off_track" : "at_risk";
}

function notKnown(actual: Actual | null, foreseen: boolean): string | null {
  if (!actual) return "nothing of it is measured in this period";
  if (actual.whole || foreseen) return null;
  return actual.counted_of === "promotions"
    ? "expected is what the promotions evaluated so far brought; those to come are not in it"
    : "expected is what is measured so far";
}

const MOST = 2;

/** What moved it most against the year before: brands for sales, competitors and private label for a share. */
async function driversOf(context: ToolContext, scope: Scope, target: Target, days: Period) {
  const until = earliest(days.to, addDays(context.store.today, -1));
  const weeks = until < days.from ? null : await comparedWeeks(context, { from: days.from, to: until });
  if (!weeks?.whole) return [];
  if (isSum(target)) {
    const growth = await salesGrowth(context, scope, weeks);
    const moved = (growth?.brands ?? []).filter((row) => row.contribution !== null && row.contribution !== 0);
    const most = moved.toSorted((a, b) => Math.abs(b.contribution!) - Math.abs(a.contribution!)).slice(0, 2 * MOST);
    return most.map((row) => ({ driver: "brand" as const, name: row.label, change: row.contribution! }));
  }
  if (target.measure !== "share") return [];
  const own = (await categoryGrowth(context, scope, weeks)).find((row) => row.category === target.category);
  return own?.own_share_change == null
    ? []
    : [{ driver: "share" as const, name: own.category, change: own.own_share_change }];
}
