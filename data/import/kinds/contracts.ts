import { isIsoDate } from "../../common/dates.ts";
import { toMinor } from "../../common/money.ts";
import { overlapping, type Term, wayOut } from "../../contracts/overlap.ts";
import { fold, type Ref } from "../names.ts";
import { type Row, replaceSet, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { readTerms } from "./kinds.repo.ts";
import { type MakeWriter, present } from "./writer.ts";

interface Taken {
  readonly account: Ref;
  readonly row: Row;
  readonly sets: { readonly [T in SetTable]?: readonly Row[] | undefined };
}

/** What a contract holds several of, each table whole as the file states it. */
const SETS = ["contract_mechanic", "contract_blackout", "contract_tier", "contract_lump_sum"] as const;
type SetTable = (typeof SETS)[number];

/**
 * Terms of an account from a day on: rates, deepest discount, mechanics that are allowed, weeks in which nothing runs, bonus
 * tiers and lump sums. Terms of one account may not share a day, in the store or in the file.
 */
export const contractsWriter: MakeWriter<"contracts"> = async ({ store, names }) => {
  const standing = Map.groupBy(await readTerms(store), (term) => fold(term.account));
  const lines = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      if (row.end < row.start) return new Bad("is before the start", "end");
      if (row.max_discount === 0) return new Bad("is 0", "max_discount");
      const blackouts = row.blackouts?.map(blackoutOf);
      const tiers = row.bonus_tiers?.map(tierOf);
      const sums = row.lump_sums?.map(lumpSumOf);
      const wrong = [blackouts, tiers, sums].flatMap((list) => list ?? []).find((entry) => entry instanceof Bad);
      if (wrong) return wrong;
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const key = JSON.stringify([account.id, row.start]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already for this account`, "start");
      const others = standing.get(fold(account.name)) ?? [];
      const clash = overlapping<Term>(others, row);
      if (clash)
        return new Bad(
          `overlaps the terms of ${account.name} from ${clash.start} to ${clash.end}; ${wayOut(clash, row)}`,
          clash.start < row.start ? "start" : "end",
        );
      standing.set(fold(account.name), [
        ...others.filter((term) => term.start !== row.start),
        { ...row, account: account.name },
      ]);
      lines.set(key, line);
      names.want(["accounts", account]);
      const columns = present({
        start: row.start,
        end: row.end,
        off_invoice_rate: row.off_invoice_rate,
        rebate_rate: row.rebate_rate,
        payment_days: row.payment_days,
        usual_payment: row.usual_payment ?? undefined,
        max_discount: row.max_discount,
        notice_days: row.notice_days,
      });
      const mechanics = row.mechanics?.map((mechanic) => ({ mechanic }));
      batch.push({
        account,
        row: columns,
        sets: {
          contract_mechanic: mechanics,
          contract_blackout: blackouts as Row[] | undefined,
          contract_tier: tiers as Row[] | undefined,
          contract_lump_sum: sums as Row[] | undefined,
        },
      });
      return null;
    },
    async write(store, dry) {
      const rows = batch.map(({ account, row }) => ({ account_id: account.id, ...row }));
      const { changed, ids } = await upsert(
        store,
        { table: "contract", keys: ["account_id", "start"], id: true },
        rows,
        dry,
      );
      const touched = new Set<number>();
      for (const table of SETS) {
        const sets = batch.flatMap(({ sets }, i) => (sets[table] ? [[ids[i]!, sets[table]] as const] : []));
        for (const id of await replaceSet(store, table, "contract_id", new Map(sets), dry)) touched.add(id);
      }
      return { changed: changed.map((did, i) => did || touched.has(ids[i]!)) };
    },
    clear() {
      batch = [];
    },
  };
};

/** "2026-11-23/2026-12-24 Christmas" */
function blackoutOf(text: string): Row | Bad {
  const match = /^(\d{4}-\d{2}-\d{2})\s*(?:\/|\.\.|to|–|-)\s*(\d{4}-\d{2}-\d{2})\s*(.*)$/.exec(text);
  const [, start, end, reason] = match ?? [];
  if (!start || !end || !isIsoDate(start) || !isIsoDate(end) || end < start)
    return new Bad(`holds "${text}", which is not in the form 2026-11-23/2026-12-24 reason`, "blackouts");
  return { start, end, reason: reason || "blackout" };
}

/** "net_sales 9000000: 1 %" or "units 250000: 0.005": from that volume of a year on, the rate of its net sales. */
function tierOf(text: string): Row | Bad {
  const match = /^(net_sales|units)\s+(\d+)\s*:\s*(\d+(?:\.\d+)?)\s*(%?)$/.exec(text);
  const rate = match ? Number(match[3]) / (match[4] ? 100 : 1) : 0;
  const from = match ? Number(match[2]) : 0;
  if (!match || !(rate > 0 && rate < 1) || from === 0)
    return new Bad(
      `holds "${text}", which is not in the form net_sales 9000000: 1 % or units 250000: 0.5 %`,
      "bonus_tiers",
    );
  return { measure: match[1]!, threshold: match[1] === "units" ? from : toMinor(from), rate };
}

/** "2026-03-31 12000 spring space" */
function lumpSumOf(text: string): Row | Bad {
  const match = /^(\d{4}-\d{2}-\d{2})\s+(\d+(?:\.\d{1,2})?)\s+(.+)$/.exec(text);
  const amount = match ? toMinor(Number(match[2])) : 0;
  if (!match || !isIsoDate(match[1]!) || amount === 0)
    return new Bad(`holds "${text}", which is not in the form 2026-03-31 12000 what it is for`, "lump_sums");
  return { due: match[1]!, amount_minor: amount, what: match[3]!.trim() };
}
