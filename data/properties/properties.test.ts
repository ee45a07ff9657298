import fc from "fast-check";
import { expect, it } from "vitest";
import { verifyAudit } from "../audit/verify.service.ts";
import { applyOnce } from "../changes/changes.service.ts";
import { addDays, weekday } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { verifyLedger } from "../ledger/verify.service.ts";
import { advancePromotions } from "../promotions/promotions.service.ts";
import { closeStore, inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { Watch } from "./testing.invariants.ts";
import { sellWeek, smallMarket } from "./testing.market.ts";
import { ALL, type Operation, operation } from "./testing.operations.ts";
import { PERFORM } from "./testing.perform.ts";

/** Sequences, and the operations of each: 10,000 and more in all. */
const SEQUENCES = 16;
const LENGTH = 720;
const SEED = 20_261_122;
/** What a service may answer instead of doing it. */
const REFUSALS = ["no_right", "wrong_state", "blocked", "bad_input", "unknown_name", "not_found", "stale"];

const tally = new Map<string, number>();
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** The days go on, sales come in, and the calendar acts. */
async function day(store: Store, system: Actor, op: Operation): Promise<Store> {
  let now = store;
  for (let n = 1 + (op.pick % 5); n > 0; n--) {
    now = { ...now, today: addDays(now.today, 1) };
    if (weekday(now.today) === 1) await sellWeek(now, now.today, op.other);
  }
  await advancePromotions(system, now);
  return now;
}

/** A retailer sends a claim: data from outside, for a promotion, or for none. */
async function claim(store: Store, op: Operation): Promise<void> {
  const all = await store.db.selectFrom("promotion").select(["id", "account_id"]).execute();
  const of = op.sensible && all.length ? all[op.pick % all.length]! : null;
  const n = (await store.db.selectFrom("claim").select("id").execute()).length + 1;
  await store.db
    .insertInto("claim")
    .values({
      ...{ code: `C-${n}`, account_id: of?.account_id ?? 1 + (op.pick % 3), promotion_id: of?.id ?? null },
      ...{ kind: "claim", amount_minor: op.amount, date: store.today, status: "open" },
    })
    .execute();
}

/** A sequence is long: what is told is the error, which names its operation. */
function reporter({
  failed,
  errorInstance,
  numRuns,
}: {
  failed: boolean;
  errorInstance: unknown;
  numRuns: number;
}): void {
  if (failed)
    throw new Error(`Sequence ${numRuns} of seed ${SEED}: ${String(errorInstance)}`, { cause: errorInstance });
}

async function run(operations: readonly Operation[]): Promise<void> {
  const market = await smallMarket();
  let { store } = market;
  const watch = new Watch();
  await watch.look(store);
  for (const [i, op] of operations.entries()) {
    const actor = market.people[op.who]!;
    if (op.does === "day") store = await day(store, market.people.system!, op);
    else if (op.does === "claim") await claim(store, op);
    else {
      const { does } = op;
      const attempt = await PERFORM[does](actor, store, op);
      if (!attempt) continue;
      const before = watch.written;
      const change = { key: String(i), batch: String(i), kind: does === "undo" ? "undo_change" : does };
      try {
        await inTransaction(store, (tx) =>
          applyOnce(actor, tx, change, async () => ({ done: Boolean(await attempt.run(tx)) })),
        );
        expect(attempt.allowed, `${does} by ${actor.name}`).toBe(true);
        count(`${does} done`);
      } catch (error) {
        if (!(error instanceof KamError))
          throw new Error(`${i}: ${JSON.stringify(op)}: ${String(error)}`, { cause: error });
        expect(REFUSALS, `${does} by ${actor.name}: ${error.message}`).toContain(error.code);
        await watch.look(store);
        expect(watch.written, `${does}, refused`).toBe(before);
        count(`${does} refused`);
      }
    }
    count("operations");
    await watch.look(store);
    if (i % 50 === 0) watch.money();
  }
  watch.money();
  expect(await verifyLedger(store)).toEqual([]);
  expect(await verifyAudit(store)).toBeNull();
  await closeStore(store);
}

it("keeps books, budgets, states, rights and the audit log whole through whatever anybody does", {
  timeout: 600_000,
}, async () => {
  const sequences = fc.array(operation, { minLength: LENGTH, maxLength: LENGTH, size: "max" });
  await fc.assert(fc.asyncProperty(sequences, run), { seed: SEED, numRuns: SEQUENCES, endOnFailure: true, reporter });
  expect(tally.get("operations")).toBeGreaterThanOrEqual(10_000);
  // Every operation was really tried, with both outcomes.
  for (const does of ALL.filter((d) => d !== "day" && d !== "claim"))
    for (const outcome of ["done", "refused"])
      expect(tally.get(`${does} ${outcome}`) ?? 0, `${does} ${outcome}`).toBeGreaterThan(5);
});
