import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, daysBetween, type Period, weeksOf } from "../../../data/common/dates.ts";
import { toMajor } from "../../../data/common/money.ts";
import { pnlMonths } from "../../../data/pnl/pnl.service.ts";
import { NOTHING, plus, promotionSpend } from "../../../data/pnl/steps.ts";
import { promotionResults } from "../../../data/results/results.service.ts";
import type { TargetMeasure } from "../../../data/store/schema/targets.ts";
import { categoryByWeek, sellByWeek } from "../../../data/targets/series.service.ts";
import { netRoi } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { type Outlook, outlook } from "./outlook.ts";

export interface Measured {
  readonly measure: TargetMeasure;
  readonly period: Period;
  readonly category: { readonly id: number } | null;
}

/** What a period has brought so far of a measure, and how it is expected to end. */
export interface Actual {
  readonly value: number;
  /** Every week of the period is measured. */
  readonly whole: boolean;
  /** What it rests on: measured weeks, or promotions that were evaluated. */
  readonly counted: number;
  readonly counted_of: "weeks" | "promotions";
  readonly outlook: Outlook | null;
}

/** Weeks whose mean is the distribution of a period. */
const LATEST = 4;

/** @returns null where nothing of the measure is known in the period */
export async function actualOf(context: ToolContext, account: VisibleAccount, asked: Measured): Promise<Actual | null> {
  const { store } = context;
  switch (asked.measure) {
    case "net_roi":
      return returnOf(context, account, asked.period);
    case "spend_rate":
      return spendRate(context, account, asked.period);
    case "share": {
      if (!asked.category) return null;
      const rows = await categoryByWeek(store, account, asked.category.id);
      return summed(rows, [(row) => row.own, (row) => row.value], asked.period, ([own, all]) =>
        all! > 0 ? own! / all! : 0,
      );
    }
    case "distribution": {
      const rows = await sellByWeek(store, account, asked.category?.id ?? null);
      const inside = rows.filter((row) => asked.period.from <= row.week && row.week <= asked.period.to).slice(-LATEST);
      const known = inside.flatMap((row) => (row.distribution === null ? [] : [row.distribution]));
      if (!known.length) return null;
      const value = known.reduce((sum, share) => sum + share, 0) / known.length;
      return { value, whole: asked.period.to < store.today, counted: known.length, counted_of: "weeks", outlook: null };
    }
    default: {
      const rows = await sellByWeek(store, account, asked.category?.id ?? null);
      const of =
        asked.measure === "units"
          ? (row: (typeof rows)[number]) => row.units
          : (row: (typeof rows)[number]) => toMajor(row.net_sales_minor);
      return summed(rows, [of], asked.period, ([total]) => total!);
    }
  }
}

/** Sums over the weeks of a period, what is measured and what is expected of the rest. */
function summed<R extends { readonly week: string }>(
  rows: readonly R[],
  of: readonly ((row: R) => number)[],
  period: Period,
  combine: (sums: readonly number[]) => number,
): Actual | null {
  const last = rows.at(-1)?.week;
  if (last === undefined) return null;
  const weeks = weeksOf(period).filter((week) => week >= period.from);
  const inside = rows.filter((row) => period.from <= row.week && row.week <= period.to);
  const coming = weeks.filter((week) => week > last);
  const done = of.map((pick) => inside.reduce((sum, row) => sum + pick(row), 0));
  const skip = coming.length ? daysBetween(addDays(last, 7), coming[0]!) / 7 : 0;
  return {
    value: combine(done),
    whole: coming.length === 0 && inside.length > 0,
    counted: inside.length,
    counted_of: "weeks",
    outlook: outlook({ series: of.map((pick) => rows.map(pick)), done, skip, weeks: coming.length, combine }),
  };
}

/** Pooled net ROI of the promotions that started in a period and were evaluated. */
async function returnOf(
  { actor, store }: ToolContext,
  account: VisibleAccount,
  period: Period,
): Promise<Actual | null> {
  const events = await promotionResults(actor, store, { accountIds: [account.id], startsIn: period });
  const priced = events.filter((event) => event.incremental_profit !== null);
  const profit = priced.reduce((sum, event) => sum + event.incremental_profit!, 0);
  const spend = priced.reduce((sum, event) => sum + event.spend, 0);
  const value = netRoi(profit, spend);
  if (value === null) return null;
  return { value, whole: period.to < store.today, counted: priced.length, counted_of: "promotions", outlook: null };
}

/** Promotion spend that the books hold over gross sales. */
async function spendRate({ store }: ToolContext, account: VisibleAccount, period: Period): Promise<Actual | null> {
  const months = await pnlMonths(store, [account], period);
  const all = months.reduce((sum, month) => plus(sum, month.actual), NOTHING);
  if (!all.weeks || all.gross_sales <= 0) return null;
  const value = promotionSpend(all) / all.gross_sales;
  return { value, whole: period.to < store.today, counted: all.weeks, counted_of: "weeks", outlook: null };
}
