import { resolveAccount, visibleAccounts } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import type { Period } from "../common/dates.ts";
import { KamError, missingSlot } from "../common/errors.ts";
import { toMajor, toMinor } from "../common/money.ts";
import { foldName, resolveName } from "../common/names.ts";
import { grantFund } from "../ledger/grants.service.ts";
import { listBrands, listCategories } from "../products/products.repo.ts";
import { called, check, type DraftCheck, figure } from "../promotions/checks/sentence.ts";
import { refuseBlocked } from "../promotions/promotions.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { resolveFund } from "./funds.service.ts";
import { type FundInTree, fundTree, heldOutside, insertFund, updateFund } from "./setting.repo.ts";

/** What a fund shall be; of one that exists, what shall be other. Accounts, brands and funds as people name them. */
export interface FundWish {
  /** The fund to change; none for a new one. */
  readonly fund?: string | number | undefined;
  /** `all` for one that pays no promotion itself and gives its money to funds below it. */
  readonly account?: string | number | undefined;
  readonly name?: string | undefined;
  readonly period?: Period | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  /** The sum that it shall have been given in all. */
  readonly amount_minor?: number | undefined;
  readonly rate?: number | undefined;
  readonly currency?: string | undefined;
  readonly parent?: string | number | undefined;
}

/** A fund as it would be, complete. */
export interface FundSetting {
  readonly fund_id: number | null;
  readonly name: string;
  readonly account_id: number | null;
  readonly account: string | null;
  readonly start: string;
  readonly end: string;
  readonly brand_id: number | null;
  readonly brand: string | null;
  readonly category_id: number | null;
  readonly category: string | null;
  readonly rate: number | null;
  readonly parent_id: number | null;
  readonly parent: string | null;
  readonly currency: string;
  /** In all, as it would be; null where a rate decides it. */
  readonly amount_minor: number | null;
  /** What it would get more, or less below zero. */
  readonly more_minor: number;
}

export interface SettingPlan {
  readonly before: FundInTree | null;
  readonly setting: FundSetting;
  readonly checks: readonly DraftCheck[];
}

/** @throws KamError no_right unless finance: funds are hers to set, money between them may be asked for */
export function maySetFunds(actor: Actor): void {
  if (actor.role !== "finance")
    throw new KamError(
      "no_right",
      `Finance sets funds; ${actor.name} cannot${actor.role === "reader" ? "." : ", but can ask finance to move money from one fund to another."}`,
      { right: "finance" },
    );
}

/**
 * What setting a fund up, or changing one, would do.
 * @throws KamError no_right; missing_slot; unknown_name, ambiguous_name; bad_input for what does not fit together
 */
export async function planFund(actor: Actor, store: Store, wish: FundWish): Promise<SettingPlan> {
  maySetFunds(actor);
  const all = await fundTree(
    store,
    (await visibleAccounts(actor, store)).map((a) => a.id),
    true,
  );
  const before = wish.fund === undefined ? null : await fundNamed(actor, store, all, wish.fund);
  const setting = before ? changed(before, wish) : await fresh(actor, store, all, wish);
  return { before, setting, checks: await checksOf(store, all, before, setting) };
}

/**
 * Sets a fund up or changes it; everything is looked at again. Its money comes from the fund above it where it has one.
 * @throws KamError no_right, blocked, bad_input
 */
export async function setFund(actor: Actor, store: Store, wish: FundWish): Promise<SettingPlan & { fund_id: number }> {
  return inTransaction(store, async (tx) => {
    const plan = await planFund(actor, tx, wish);
    refuseBlocked(plan.checks);
    const fund_id = await keepFund(actor, tx, plan.before, plan.setting);
    return { ...plan, fund_id };
  });
}

/**
 * Writes a fund as it shall be, books what it gets more or less, and audits both.
 * @param before as it stood, where it is there already
 * @throws KamError blocked where that money is not there
 */
export async function keepFund(
  actor: Actor,
  tx: Store,
  before: Pick<FundInTree, "fund" | "start" | "end" | "rate"> | null,
  setting: Omit<FundSetting, "account" | "brand" | "category" | "parent">,
): Promise<number> {
  const { name, account_id, start, end, brand_id, category_id, rate, parent_id, currency } = setting;
  const row = { name, account_id, start, end, brand_id, category_id, rate, parent_id, currency };
  const fund_id = setting.fund_id ?? (await insertFund(tx, row));
  if (before) await updateFund(tx, fund_id, { name, start, end, rate });
  const memo = before ? "Changed" : "Set up";
  const journals = await grantFund(actor, tx, { fund_id, currency, parent_id }, setting.more_minor, { memo });
  await recordAudit(actor, tx, {
    action: before ? "change" : "set",
    entity: "fund",
    entityId: String(fund_id),
    ...(before ? { before: { name: before.fund, start: before.start, end: before.end, rate: before.rate } } : {}),
    after: { ...row, amount_minor: setting.amount_minor, journals },
  });
  return fund_id;
}

/** Any fund by name: of no account first, then as anybody names funds. */
async function fundNamed(actor: Actor, store: Store, all: readonly FundInTree[], ref: string | number) {
  const pool = all.find(
    (f) => f.account_id === null && (f.fund_id === ref || foldName(f.fund) === foldName(String(ref))),
  );
  if (pool) return pool;
  const { fund_id } = await resolveFund(actor, store, ref);
  return all.find((f) => f.fund_id === fund_id) as FundInTree;
}

function changed(before: FundInTree, wish: FundWish): FundSetting {
  if (wish.rate !== undefined && before.rate === null)
    throw new KamError("bad_input", `${before.fund} is granted a sum, not a rate; set up another fund for a rate.`);
  if (wish.amount_minor !== undefined && before.rate !== null)
    throw new KamError("bad_input", `${before.fund} grows by its rate of net sales; change the rate instead.`);
  const { fund, parent, granted, left: _, allocated: __, ...place } = before;
  const more_minor = wish.amount_minor === undefined ? 0 : wish.amount_minor - toMinor(granted);
  return {
    ...place,
    name: wish.name ?? fund,
    parent,
    start: wish.period?.from ?? before.start,
    end: wish.period?.to ?? before.end,
    rate: wish.rate ?? before.rate,
    amount_minor: before.rate === null ? (wish.amount_minor ?? toMinor(granted)) : null,
    more_minor,
  };
}

async function fresh(actor: Actor, store: Store, all: readonly FundInTree[], wish: FundWish): Promise<FundSetting> {
  if (wish.account === undefined) throw missingSlot("account", "For which account shall the fund be?");
  const account = wish.account === "all" ? null : await resolveAccount(actor, store, wish.account);
  if ((wish.amount_minor === undefined) === (wish.rate === undefined))
    throw missingSlot("amount", "How much money shall the fund have: a sum, or a share of net sales?");
  const parent = wish.parent === undefined ? null : await fundNamed(actor, store, all, wish.parent);
  const brand = wish.brand === undefined ? null : resolveName(await listBrands(store), wish.brand, "brand");
  const category =
    wish.category === undefined ? null : resolveName(await listCategories(store), wish.category, "category");
  const year = store.today.slice(0, 4);
  const period = wish.period ?? { from: `${year}-01-01`, to: `${year}-12-31` };
  const currency = wish.currency ?? parent?.currency ?? account?.currency ?? all[0]?.currency ?? "EUR";
  if (parent && parent.currency !== currency)
    throw new KamError("bad_input", `${parent.fund} is kept in ${parent.currency}; a fund below it is, too.`);
  if (parent && (period.from < parent.start || period.to > parent.end))
    throw new KamError(
      "bad_input",
      `The dates of a fund lie within those of ${parent.fund}, which its money comes from.`,
    );
  const name = wish.name ?? `${brand?.name ?? category?.name ?? "Trade"} fund ${period.from.slice(0, 4)}`;
  if (
    all.some(
      (f) => f.account_id === (account?.id ?? null) && foldName(f.fund) === foldName(name) && f.start === period.from,
    )
  )
    throw new KamError(
      "bad_input",
      `There is a ${name}${account ? ` at ${account.name}` : ""} already; change it, or name the new one.`,
    );
  return {
    fund_id: null,
    ...{ name, account_id: account?.id ?? null, account: account?.name ?? null, start: period.from, end: period.to },
    ...{ brand_id: brand?.id ?? null, brand: brand?.name ?? null },
    ...{ category_id: category?.id ?? null, category: category?.name ?? null },
    ...{ rate: wish.rate ?? null, parent_id: parent?.fund_id ?? null, parent: parent?.fund ?? null, currency },
    amount_minor: wish.amount_minor ?? null,
    more_minor: wish.amount_minor ?? 0,
  };
}

async function checksOf(
  store: Store,
  all: readonly FundInTree[],
  before: FundInTree | null,
  setting: FundSetting,
): Promise<DraftCheck[]> {
  const { more_minor, currency } = setting;
  const checks: DraftCheck[] = [];
  const giver = more_minor > 0 ? all.find((f) => f.fund_id === setting.parent_id) : more_minor < 0 ? before : null;
  if (giver) {
    const amount = figure("amount", toMajor(Math.abs(more_minor)), currency);
    const left = figure("left", giver.left, currency);
    const fund = called("fund", giver.fund);
    checks.push(
      toMinor(giver.left) >= Math.abs(more_minor)
        ? check("budget", "pass", [amount, " is covered by the ", left, " left in ", fund, "."])
        : check("budget", "block", [amount, " is more than the ", left, " left in ", fund, "."]),
    );
  }
  const outside = before ? await heldOutside(store, before.fund_id, setting.start, setting.end) : undefined;
  if (outside)
    checks.push(
      check("dates", "block", [
        called("promotion", `${outside.code}, ${outside.name}`),
        " holds money of it and starts outside these dates.",
      ]),
    );
  const twin = all.find(
    (f) =>
      f.fund_id !== setting.fund_id &&
      f.account_id === setting.account_id &&
      f.brand_id === setting.brand_id &&
      f.category_id === setting.category_id &&
      f.start <= setting.end &&
      setting.start <= f.end,
  );
  if (twin && !before)
    checks.push(
      check("overlap", "warn", [
        called("fund", twin.fund),
        " covers the same on some of these days; the one of the shorter period pays first.",
      ]),
    );
  return checks;
}
