import { addDays, earliest } from "../common/dates.ts";
import { grantFund } from "../ledger/grants.service.ts";
import { fundLeft } from "../ledger/ledger.repo.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { netSalesOf, rateFunds, weeksGranted } from "./rates.repo.ts";

/** What a fund with a rate is granted for one week; minor units. */
export interface RateGrant {
  readonly fund_id: number;
  readonly fund: string;
  readonly parent_id: number | null;
  readonly currency: string;
  readonly week: string;
  readonly net_sales_minor: number;
  readonly amount_minor: number;
}

/**
 * What the closed weeks up to a Sunday grant to funds with a rate: rate × actual net sales of the fund's account, brand or
 * category and period, each week once; from a fund above it only what that has left.
 */
export async function planRates(store: Store, to: string): Promise<RateGrant[]> {
  const grants: RateGrant[] = [];
  const lefts = new Map<number, number>();
  for (const fund of await rateFunds(store)) {
    const done = await weeksGranted(store, fund.id);
    const weeks = await netSalesOf(store, fund, { from: fund.start, to: earliest(fund.end, addDays(to, -6)) });
    for (const { week, net_sales_minor } of weeks) {
      if (done.has(week)) continue;
      const wanted = Math.round((fund.rate as number) * net_sales_minor);
      const amount_minor = await fromParent(store, fund.parent_id, wanted, lefts);
      const { id: fund_id, name, parent_id, currency } = fund;
      if (amount_minor > 0)
        grants.push({ fund_id, fund: name, parent_id, currency, week, net_sales_minor, amount_minor });
    }
  }
  return grants;
}

async function fromParent(store: Store, parent: number | null, wanted: number, lefts: Map<number, number>) {
  if (parent === null) return wanted;
  const left = lefts.get(parent) ?? (await fundLeft(store, parent)).left;
  const given = Math.max(0, Math.min(wanted, left));
  lefts.set(parent, left - given);
  return given;
}

/** Books them. @returns the journals booked */
export async function accrueRates(actor: Actor, tx: Store, grants: readonly RateGrant[]): Promise<number[]> {
  const journals: number[] = [];
  for (const { amount_minor, week, ...fund } of grants)
    journals.push(...(await grantFund(actor, tx, fund, amount_minor, { week, memo: "Rate of net sales" })));
  return journals;
}
