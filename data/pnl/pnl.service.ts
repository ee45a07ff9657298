import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { addDays, addMonths, type Period, weeksOf } from "../common/dates.ts";
import { reachedTier } from "../contracts/bonus.ts";
import { type ContractRow, contractsOf, lumpSumsOf, tiersOf } from "../contracts/contracts.repo.ts";
import { type SoldWeek, soldByWeek } from "../sales/value.repo.ts";
import type { Store } from "../store/open.ts";
import { type Expense, expensesOf, type PlanMonth, plansOf } from "./pnl.repo.ts";
import { NOTHING, type Pnl, plus } from "./steps.ts";

/** A month of an account, with what was planned of it. */
export interface PnlMonth {
  readonly account: VisibleAccount;
  /** "2026-11" */
  readonly month: string;
  readonly actual: Pnl;
  readonly plan: PlanMonth | null;
  /** The part of the month's weeks that is measured and in the period: what of the plan is due. */
  readonly due: number;
  /** Weeks that were sold in without a contract in the store. */
  readonly weeks_without_terms: number;
}

/**
 * The profit and loss of accounts by month of the week's Monday: what was sold through at list price and as invoiced, the
 * spend that the ledger booked, what the contracts of each week take, and cost of goods. `VisibleAccount` is the right to see it.
 */
export async function pnlMonths(
  store: Store,
  accounts: readonly VisibleAccount[],
  period: Period,
): Promise<PnlMonth[]> {
  const ids = accounts.map((account) => account.id);
  const years = { from: `${period.from.slice(0, 4)}-01-01`, to: `${period.to.slice(0, 4)}-12-31` };
  const sold = Map.groupBy(await soldByWeek(store, ids, years), (row) => row.account_id);
  const spent = Map.groupBy(await expensesOf(store, ids, period), (row) => row.account_id);
  const plans = Map.groupBy(await plansOf(store, ids, period), (row) => row.account_id);
  const rows: PnlMonth[] = [];
  for (const account of accounts) {
    const weeks = sold.get(account.id) ?? [];
    const contracts = await contractsWithTerms(store, account.id, weeks);
    const found = { weeks, contracts, expenses: spent.get(account.id) ?? [], plans: plans.get(account.id) ?? [] };
    for (const month of monthsOf(period)) rows.push(monthOf(account, month, period, store.today, found));
  }
  return rows;
}

type ContractTerms = ContractRow & {
  readonly sums: Awaited<ReturnType<typeof lumpSumsOf>>;
  /** The rate of bonus that each year reached. */
  readonly bonus: ReadonlyMap<string, number>;
};

async function contractsWithTerms(
  store: Store,
  accountId: number,
  weeks: readonly SoldWeek[],
): Promise<ContractTerms[]> {
  const contracts = await contractsOf(store, accountId);
  const ids = contracts.map((contract) => contract.id);
  const tiers = await tiersOf(store, ids);
  const sums = await lumpSumsOf(store, ids);
  return contracts.map((contract) => {
    const own = tiers.filter((tier) => tier.contract_id === contract.id);
    const years = Map.groupBy(
      weeks.filter((week) => contract.start <= week.week && week.week <= contract.end),
      (week) => week.week.slice(0, 4),
    );
    const bonus = [...years].map(([year, rows]): [string, number] => {
      const volume = {
        net_sales: rows.reduce((sum, row) => sum + row.net_sales_minor, 0),
        units: rows.reduce((sum, row) => sum + row.units, 0),
      };
      return [year, reachedTier(own, volume)?.rate ?? 0];
    });
    return { ...contract, sums: sums.filter((sum) => sum.contract_id === contract.id), bonus: new Map(bonus) };
  });
}

interface Found {
  readonly weeks: readonly SoldWeek[];
  readonly contracts: readonly ContractTerms[];
  readonly expenses: readonly Expense[];
  readonly plans: readonly PlanMonth[];
}

function monthOf(account: VisibleAccount, month: string, period: Period, today: string, found: Found): PnlMonth {
  const inside = (day: string): boolean => day.startsWith(month) && period.from <= day && day <= period.to;
  const weeks = found.weeks.filter((row) => inside(row.week));
  const expenses = found.expenses.filter((row) => row.month === month);
  let actual = NOTHING;
  let bare = 0;
  for (const week of weeks) {
    const contract = found.contracts.find((c) => c.start <= week.week && week.week <= c.end);
    if (!contract) bare++;
    actual = plus(actual, ofWeek(week, contract));
  }
  for (const expense of expenses) actual = plus(actual, ofExpense(expense));
  const sums = found.contracts.flatMap((c) => c.sums).filter((sum) => inside(sum.due) && sum.due <= today);
  actual = plus(actual, { contract_sums: sums.reduce((total, sum) => total + sum.amount_minor, 0) });
  const days = { from: `${month}-01`, to: addDays(addMonths(`${month}-01`, 1), -1) };
  const all = weeksOf(days).filter((week) => week.startsWith(month)).length;
  return {
    account,
    month,
    actual,
    plan: found.plans.find((plan) => plan.month === month) ?? null,
    due: all > 0 ? weeks.length / all : 0,
    weeks_without_terms: bare,
  };
}

function ofWeek(week: SoldWeek, contract: ContractTerms | undefined): Partial<Pnl> {
  const gross = Math.round(week.at_list_minor);
  return {
    weeks: 1,
    units: week.units,
    gross_sales: gross,
    off_invoice: gross - week.net_sales_minor,
    net_sales: week.net_sales_minor,
    rebates: Math.round(gross * (contract?.rebate_rate ?? 0)),
    bonus: Math.round(week.net_sales_minor * (contract?.bonus.get(week.week.slice(0, 4)) ?? 0)),
    cost_of_goods: Math.round(week.at_cost_minor),
    units_without_net_sales: week.units_without_net_sales,
    units_without_list_price: week.units_without_list_price,
    units_without_cost: week.units_without_cost,
  };
}

/** Spend by how it is paid. Of an off-invoice promotion the invoice holds all but its fees, which are a lump sum. */
function ofExpense({ payment, amount_minor, fixed_minor, booked_minor }: Expense): Partial<Pnl> {
  if (payment === null) return { other_claims: amount_minor };
  if (payment !== "off_invoice") return { [payment]: amount_minor };
  const fees = booked_minor > 0 ? Math.round(amount_minor * Math.min(1, fixed_minor / booked_minor)) : 0;
  return { lump_sum: fees, promotions_on_invoice: amount_minor - fees };
}

/** Every month that a period touches, in order. */
function monthsOf(period: Period): string[] {
  const months: string[] = [];
  for (let day = `${period.from.slice(0, 7)}-01`; day <= period.to; day = addMonths(day, 1))
    months.push(day.slice(0, 7));
  return months;
}
