import { listAccounts } from "../accounts/accounts.repo.ts";
import { type VisibleAccount, visibleAccounts } from "../accounts/accounts.service.ts";
import { KamError } from "../common/errors.ts";
import { foldName } from "../common/names.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import { type ClaimRow, claimRows, openRequests, openSpend, storeChecks } from "./claims.repo.ts";
import { type Doubt, doubtsOf } from "./doubts.ts";

export type { Doubt } from "./doubts.ts";

/** A claim with what the store knows about whether it is right. Amounts in minor units, shares as fractions. */
export interface AssessedClaim extends ClaimRow {
  /** Money booked for its promotion and not paid out, the claim's own payment counted in; null where nothing is booked. */
  readonly still_booked: number | null;
  readonly checks: number;
  readonly display_share: number | null;
  readonly feature_share: number | null;
  readonly doubts: readonly Doubt[];
  readonly request: Awaited<ReturnType<typeof openRequests>>[number] | null;
}

/** All claims of some accounts, assessed, latest first. The accounts are the right to see them. */
export async function assessedClaims(store: Store, accounts: readonly VisibleAccount[]): Promise<AssessedClaim[]> {
  if (!accounts.length) return [];
  const rows = await claimRows(
    store,
    accounts.map((a) => a.id),
  );
  const promotionIds = [...new Set(rows.flatMap((row) => row.promotion_id ?? []))];
  const booked = await openSpend(store, promotionIds);
  const seen = await storeChecks(store, promotionIds);
  const requests = new Map(
    (
      await openRequests(
        store,
        rows.map((row) => row.id),
      )
    ).map((r) => [r.claim_id, r]),
  );
  return rows.map((row) => assess(row, rows, booked, seen, requests.get(row.id) ?? null));
}

function assess(
  row: ClaimRow,
  all: readonly ClaimRow[],
  booked: ReadonlyMap<number, number>,
  seen: Awaited<ReturnType<typeof storeChecks>>,
  request: AssessedClaim["request"],
): AssessedClaim {
  const siblings = all.filter((c) => c.id !== row.id && c.promotion_id !== null && c.promotion_id === row.promotion_id);
  const open = row.promotion_id === null ? undefined : booked.get(row.promotion_id);
  const still_booked = open === undefined ? null : open + (row.settled_minor ?? 0);
  const proof = row.promotion_id === null ? undefined : seen.get(row.promotion_id);
  const display_share = proof ? proof.display / proof.checks : null;
  const feature_share = proof && proof.feature !== null ? proof.feature / proof.checks : null;
  const doubts = doubtsOf({
    amount: row.amount_minor,
    date: row.date,
    hasPromotion: row.promotion_id !== null,
    payment: row.promotion_payment,
    namesProof: row.reference !== null,
    promotionStatus: row.promotion_status,
    promotionEnd: row.promotion_end,
    stillBooked: still_booked,
    twins: siblings.filter((c) => c.amount_minor === row.amount_minor).length,
    displayPaid: row.display_paid === 1,
    featurePaid: row.feature_paid === 1,
    displayShare: display_share,
    featureShare: feature_share,
  });
  return { ...row, still_booked, checks: proof?.checks ?? 0, display_share, feature_share, doubts, request };
}

/**
 * The claim that a person means by its id, its number at the retailer, or the promotion that it is the only open claim of.
 * @throws KamError unknown_name, ambiguous_name; no_right for a claim at a colleague's account (it says whose, and holds no figure)
 */
export async function resolveClaim(actor: Actor, store: Store, ref: string | number): Promise<AssessedClaim> {
  const accounts = await listAccounts(store);
  // Looked up over all accounts, so that a colleague's claim is refused as hers and not reported as unknown.
  const rows = await claimRows(
    store,
    accounts.map((a) => a.id),
  );
  const wanted = foldName(String(ref));
  const named = (row: ClaimRow): boolean =>
    typeof ref === "number"
      ? row.id === ref
      : [row.code, row.reference, String(row.id)].some((name) => name !== null && foldName(name) === wanted);
  let found = rows.filter(named);
  if (!found.length) {
    const ofPromotion = rows.filter(
      (row) =>
        seesAccount(actor, row.account_id) &&
        [row.promotion, row.promotion_name].some((name) => name !== null && foldName(name) === wanted),
    );
    const open = ofPromotion.filter((row) => row.status === "open");
    found = open.length ? open : ofPromotion;
  }
  const visible = found.filter((row) => seesAccount(actor, row.account_id));
  if (visible.length === 1) {
    const own = (await visibleAccounts(actor, store)).filter((a) => a.id === visible[0]!.account_id);
    return (await assessedClaims(store, own)).find((c) => c.id === visible[0]!.id)!;
  }
  if (visible.length > 1) {
    const alternatives = visible.map((row) => row.code);
    throw new KamError("ambiguous_name", `"${ref}" may be any of ${alternatives.join(", ")}: which claim is meant?`, {
      ref,
      alternatives,
    });
  }
  if (found[0]) {
    const account = accounts.find((a) => a.id === found[0]!.account_id)!;
    throw new KamError(
      "no_right",
      `That claim is at ${account.name}, ${account.owner ?? "a colleague"}'s account; ${actor.name} cannot see it.`,
      { account: account.name, owner: account.owner },
    );
  }
  const open = rows.filter((row) => row.status === "open" && seesAccount(actor, row.account_id)).slice(0, 5);
  throw new KamError(
    "unknown_name",
    `There is no claim "${ref}" in the store.${open.length ? ` Open ones: ${open.map((row) => row.code).join(", ")}.` : ""}`,
    { ref, alternatives: open.map((row) => row.code) },
  );
}
