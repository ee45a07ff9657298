import { afterAll, beforeAll, expect, it } from "vitest";
import { visibleAccounts } from "../../../../data/accounts/accounts.service.ts";
import { pnlMonths } from "../../../../data/pnl/pnl.service.ts";
import { NOTHING, netRevenue, plus, promotionSpend } from "../../../../data/pnl/steps.ts";
import { type DemoContext, demoContext } from "../../../testing.ts";

let demo: DemoContext;
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(() => demo.close());

it("is v_sales_week and the funds' accrued, claimed and settled money to the cent", async () => {
  const { store, actor } = await demo.context("dan");
  const accounts = await visibleAccounts(actor, store);
  const months = await pnlMonths(store, accounts, { from: "2020-01-01", to: "2026-12-31" });
  for (const account of accounts) {
    const own = months.filter((month) => month.account.id === account.id);
    const total = own.reduce((sum, month) => plus(sum, month.actual), NOTHING);
    const sold = await store.db
      .selectFrom("v_sales_week")
      .where("account_id", "=", account.id)
      .select((eb) => eb.fn.sum<number>("net_sales").as("net"))
      .executeTakeFirstOrThrow();
    const held = await store.db
      .selectFrom("v_budget")
      .where("account_id", "=", account.id)
      .select((eb) => [eb.fn.sum<number>("accrued").as("accrued"), eb.fn.sum<number>("settled").as("settled")])
      .executeTakeFirstOrThrow();
    expect([account.name, total.net_sales]).toEqual([account.name, Math.round(100 * sold.net)]);
    expect([account.name, promotionSpend(total)]).toEqual([
      account.name,
      Math.round(100 * (held.accrued + held.settled)),
    ]);
    expect(total.gross_sales - total.off_invoice).toBe(total.net_sales);
    expect(netRevenue(total)).toBeLessThan(total.net_sales);
  }
});
