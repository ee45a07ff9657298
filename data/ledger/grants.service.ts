import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import type { Move } from "./entries.ts";
import { post } from "./ledger.service.ts";

/** A fund as the books name it. */
interface FundRef {
  readonly fund_id: number;
  readonly currency: string;
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
