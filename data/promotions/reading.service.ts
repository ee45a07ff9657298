import { listAccounts } from "../accounts/accounts.repo.ts";
import { visibleAccounts } from "../accounts/accounts.service.ts";
import { KamError } from "../common/errors.ts";
import { periodInWords } from "../common/format.ts";
import { foldName } from "../common/names.ts";
import { promotionSpend } from "../ledger/ledger.repo.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import { type FoundPromotion, type PromotionFilter, searchPromotions } from "./find.repo.ts";
import { findPromotionRow, promotionHistory, promotionLines, promotionNames } from "./promotions.repo.ts";
import type { PromotionStatus } from "./states.ts";

export type { FoundPromotion, PromotionFilter } from "./find.repo.ts";

type Name = Awaited<ReturnType<typeof promotionNames>>[number];
export type PromotionRow = NonNullable<Awaited<ReturnType<typeof findPromotionRow>>>;

/** Promotions of the actor's accounts, whatever accounts were asked for; by start. */
export async function findPromotions(
  actor: Actor,
  store: Store,
  filter: Omit<PromotionFilter, "accountIds"> & { readonly accountIds?: readonly number[] | undefined },
): Promise<FoundPromotion[]> {
  const seen = (await visibleAccounts(actor, store)).map((a) => a.id);
  const accountIds = filter.accountIds ? seen.filter((id) => filter.accountIds?.includes(id)) : seen;
  return searchPromotions(store, { ...filter, accountIds });
}

/**
 * The promotion that a person means by its id ("P-1042", "1042") or by its name, or by a part of it that only one has.
 * @param states of several of that name the one in one of these states is meant, where there is only one
 * @throws KamError not_found, ambiguous_name (with a question); no_right for a colleague's, naming the owner and nothing else.
 * A name may hold a discount, so whether a colleague has a promotion of some name is not told: only what account it speaks of.
 */
export async function resolvePromotion(
  actor: Actor,
  store: Store,
  ref: string | number,
  states: readonly PromotionStatus[] = [],
): Promise<FoundPromotion> {
  const all = await promotionNames(store);
  const row = byCode(all, ref) ?? byName(all, actor, ref, states);
  if (row && seesAccount(actor, row.account_id)) return (await findPromotions(actor, store, { ids: [row.id] }))[0]!;
  const accounts = await listAccounts(store);
  const words = ` ${foldName(String(ref))} `;
  const account = row
    ? accounts.find((a) => a.id === row.account_id)
    : accounts.find(
        (a) =>
          !seesAccount(actor, a.id) && [a.name, ...a.aliases].some((name) => words.includes(` ${foldName(name)} `)),
      );
  if (account)
    throw new KamError(
      "no_right",
      `That promotion is of ${account.name}, ${account.owner ?? "a colleague"}'s account; ${actor.name} cannot see or plan it.`,
      { account: account.name, owner: account.owner },
    );
  throw new KamError("not_found", `There is no promotion "${ref}" in the store.`, { ref });
}

function byCode(all: readonly Name[], ref: string | number): Name | undefined {
  const text = String(ref).trim();
  const wanted = foldName(text);
  const digits = /^(?:p(?:romo(?:tion)?)?)?[\s#-]*(\d+)$/i.exec(text)?.[1];
  return (
    all.find((p) => foldName(p.code) === wanted) ??
    (digits
      ? (all.find((p) => p.code === `P-${digits}`) ??
        (text === digits ? all.find((p) => String(p.id) === digits) : undefined))
      : undefined)
  );
}

/** Words that name a promotion without telling which. */
const SAYS_NOTHING = new Set(["the", "a", "our", "my", "promotion", "promo", "deal", "draft"]);

/** Her own by whole name, then by all the words. What was cancelled counts last. */
function byName(
  all: readonly Name[],
  actor: Actor,
  ref: string | number,
  states: readonly PromotionStatus[],
): Name | undefined {
  const wanted = foldName(String(ref));
  const words = wanted.split(" ").filter((w) => !SAYS_NOTHING.has(w));
  if (!words.join("")) return undefined;
  const mine = all.filter((p) => seesAccount(actor, p.account_id));
  const whole = mine.filter((p) => foldName(p.name) === wanted);
  const found = whole.length
    ? whole
    : mine.filter((p) => words.every((w) => ` ${foldName(`${p.code} ${p.name}`)} `.includes(` ${w} `)));
  const alive = found.filter((p) => p.status !== "cancelled");
  const candidates = alive.length ? alive : found;
  if (candidates.length === 1) return candidates[0];
  const fitting = candidates.filter((p) => states.includes(p.status));
  if (fitting.length === 1) return fitting[0];
  if (candidates.length > 1) throw severalPromotions(candidates, ref);
  return undefined;
}

function severalPromotions(candidates: readonly Name[], ref: string | number): KamError {
  const latest = [...candidates].sort((a, b) => (a.end < b.end ? 1 : a.end > b.end ? -1 : b.id - a.id)).slice(0, 6);
  const names = latest.map((p) => `${p.code}, ${p.name} (${periodInWords({ from: p.start, to: p.end })})`);
  const question = `Which one do you mean: ${names.join("; ")}${candidates.length > latest.length ? "; or an earlier one" : ""}?`;
  return new KamError("ambiguous_name", `"${ref}" may be several promotions. ${question}`, {
    ref,
    slot: "promotion",
    question,
    alternatives: latest.map((p) => p.code),
  });
}

/** The row of a promotion that the caller got from this service. */
export const promotionRow = async (store: Store, promotion: FoundPromotion): Promise<PromotionRow> =>
  (await findPromotionRow(store, promotion.promotion_id))!;

/** One promotion with its lines, its history and what it holds of which fund. The caller got it from this service. */
export async function promotionDetail(store: Store, promotion: FoundPromotion) {
  return {
    promotion,
    lines: await promotionLines(store, promotion.promotion_id),
    history: await promotionHistory(store, promotion.promotion_id),
    spend: await promotionSpend(store, promotion.promotion_id),
  };
}

/** The promotion that ended last among those of the filter. @throws KamError not_found */
export async function lastEnded(
  actor: Actor,
  store: Store,
  filter: Omit<PromotionFilter, "accountIds" | "statuses"> & { readonly accountIds?: readonly number[] | undefined },
): Promise<FoundPromotion> {
  const ended = (await findPromotions(actor, store, { ...filter, statuses: ["ended", "closed"] })).sort((a, b) =>
    a.end === b.end ? b.promotion_id - a.promotion_id : a.end < b.end ? 1 : -1,
  );
  if (!ended[0]) throw new KamError("not_found", "No promotion of these has ended yet.", {});
  return ended[0];
}
