import { listAccounts } from "../accounts/accounts.repo.ts";
import { type VisibleAccount, visibleAccounts } from "../accounts/accounts.service.ts";
import { KamError } from "../common/errors.ts";
import { foldName } from "../common/names.ts";
import { type Seen, sharesOf } from "../execution/execution.service.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import {
  type AllocationRow,
  allocationRows,
  type ClaimRow,
  claimRows,
  openRequests,
  openSpend,
} from "./claims.repo.ts";
import { type Doubt, doubtsOf } from "./doubts.ts";

export type { Doubt } from "./doubts.ts";

/** Part of a claim that is for one promotion, with what the store knows of it. Amounts in minor units. */
export interface Allocation extends AllocationRow {
  /** Money booked for the promotion and not paid out, this claim's own payment counted in; null where nothing is booked. */
  readonly still_booked: number | null;
  /** What was seen in its stores; null where nobody looked. */
  readonly seen: Seen | null;
}

/** A claim with what the store knows about whether it is right. Amounts in minor units, shares as fractions. */
export interface AssessedClaim extends ClaimRow {
  /** What it is for, the largest part first; empty where nobody knows. */
  readonly allocations: readonly Allocation[];
  /** What of it is for no promotion. */
  readonly unmatched: number;
  /** Money booked for its promotions and not paid out, the claim's own payment counted in; null where nothing is booked. */
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
  const ids = rows.map((row) => row.id);
  const parts = await allocationRows(store, ids);
  const promotionIds = [...new Set(parts.map((part) => part.promotion_id))];
  const known: Known = {
    parts: Map.groupBy(parts, (part) => part.claim_id),
    claims: Map.groupBy(parts, (part) => part.promotion_id),
    amounts: new Map(rows.map((row) => [row.id, row.amount_minor])),
    booked: await openSpend(store, promotionIds),
    seen: await sharesOf(store, promotionIds),
    requests: new Map((await openRequests(store, ids)).map((r) => [r.claim_id, r])),
  };
  return rows.map((row) => assess(row, known));
}

interface Known {
  readonly parts: ReadonlyMap<number, readonly AllocationRow[]>;
  /** The parts of all claims by promotion. */
  readonly claims: ReadonlyMap<number, readonly AllocationRow[]>;
  readonly amounts: ReadonlyMap<number, number>;
  readonly booked: ReadonlyMap<number, number>;
  readonly seen: ReadonlyMap<number, Seen>;
  readonly requests: ReadonlyMap<number, NonNullable<AssessedClaim["request"]>>;
}

function assess(row: ClaimRow, known: Known): AssessedClaim {
  const parts = known.parts.get(row.id) ?? [];
  const matched = parts.reduce((sum, part) => sum + part.amount_minor, 0);
  const allocations = parts.map((part): Allocation => {
    const open = known.booked.get(part.promotion_id);
    // Of what was paid, each part bears its share.
    const paid = Math.round(((row.settled_minor ?? 0) * part.amount_minor) / row.amount_minor);
    return {
      ...part,
      still_booked: open === undefined ? null : open + paid,
      seen: known.seen.get(part.promotion_id) ?? null,
    };
  });
  const booked = allocations.flatMap((part) => part.still_booked ?? []);
  const still_booked = booked.length ? booked.reduce((sum, one) => sum + one, 0) : null;
  const unmatched = parts.length ? Math.max(0, row.amount_minor - matched) : row.amount_minor;
  const [main] = allocations;
  return {
    ...row,
    ...{ allocations, unmatched, still_booked },
    checks: main?.seen?.stores ?? 0,
    display_share: main?.seen?.display?.share ?? null,
    feature_share: main?.seen?.feature?.share ?? null,
    doubts: doubtsAbout(row, allocations, { still_booked, unmatched, known }),
    request: known.requests.get(row.id) ?? null,
  };
}

/** What speaks against a claim: of any of its promotions, and of its amount against all of them. */
function doubtsAbout(
  row: ClaimRow,
  allocations: readonly Allocation[],
  of: { readonly still_booked: number | null; readonly unmatched: number; readonly known: Known },
): Doubt[] {
  const facts = {
    ...{ amount: row.amount_minor, date: row.date, namesProof: row.reference !== null },
    ...{ stillBooked: of.still_booked, partlyUnmatched: allocations.length > 0 && of.unmatched > 0 },
  };
  const none = { payment: null, promotionStatus: null, promotionEnd: null, displayShare: null, featureShare: null };
  if (!allocations.length)
    return doubtsOf({ ...facts, ...none, hasPromotion: false, twins: 0, displayPaid: false, featurePaid: false });
  const found = allocations.flatMap((part) =>
    doubtsOf({
      ...facts,
      hasPromotion: true,
      payment: part.payment,
      promotionStatus: part.status,
      promotionEnd: part.end,
      twins: (of.known.claims.get(part.promotion_id) ?? []).filter(
        (other) => other.claim_id !== row.id && of.known.amounts.get(other.claim_id) === row.amount_minor,
      ).length,
      displayPaid: part.display === 1,
      featurePaid: part.feature === 1,
      displayShare: part.seen?.display?.share ?? null,
      featureShare: part.seen?.feature?.share ?? null,
    }),
  );
  return [...new Set(found)];
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
