import { fold, type Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "plan_month", keys: ["account_id", "month"] };
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** The year's plan of an account, a row a month. */
export const plansWriter: MakeWriter<"plans"> = async ({ names }) => {
  const lines = new Map<string, number>();
  let batch: { readonly account: Ref; readonly row: Row }[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      if (!MONTH.test(row.month)) return new Bad("is no month in the form 2026-11", "month");
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const key = JSON.stringify([fold(account.name), row.month]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already for this account`, "month");
      lines.set(key, line);
      names.want(["accounts", account]);
      const columns = present({
        month: row.month,
        units: row.units,
        gross_sales_minor: row.gross_sales,
        off_invoice_minor: row.off_invoice,
        promotion_spend_minor: row.promotion_spend,
        terms_minor: row.terms,
        cost_minor: row.cost,
      });
      batch.push({ account, row: columns });
      return null;
    },
    write: (store, dry) =>
      upsert(
        store,
        TARGET,
        batch.map(({ account, row }) => ({ account_id: account.id, ...row })),
        dry,
      ),
    clear() {
      batch = [];
    },
  };
};
