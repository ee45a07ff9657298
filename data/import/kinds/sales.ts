import { toMajor } from "../../common/money.ts";
import type { RowOf } from "../fields.ts";
import type { AccountRef, Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { duplicateWeek, SeriesLines } from "./series.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "sales_week", keys: ["account_id", "product_id", "week"] };

interface Taken {
  readonly account: Ref;
  readonly product: Ref;
  readonly week: string;
  readonly columns: Row;
}

/** Weekly sell-out: units, prices and support by account and product. */
export const salesWriter: MakeWriter<"sales"> = async ({ names, mapping }) => {
  const lines = new SeriesLines();
  let batch: Taken[] = [];
  return {
    feedsModel: true,
    accept(row, line) {
      const columns = measures(row);
      if (columns instanceof Bad) return columns;
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const currency = otherCurrency(account, mapping.defaults.currency);
      if (currency) return currency;
      const given = { code: row.product_code, brand: row.brand, category: row.category };
      const product = names.product(row.product, given);
      if (product instanceof Bad) return product;
      const before = lines.note(account, product, row.week, line);
      if (before > 0) return duplicateWeek(before);
      names.want(["accounts", account], ["products", product]);
      batch.push({ account, product, week: row.week, columns });
      return null;
    },
    async write(store, dry) {
      const rows = batch.map(({ account, product, week, columns }) => ({
        account_id: account.id,
        product_id: product.id,
        week,
        ...columns,
      }));
      return upsert(store, TARGET, rows, dry);
    },
    clear() {
      batch = [];
    },
  };
};

export const otherCurrency = (account: AccountRef, currency: string | undefined): Bad | null =>
  currency !== undefined && account.currency !== undefined && account.currency !== currency
    ? new Bad(`is kept in ${account.currency}, the mapping says ${currency}`, "account")
    : null;

/** The measures of a row: what the file gives, and the prices that follow from it. */
function measures(row: RowOf<"sales">): Row | Bad {
  const price = priceOf(row);
  if (price instanceof Bad) return price;
  return present({
    units: row.units,
    retail_value_minor: row.value,
    net_sales_minor: row.net_sales,
    price,
    base_price: basePriceOf(row, price),
    base_units: row.base_units,
    promoted: row.promoted,
    feature: row.feature,
    display: row.display,
    distribution: row.distribution,
    out_of_stock: row.out_of_stock,
  });
}

/** The file's price; otherwise value / units, the average price that was paid. */
function priceOf(row: RowOf<"sales">): number | null | undefined | Bad {
  if (row.price !== undefined || row.value === undefined) return row.price;
  if (row.value === null || (row.value === 0 && row.units === 0)) return null;
  if (row.units === 0) return new Bad("is above 0 in a week without units", "value");
  return row.value === 0 ? new Bad("is 0 in a week with units", "value") : toMajor(row.value) / row.units;
}

/** The file's; otherwise base value / base units; otherwise, in a week that the file calls free of promotions, the price itself. */
function basePriceOf(row: RowOf<"sales">, price: number | null | undefined): number | null | undefined {
  if (row.base_price !== undefined) return row.base_price;
  if (row.base_value && row.base_units) return toMajor(row.base_value) / row.base_units;
  if (row.promoted === undefined || price === undefined) return row.base_value === undefined ? undefined : null;
  return row.promoted === 1 ? null : price;
}
