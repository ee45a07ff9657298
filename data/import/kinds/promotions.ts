import type { RowOf } from "../fields.ts";
import type { Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { addHistory } from "./kinds.repo.ts";
import { otherCurrency } from "./sales.ts";
import { type Context, type MakeWriter, present } from "./writer.ts";

interface Line {
  readonly product: Ref;
  readonly columns: Row;
}
interface Taken {
  readonly account: Ref;
  readonly code: string;
  readonly header: Row;
  readonly lines: readonly Line[];
}

/** A state that follows from the dates alone is a new promotion's; it does not move one that is there. */
const target = (stateIsGiven: boolean): Target => ({
  table: "promotion",
  keys: ["code"],
  id: true,
  insertOnly: ["created_by", "created_at", ...(stateIsGiven ? [] : ["status"])],
  counter: "version",
});
const LINE: Target = { table: "promotion_line", keys: ["promotion_id", "product_id"] };

/**
 * Promotions with their lines: a row a promotion and product, or a row a promotion with its products in a list. What is said of the promotion has to be
 * the same in all of its rows.
 */
export const promotionsWriter: MakeWriter<"promotions"> = async (context) => {
  const { names, mapping, store, actor } = context;
  const stateIsGiven = mapping.columns.has("status");
  const headers = new Map<string, { readonly line: number; readonly text: string }>();
  const seen = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: true,
    accept(row, line) {
      const wrong = contradiction(row);
      if (wrong) return wrong;
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const currency = row.currency ?? mapping.defaults.currency ?? account.currency;
      const other = otherCurrency(account, currency);
      if (other) return other;
      const products = productsOf(row, context);
      if (products instanceof Bad) return products;
      const { code } = row;
      const header = headerOf(row, store.today, currency);
      const text = JSON.stringify([account.id, header]);
      const first = headers.get(code);
      if (first && first.text !== text) return new Bad(`is said otherwise in line ${first.line}`, "code");
      const keys = products.length > 0 ? products.map((product) => `${code}\u0000${product.id}`) : [code];
      const before = keys.map((key) => seen.get(key)).find((at) => at !== undefined);
      if (before !== undefined) return new Bad(`is in line ${before} already with this product`, "code");
      for (const key of keys) seen.set(key, line);
      if (!first) headers.set(code, { line, text });
      names.want(["accounts", account], ...products.map((product) => ["products", product] as const));
      const columns = present({
        allowance_minor: row.allowance,
        planned_units: row.planned_units,
        planned_baseline: row.planned_baseline,
      });
      batch.push({ account, code: row.code, header, lines: products.map((product) => ({ product, columns })) });
      return null;
    },
    async write(tx, dry) {
      const rows = batch.map(
        ({ account, code, header }): Row => ({
          code,
          account_id: account.id,
          ...header,
          created_by: actor.id,
          created_at: tx.today,
        }),
      );
      const { changed, ids, before } = await upsert(tx, target(stateIsGiven), rows, dry);
      const lines = batch.flatMap((taken, i) => taken.lines.map((line) => ({ at: i, line })));
      const written = await upsert(
        tx,
        LINE,
        lines.map(({ at, line }) => ({ promotion_id: ids[at]!, product_id: line.product.id, ...line.columns })),
        dry,
      );
      for (const [i, row] of dry ? [] : rows.entries()) {
        const old = before[i] ?? null;
        if (old && (!stateIsGiven || old.status === row.status)) continue;
        const from = old && String(old.status);
        await addHistory(tx, { promotion: ids[i]!, from, to: String(row.status), by: actor.id });
      }
      const also = new Set(lines.filter((_, i) => written.changed[i]).map(({ at }) => at));
      return { changed: changed.map((did, i) => did || also.has(i)) };
    },
    clear() {
      batch = [];
    },
  };
};

function contradiction(row: RowOf<"promotions">): Bad | null {
  if (row.end < row.start) return new Bad("is before the start", "end");
  if (row.buy_in_start && row.buy_in_end && row.buy_in_end < row.buy_in_start)
    return new Bad("is before the buy-in start", "buy_in_end");
  if (row.scan_start && row.scan_end && row.scan_end < row.scan_start)
    return new Bad("is before the scan start", "scan_end");
  if (row.mechanic === "multibuy" && !(row.get && row.pay && row.get > row.pay))
    return new Bad("is multibuy, which needs get and pay, with get the larger", "mechanic");
  return null;
}

function productsOf(row: RowOf<"promotions">, { names }: Context): readonly Ref[] | Bad {
  const refs: Ref[] = [];
  for (const name of [...(row.product ? [row.product] : []), ...(row.products ?? [])]) {
    const ref = names.product(name);
    if (ref instanceof Bad)
      return row.product === name ? ref : new Bad(`holds "${name}", which ${ref.reason}`, "products");
    if (!refs.includes(ref)) refs.push(ref);
  }
  return refs;
}

/** Where the file gives no state, the dates do: one that is over has ended. */
const stateByDates = (row: RowOf<"promotions">, today: string): string =>
  row.end < today ? "ended" : row.start <= today ? "running" : "approved";

const headerOf = (row: RowOf<"promotions">, today: string, currency: string | undefined): Row =>
  present({
    name: row.name,
    mechanic: row.mechanic,
    discount: row.discount,
    price_off_minor: row.price_off,
    get_n: row.get,
    pay_n: row.pay,
    redemption: row.redemption,
    feature: row.feature ?? 0,
    display: row.display ?? 0,
    payment: row.payment,
    fixed_spend_minor: row.fixed_spend,
    currency,
    status: row.status ?? stateByDates(row, today),
    start: row.start,
    end: row.end,
    buy_in_start: row.buy_in_start,
    buy_in_end: row.buy_in_end,
    scan_start: row.scan_start,
    scan_end: row.scan_end,
    series: row.series,
    note: row.note,
  });
