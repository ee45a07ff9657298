import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { FundTable } from "../store/schema/funds.ts";
import { loadActor, SYSTEM_PERSON } from "../users/actor.ts";
import type { FundLedger } from "./entries.ts";
import { post } from "./ledger.service.ts";

/** Funds by hand, for tests: each with the money that it is granted. */
export async function writeFunds(
  store: Store,
  rows: readonly (Insertable<FundTable> & { readonly amount_minor: number })[],
): Promise<void> {
  for (const { amount_minor, ...fund } of rows) {
    const { id, currency } = await store.db
      .insertInto("fund")
      .values(fund)
      .returning(["id", "currency"])
      .executeTakeFirstOrThrow();
    await grantFund(store, id, amount_minor, currency);
  }
}

/** More money for a fund, or less where the amount is below zero. */
export async function grantFund(store: Store, fundId: number, amountMinor: number, currency = "EUR"): Promise<void> {
  const [from, to] = amountMinor > 0 ? (["granted", "available"] as const) : (["available", "granted"] as const);
  const move = { fund_id: fundId, currency, from, to, amount_minor: Math.abs(amountMinor) };
  await post(await loadActor(store, SYSTEM_PERSON), store, { kind: "grant" }, [move]);
}

/** What promotions hold of funds, as if it had been booked. */
export async function writeSpend(
  store: Store,
  rows: readonly { promotion_id: number; fund_id: number; state: FundLedger; amount_minor: number }[],
): Promise<void> {
  const actor = await loadActor(store, SYSTEM_PERSON);
  for (const { promotion_id, state, ...rest } of rows)
    await post(actor, store, { kind: "opening", promotion_id }, [
      { ...rest, promotion_id, currency: "EUR", from: "available", to: state },
    ]);
}
