import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { earliest, type Period } from "../../../data/common/dates.ts";
import { toMajor } from "../../../data/common/money.ts";
import { contractsFor } from "../../../data/contracts/contracts.service.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { shipped } from "../../../data/sales/sales.service.ts";
import type { ToolContext } from "../../define.ts";

/** One step from gross sales to net revenue; deductions are negative. Major units. */
export interface Step {
  readonly step: string;
  readonly amount: number;
}

const PAYMENTS = ["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"] as const;

/**
 * Gross sales (units shipped at list price) less the contract's terms and the spend on promotions by how it is paid, down to
 * net revenue; the trade rate is all of that spend over gross sales (terms.md). Null where no shipments are recorded.
 */
export async function grossToNet(
  { actor, store }: ToolContext,
  account: VisibleAccount,
  period: Period,
  events: readonly EventResult[],
) {
  const rows = await shipped(actor, store, account.id, period);
  const priced = rows.filter((row) => row.list_price_minor !== null);
  if (!priced.length) return null;
  const gross = priced.reduce((sum, row) => sum + row.units * toMajor(row.list_price_minor!), 0);
  const [contract] = await contractsFor(actor, store, [account.id], earliest(period.to, store.today));
  const spent = Map.groupBy(events, (event) => event.payment);
  const promotions = PAYMENTS.flatMap((payment): Step[] => {
    const amount = (spent.get(payment) ?? []).reduce((sum, event) => sum + event.spend, 0);
    return amount > 0 ? [{ step: payment, amount: -amount }] : [];
  });
  const terms: Step[] = contract
    ? [
        { step: "terms_on_invoice", amount: -gross * contract.off_invoice_rate },
        { step: "rebates", amount: -gross * contract.rebate_rate },
      ]
    : [];
  const deductions = [...terms, ...promotions];
  const trade = deductions.reduce((sum, step) => sum - step.amount, 0);
  return {
    steps: [
      { step: "gross_sales", amount: gross },
      ...deductions,
      { step: "net_revenue", amount: gross - trade },
    ] satisfies Step[],
    trade_spend: trade,
    trade_rate: gross > 0 ? trade / gross : null,
    products_without_list_price: rows.length - priced.length,
    terms_known: contract !== undefined,
  };
}
