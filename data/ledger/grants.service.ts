import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import type { Move } from "./entries.ts";
import { post } from "./ledger.service.ts";

/** A fund as the books name it. */
interface FundRef {
  readonly fund_id: number;
  readonly currency: string;
}

/**
 * Grants a fund more money, or takes some back where the amount is below zero. What has a fund above it gets it from there.
 * @returns the journals booked
 * @throws KamError blocked where the fund above (or, taking back, the fund itself) does not have that much left
 */
export async function grantFund(
  actor: Actor,
  tx: Store,
  fund: FundRef & { readonly parent_id: number | null },
  amountMinor: number,
  about: { readonly week?: string; readonly memo: string },
): Promise<number[]> {
  const { fund_id, currency, parent_id } = fund;
  const amount_minor = Math.abs(amountMinor);
  const more = amountMinor > 0;
  const own = more ? (["granted", "available"] as const) : (["available", "granted"] as const);
  const above = more ? (["available", "allocated"] as const) : (["allocated", "available"] as const);
  const moves: Move[] = [{ fund_id, currency, from: own[0], to: own[1], amount_minor }];
  if (parent_id !== null) moves.push({ fund_id: parent_id, currency, from: above[0], to: above[1], amount_minor });
  const id = await post(actor, tx, { kind: "grant", ...about }, amount_minor ? moves : []);
  return id === null ? [] : [id];
}

/** Money that one fund gives and another gets. @returns the journals booked */
export async function moveBetween(
  actor: Actor,
  tx: Store,
  of: { from: FundRef; to: FundRef; amountMinor: number; transferId: number; memo: string | null },
): Promise<number[]> {
  const { from, to, amountMinor: amount_minor } = of;
  const moves: Move[] = [
    { fund_id: from.fund_id, currency: from.currency, from: "available", to: "granted", amount_minor },
    { fund_id: to.fund_id, currency: to.currency, from: "granted", to: "available", amount_minor },
  ];
  const id = await post(actor, tx, { kind: "transfer", transfer_id: of.transferId, memo: of.memo }, moves);
  return id === null ? [] : [id];
}
