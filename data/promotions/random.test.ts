import { expect, it } from "vitest";
import { verifyAudit } from "../audit/verify.service.ts";
import { addDays } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { transfer } from "../funds/transfers.service.ts";
import { closeStore, openStore, type Store } from "../store/open.ts";
import { TEST_TODAY } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import {
  advancePromotions,
  cancelPromotion,
  createDraft,
  decidePromotion,
  submitPromotion,
  updateDraft,
} from "./promotions.service.ts";
import { ALBION, BRAMLEY, DELPHI, draftOf, writeTestMarket } from "./testing.ts";

const OPERATIONS = 1_500;
const OWNER: Readonly<Record<number, string>> = { [ALBION]: "ana", [BRAMLEY]: "ana", [DELPHI]: "ben" };
const STEPS = new Set([
  "null>draft",
  "draft>submitted",
  "submitted>approved",
  "submitted>draft",
  "approved>running",
  "running>ended",
  "draft>cancelled",
  "submitted>cancelled",
  "approved>cancelled",
]);
/** Where a promotion's money must be, by its state. */
const HELD: Readonly<Record<string, string | null>> = {
  draft: "planned",
  submitted: "planned",
  approved: "committed",
  running: "committed",
  ended: "accrued",
  cancelled: null,
};

/** States in which an operation makes sense, where that is not the draft. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  approve: ["submitted"],
  reject: ["submitted"],
  cancel: ["draft", "submitted", "approved"],
};

/** mulberry32: the sequences are the same in every run. */
function random(seed: number): (n: number) => number {
  let a = seed;
  return (n) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  };
}

/** What the books must say of themselves after any operation. */
async function balance(store: Store): Promise<void> {
  const funds = await store.db.selectFrom("v_budget").selectAll().execute();
  const promotions = await store.db.selectFrom("promotion").select(["id", "status"]).execute();
  const spend = await store.db.selectFrom("promotion_spend").selectAll().execute();
  for (const row of spend) {
    const status = promotions.find((p) => p.id === row.promotion_id)?.status ?? "";
    expect(row.state, `${row.promotion_id} is ${status}`).toBe(HELD[status]);
  }
  for (const fund of funds) {
    const of = (state: string) =>
      spend.filter((s) => s.fund_id === fund.fund_id && s.state === state).reduce((sum, s) => sum + s.amount_minor, 0) /
      100;
    expect([fund.planned, fund.committed, fund.accrued]).toEqual([of("planned"), of("committed"), of("accrued")]);
    expect(fund.left).toBeCloseTo(fund.amount - fund.planned - fund.committed - fund.accrued - fund.settled, 6);
    expect(fund.left).toBeGreaterThanOrEqual(0);
  }
  expect(funds.reduce((sum, f) => sum + f.amount, 0)).toBeCloseTo(60_000, 6);
}

it("keeps states, money and rights through any sequence of operations by anybody", async () => {
  let store = await openStore({ path: ":memory:", today: TEST_TODAY });
  await writeTestMarket(store);
  const draw = random(20_261_121);
  const people = ["ana", "ben", "dan", "dora", "eva", "rob"];
  const actors = new Map<string, Actor>();
  for (const name of people) actors.set(name, await loadActor(store, name));
  const tally = new Map<string, number>();
  /** Mostly one for which the operation makes sense, so that both outcomes are seen often. */
  const anyPromotion = async (operation: string) => {
    const all = await store.db.selectFrom("promotion").selectAll().execute();
    const wanted = WANTED[operation] ?? ["draft"];
    const fitting = draw(3) ? all.filter((p) => wanted.includes(p.status)) : all;
    return fitting.length ? fitting[draw(fitting.length)] : undefined;
  };
  const anyDraft = () => {
    const start = addDays(store.today, 10 + draw(300));
    return draftOf({
      account_id: [ALBION, BRAMLEY, DELPHI][draw(3)]!,
      start,
      end: addDays(start, 6 + draw(8)),
      products: [[1, 2, 3], [4, 5], [1], [5]][draw(4)]!,
      spend_minor: draw(400_000),
    });
  };
  for (let i = 0; i < OPERATIONS; i++) {
    const actor = actors.get(people[draw(people.length)]!) as Actor;
    const operation = ["create", "create", "update", "submit", "submit", "approve", "reject", "cancel", "day", "move"][
      draw(10)
    ]!;
    const target = await anyPromotion(operation);
    const plans = (account: number) =>
      actor.role === "manager" || (actor.role === "kam" && OWNER[account] === actor.id);
    let allowed = true;
    let done = true;
    try {
      if (operation === "create") {
        const draft = anyDraft();
        allowed = plans(draft.account_id);
        await createDraft(actor, store, draft);
      } else if (operation === "day") {
        store = { ...store, today: addDays(store.today, draw(4)) };
        await advancePromotions(actors.get("dan") as Actor, store);
      } else if (operation === "move") {
        const [from, to] = [1 + draw(6), 1 + draw(6)];
        await transfer(actor, store, from, to, 1 + draw(300_000), null);
        allowed = actor.role !== "reader";
      } else if (!target) continue;
      else if (operation === "approve" || operation === "reject") {
        allowed = actor.role === "manager" && target.created_by !== actor.id && target.status === "submitted";
        await decidePromotion(actor, store, target.id, target.version, operation, null);
      } else {
        const from = operation === "cancel" ? ["draft", "submitted", "approved"] : ["draft"];
        allowed = plans(target.account_id) && from.includes(target.status);
        if (operation === "update")
          await updateDraft(actor, store, target.id, target.version, {
            ...anyDraft(),
            account_id: target.account_id,
          });
        else if (operation === "submit") await submitPromotion(actor, store, target.id);
        else await cancelPromotion(actor, store, target.id, "no");
      }
    } catch (error) {
      if (!(error instanceof KamError)) throw error;
      done = false;
      const refused = ["no_right", "wrong_state", "blocked", "bad_input", "unknown_name"];
      expect(refused, `${operation} by ${actor.name}: ${error.message}`).toContain(error.code);
    }
    if (done) expect(allowed, `${operation} by ${actor.name} of ${target?.code}`).toBe(true);
    const key = `${operation} ${done ? "done" : "refused"}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    if (i % 10 === 0) await balance(store);
  }
  await balance(store);
  const history = await store.db.selectFrom("promotion_history").selectAll().orderBy("id").execute();
  for (const steps of Map.groupBy(history, (h) => h.promotion_id).values()) {
    steps.forEach((step, n) => {
      expect(STEPS).toContain(`${step.from_status}>${step.to_status}`);
      expect(step.from_status).toBe(n ? steps[n - 1]!.to_status : null);
    });
    const now = await store.db
      .selectFrom("promotion")
      .select("status")
      .where("id", "=", steps[0]!.promotion_id)
      .executeTakeFirstOrThrow();
    expect(now.status).toBe(steps.at(-1)!.to_status);
  }
  expect(await verifyAudit(store)).toBeNull();
  // Every operation was really tried, with both outcomes where both are possible.
  for (const operation of ["create", "update", "submit", "approve", "reject", "cancel", "move"])
    for (const outcome of ["done", "refused"])
      expect(tally.get(`${operation} ${outcome}`) ?? 0, `${operation} ${outcome}`).toBeGreaterThan(3);
  await closeStore(store);
});
