import { resolveAccount, type VisibleAccount, visibleAccounts } from "../accounts/accounts.service.ts";
import { daysBetween, type Period } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { toMinor } from "../common/money.ts";
import { foldName, resolveName } from "../common/names.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import {
  accountOfFund,
  brandsOf,
  type FundBalance,
  fundBalances,
  fundUse,
  heldByPromotion,
  openTransfers,
} from "./funds.repo.ts";

export type { FundBalance } from "./funds.repo.ts";

/**
 * The fund that pays a promotion: one of the account's that covers its start and all its products; the one it has already
 * where that still does, else the most specific one that was given money (of the brand, of the category, of the shorter
 * period), else the one with most left.
 */
export async function fundFor(
  store: Store,
  account: VisibleAccount,
  start: string,
  productIds: readonly number[],
  preferred: number | null = null,
): Promise<FundBalance | null> {
  const covering = (await fundBalances(store, [account.id])).filter((f) => f.start <= start && start <= f.end);
  const scoped = covering.some((f) => f.brand_id !== null || f.category_id !== null);
  const brands = scoped ? await brandsOf(store, productIds) : [];
  const paying = covering.filter((f) => paysFor(f, brands));
  const kept = paying.find((f) => f.fund_id === preferred);
  const filled = paying.filter((f) => f.amount > 0);
  return kept ?? (filled.length ? filled : paying).sort(moreSpecific)[0] ?? null;
}

type Brands = Awaited<ReturnType<typeof brandsOf>>;

const paysFor = (f: FundBalance, brands: Brands): boolean =>
  narrowness(f) === 0 ||
  (brands.length > 0 &&
    brands.every(
      (b) => (f.brand_id ?? b.brand_id) === b.brand_id && (f.category_id ?? b.category_id) === b.category_id,
    ));

const narrowness = (f: FundBalance): number => (f.brand_id !== null ? 2 : f.category_id !== null ? 1 : 0);

const moreSpecific = (a: FundBalance, b: FundBalance): number =>
  narrowness(b) - narrowness(a) ||
  daysBetween(a.start, a.end) - daysBetween(b.start, b.end) ||
  b.left - a.left ||
  a.fund_id - b.fund_id;

/** A fund as it is shown: its dates and what each state takes of it, without ids. */
export const balanceOf = (f: FundBalance) => ({
  fund: f.fund,
  start: f.start,
  end: f.end,
  amount: f.amount,
  planned: f.planned,
  committed: f.committed,
  accrued: f.accrued,
  settled: f.settled,
  left: f.left,
  currency: f.currency,
});

/** What a fund has left for a promotion, minor units: what the promotion itself holds is not counted against it. */
export async function leftFor(store: Store, fund: FundBalance, promotionId: number | null): Promise<number> {
  const own = promotionId === null ? 0 : await heldByPromotion(store, fund.fund_id, promotionId);
  return toMinor(fund.left) + own;
}

/** The funds of some of the actor's accounts that touch a period, today's where none is named. */
export const fundsIn = (
  actor: Actor,
  store: Store,
  accountIds: readonly number[],
  period: Period = { from: store.today, to: store.today },
): Promise<FundBalance[]> => fundBalances(store, seenIds(actor, accountIds), period);

/** The funds of some of the actor's accounts whose dates touch a period, and what holds their money. */
export async function budgetOf(actor: Actor, store: Store, accountIds: readonly number[], period: Period) {
  const seen = seenIds(actor, accountIds);
  const all = await fundBalances(store, seen);
  const funds = all.filter((f) => f.start <= period.to && f.end >= period.from);
  const ids = funds.map((f) => f.fund_id);
  const use = ids.length ? await fundUse(store, ids) : [];
  const requests = (await openTransfers(store)).filter((t) => ids.includes(t.from_fund) || ids.includes(t.to_fund));
  return { funds, use, requests, all };
}

/**
 * The fund that a person means by its name, or by its account's where that has one for today.
 * @throws KamError unknown_name, ambiguous_name; no_right for a colleague's fund (whose it is, and no figure)
 */
export async function resolveFund(actor: Actor, store: Store, ref: string | number): Promise<FundBalance> {
  const accounts = await visibleAccounts(actor, store);
  const mine = await fundBalances(
    store,
    accounts.map((a) => a.id),
  );
  const byName = mine.filter((f) => foldName(f.fund) === foldName(String(ref)));
  if (byName.length) return onlyOne(byName, ref, store.today);
  if (typeof ref === "number") {
    const byId = mine.find((f) => f.fund_id === ref);
    if (byId) return byId;
    // A colleague's fund is not taken for the account of the same number.
    const owner = await accountOfFund(store, ref);
    if (owner) await resolveAccount(actor, store, owner);
  }
  const account = await accountOf(actor, store, ref);
  if (account) {
    const own = mine.filter((f) => f.account_id === account.id);
    if (own.length) return onlyOne(own, ref, store.today);
    throw new KamError("unknown_name", `${account.name} has no fund in the store.`, { ref });
  }
  const things = mine.map((f) => ({ id: f.fund_id, name: `${f.account}, ${f.fund}`, aliases: [] }));
  const found = resolveName(things, ref, "fund");
  return mine.find((f) => f.fund_id === found.id) as FundBalance;
}

/** The account of that name, where there is one; a colleague's is refused. */
async function accountOf(actor: Actor, store: Store, ref: string | number): Promise<VisibleAccount | null> {
  try {
    return await resolveAccount(actor, store, ref);
  } catch (error) {
    if (error instanceof KamError && error.code === "unknown_name") return null;
    throw error;
  }
}

/** Of several funds of one name or account the one of today, else the next to come. */
function onlyOne(funds: readonly FundBalance[], ref: string | number, today: string): FundBalance {
  if (funds.length === 1) return funds[0]!;
  const now = funds.filter((f) => f.start <= today && today <= f.end);
  if (now.length === 1) return now[0]!;
  const several = now.length ? now : funds;
  const names = several.map((f) => `${f.account}, ${f.fund}`);
  throw new KamError("ambiguous_name", `"${ref}" may be any of ${names.join("; ")}: which fund is meant?`, {
    ref,
    slot: "fund",
    question: `Which fund do you mean: ${names.join("; ")}?`,
    alternatives: names,
  });
}
