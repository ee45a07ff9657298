import { toMajor } from "../../common/money.ts";
import { keepFund } from "../../funds/setting.service.ts";
import type { RowOf } from "../fields.ts";
import { fold, type Ref } from "../names.ts";
import { Bad } from "../values/bad.ts";
import { readFunds } from "./funds.repo.ts";
import type { MakeWriter } from "./writer.ts";

type Row = RowOf<"funds">;

/** A fund as it stands after the rows so far; its id is null until it is written. */
interface Fund {
  id: number | null;
  readonly account: Ref | null;
  readonly parent: Fund | null;
  readonly brand: Ref | null;
  readonly category: Ref | null;
  readonly name: string;
  readonly start: string;
  end: string;
  rate: number | null;
  readonly currency: string;
  granted: number;
  left: number;
  readonly lastStart: string | null;
}

interface Taken {
  readonly fund: Fund;
  /** As it stood; null for a new one. */
  readonly before: { readonly end: string; readonly rate: number | null } | null;
  readonly after: { readonly end: string; readonly rate: number | null; readonly granted: number };
  readonly more: number;
  readonly changed: boolean;
}

/** Funds and what they were granted in all; money that was moved between funds since is no part of it. What differs is booked. */
export const fundsWriter: MakeWriter<"funds"> = async ({ store, names, mapping, actor }) => {
  const funds = standing(await readFunds(store));
  const lines = new Map<Fund, number>();
  let batch: Taken[] = [];

  const placeOf = (row: Row) => {
    const account = row.account ? names.account(row.account) : null;
    if (account instanceof Bad) return account;
    const category = row.category ? names.category(row.category) : null;
    if (category instanceof Bad) return category;
    const brand = row.brand ? names.brand(row.brand, row.category) : null;
    if (brand instanceof Bad) return brand;
    const parent = row.parent ? parentOf(funds, row, account) : null;
    if (parent instanceof Bad) return parent;
    const currency = row.currency ?? parent?.currency ?? account?.currency ?? mapping.defaults.currency ?? "EUR";
    if (parent && parent.currency !== currency)
      return new Bad(`is kept in ${parent.currency}; a fund below it is, too`, "parent");
    return { account, brand, category, parent, currency };
  };

  return {
    feedsModel: false,
    accept(row, line) {
      if (row.end < row.start) return new Bad("is before the start", "end");
      const rate = row.rate ?? null;
      if ((typeof row.amount === "number") === (rate !== null))
        return new Bad("needs either an amount or a rate, and not both", "amount");
      if (rate === 0) return new Bad("is 0", "rate");
      const place = placeOf(row);
      if (place instanceof Bad) return place;
      const old = funds.find((f) => same(f.account, place.account) && named(f, row.name) && f.start === row.start);
      const bad = old ? clashWith(old, row, place, lines.get(old), funds) : overlapOf(funds, row, place.account);
      if (bad) return bad;
      const fund = old ?? { ...place, id: null, name: row.name, start: row.start, ...EMPTY, end: row.end, rate };
      const more = typeof row.amount === "number" ? row.amount - fund.granted : 0;
      const short = shortOf(fund, more);
      if (short) return short;
      const before = old ? { end: old.end, rate: old.rate } : null;
      const changed = !before || more !== 0 || before.end !== row.end || before.rate !== rate;
      if (fund.parent) fund.parent.left -= more;
      Object.assign(fund, { end: row.end, rate, granted: fund.granted + more, left: fund.left + more });
      if (!old) funds.push(fund);
      lines.set(fund, line);
      if (fund.account) names.want(["accounts", fund.account]);
      if (fund.category) names.want(["categories", fund.category]);
      if (fund.brand) names.want(["brands", fund.brand]);
      batch.push({ fund, before, after: { end: row.end, rate, granted: fund.granted }, more, changed });
      return null;
    },
    async write(tx, dry) {
      if (!dry)
        for (const { fund, before, after, more, changed } of batch) {
          if (!changed) continue;
          const { id: fund_id, name, start, currency } = fund;
          fund.id = await keepFund(actor, tx, before && { fund: name, start, ...before }, {
            ...{ fund_id, name, start, end: after.end, rate: after.rate, currency },
            ...{ account_id: fund.account?.id ?? null, parent_id: fund.parent?.id ?? null },
            ...{ brand_id: fund.brand?.id ?? null, category_id: fund.category?.id ?? null },
            ...{ amount_minor: after.rate === null ? after.granted : null, more_minor: more },
          });
        }
      return { changed: batch.map(({ changed }) => changed) };
    },
    clear() {
      batch = [];
    },
  };
};

const EMPTY = { granted: 0, left: 0, lastStart: null };

/** The funds of the store, each with the one above it. */
function standing(rows: Awaited<ReturnType<typeof readFunds>>): Fund[] {
  const byId = new Map<number, Fund>();
  const ref = (id: number | null): Ref | null => (id === null ? null : { id, name: "" });
  const make = (row: (typeof rows)[number]): Fund => {
    const made = byId.get(row.id);
    if (made) return made;
    const above = rows.find(({ id }) => id === row.parent_id);
    const fund: Fund = {
      ...{ id: row.id, name: row.name, start: row.start, end: row.end, rate: row.rate, currency: row.currency },
      ...{ account: ref(row.account_id), brand: ref(row.brand_id), category: ref(row.category_id) },
      ...{ parent: above ? make(above) : null, granted: row.granted_minor, left: row.left_minor },
      lastStart: row.last_start,
    };
    byId.set(row.id, fund);
    return fund;
  };
  return rows.map(make);
}

const same = (a: Ref | null, b: Ref | null): boolean => (a?.id ?? null) === (b?.id ?? null);
const named = (fund: Fund, name: string): boolean => fold(fund.name) === fold(name);

/** The fund above: one of no account, else of the same one, whose dates hold the row's. */
function parentOf(funds: readonly Fund[], row: Row, account: Ref | null): Fund | Bad {
  const known = funds.filter((f) => named(f, row.parent!) && (f.account === null || same(f.account, account)));
  if (known.length === 0)
    return new Bad("is no fund of the store or of a row before, so nothing can come out of it", "parent");
  const holding = known.filter((f) => f.start <= row.start && row.end <= f.end);
  return (
    holding.find((f) => f.account === null) ??
    holding[0] ??
    new Bad(
      `runs from ${known[0]!.start} to ${known[0]!.end}; the dates of a fund lie within those of the one above`,
      "parent",
    )
  );
}

function overlapOf(funds: readonly Fund[], row: Row, account: Ref | null): Bad | null {
  const twin = funds.find(
    (f) => same(f.account, account) && named(f, row.name) && f.start <= row.end && row.start <= f.end,
  );
  return twin
    ? new Bad(`is a fund from ${twin.start} to ${twin.end} already, which these dates overlap`, "name")
    : null;
}

type Place = Pick<Fund, "account" | "brand" | "category" | "parent" | "currency">;

/** Why a fund that is there cannot become what the row says. */
function clashWith(old: Fund, row: Row, place: Place, line: number | undefined, funds: readonly Fund[]): Bad | null {
  if (line !== undefined) return new Bad(`is in line ${line} already with this start`, "name");
  const fixed = "is not what the fund has; set up another fund for it";
  for (const part of ["brand", "category"] as const)
    if (row[part] !== undefined && !same(old[part], place[part])) return new Bad(fixed, part);
  if (row.parent !== undefined && old.parent !== place.parent) return new Bad(fixed, "parent");
  if (old.currency !== (row.currency ?? old.currency)) return new Bad(fixed, "currency");
  if ((old.rate === null) !== (typeof row.amount === "number"))
    return old.rate === null
      ? new Bad("is given, and the fund is granted a sum; set up another fund for a rate", "rate")
      : new Bad("is given, and the fund grows by its rate of net sales; change the rate instead", "amount");
  if (old.parent && row.end > old.parent.end)
    return new Bad(`is after the end of ${old.parent.name}, which its money comes from`, "end");
  const later = funds.find((f) => f.parent === old && f.end > row.end);
  if (later) return new Bad(`is before the end of ${later.name}, which gets its money from it`, "end");
  if (old.lastStart && old.lastStart > row.end)
    return new Bad(`is before a promotion that holds money of it starts, on ${old.lastStart}`, "end");
  const twin = funds.find(
    (f) => f !== old && same(f.account, old.account) && named(f, old.name) && f.start <= row.end && old.start <= f.end,
  );
  return twin ? new Bad(`overlaps the fund of this name from ${twin.start} to ${twin.end}`, "end") : null;
}

/** Why the money is not there: of the fund above for more, of the fund itself for less. */
function shortOf(fund: Fund, more: number): Bad | null {
  const sum = (minor: number): string => `${toMajor(minor).toFixed(2)} ${fund.currency}`;
  if (more > 0 && fund.parent && fund.parent.left < more)
    return new Bad(
      `needs ${sum(more)} more out of ${fund.parent.name}, which has ${sum(fund.parent.left)} left`,
      "amount",
    );
  if (more < 0 && fund.left < -more)
    return new Bad(
      `takes ${sum(-more)} back, and only ${sum(fund.left)} of the fund is free: the rest is spoken for`,
      "amount",
    );
  return null;
}
