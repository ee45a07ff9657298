import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Store } from "../store/open.ts";

/** The steps that a promotion may take; taking back adds the way back of the last one. */
const STEPS = new Set([
  "null>draft",
  "draft>submitted",
  "submitted>approved",
  "submitted>draft",
  "approved>running",
  "running>ended",
  "ended>closed",
  "draft>cancelled",
  "submitted>cancelled",
  "approved>cancelled",
]);
/** Where a promotion's money may be, by its state. */
const HELD: Readonly<Record<string, readonly string[]>> = {
  draft: ["planned", "settled", "claimed"],
  submitted: ["planned", "settled", "claimed"],
  approved: ["committed", "settled", "claimed"],
  running: ["committed", "accrued", "claimed", "settled"],
  ended: ["committed", "accrued", "claimed", "settled"],
  closed: ["claimed", "settled"],
  cancelled: ["claimed", "settled"],
};
const FUND_STATES = ["granted", "allocated", "available", "planned", "committed", "accrued", "claimed", "settled"];

/**
 * Watches a store from operation to operation: what is new is looked at, and kept in books of its own that the store's views
 * are held against.
 */
export class Watch {
  readonly #funds = new Map<number, Record<string, number>>();
  readonly #held = new Map<number, Record<string, number>>();
  readonly #status = new Map<number, string>();
  #posting = 0;
  #audit = 0;
  #history = 0;
  #hash = "0".repeat(64);

  /** How far everything is written that was looked at: the last posting, audit entry and step. */
  get written(): string {
    return [this.#posting, this.#audit, this.#history].join("/");
  }

  async look(store: Store): Promise<void> {
    await this.#chain(store);
    await this.#steps(store);
    if (await this.#books(store)) await this.#budget(store);
  }

  /** Every new journal sums to zero, and so does every fund. @returns whether there was one */
  async #books(store: Store): Promise<boolean> {
    const rows = await store.db
      .selectFrom("posting")
      .selectAll()
      .where("id", ">", this.#posting)
      .orderBy("id")
      .execute();
    const journals = new Map<number, number>();
    for (const row of rows) {
      journals.set(row.journal_id, (journals.get(row.journal_id) ?? 0) + row.amount_minor);
      if (row.fund_id !== null) add(this.#funds, row.fund_id, row.ledger, row.amount_minor);
      if (row.promotion_id !== null) add(this.#held, row.promotion_id, row.ledger, row.amount_minor);
      this.#posting = row.id;
    }
    for (const [id, sum] of journals) expect(sum, `journal ${id}`).toBe(0);
    for (const [id, sums] of this.#funds) {
      const states = FUND_STATES.reduce((sum, state) => sum + (sums[state] ?? 0), 0);
      expect(states, `states of fund ${id}`).toBe(0);
      const recognised = (sums.accrued ?? 0) + (sums.claimed ?? 0) + (sums.settled ?? 0);
      expect(sums.expense ?? 0, `expense of fund ${id}`).toBe(recognised);
    }
    return rows.length > 0;
  }

  /** What the store tells of budgets is what its books say; no fund is overdrawn without a record. */
  async #budget(store: Store): Promise<void> {
    for (const row of await store.db.selectFrom("v_budget").selectAll().execute()) {
      const of = this.#funds.get(row.fund_id) ?? {};
      const major = (...states: string[]) => states.reduce((sum, state) => sum + (of[state] ?? 0), 0) / 100;
      const told = { ...row, amount: -row.amount || 0 };
      expect(told, row.fund).toMatchObject({
        amount: major("granted", "allocated"),
        planned: major("planned"),
        committed: major("committed"),
        accrued: major("accrued", "claimed"),
        claimed: major("claimed"),
        settled: major("settled"),
        left: major("available"),
      });
      expect(row.left).toBeCloseTo(row.amount - row.planned - row.committed - row.accrued - row.settled, 6);
    }
    for (const [id, sums] of this.#funds)
      if ((sums.available ?? 0) < 0) expect(await overriddenAt(store, id), `fund ${id} is overdrawn`).toBe(true);
  }

  /** No state is skipped, and money is where the state says. */
  async #steps(store: Store): Promise<void> {
    const rows = await store.db
      .selectFrom("promotion_history")
      .selectAll()
      .where("id", ">", this.#history)
      .orderBy("id")
      .execute();
    for (const { id, promotion_id, from_status, to_status, reason } of rows) {
      const step = `${from_status}>${to_status}`;
      const back = reason === "taken back" && STEPS.has(`${to_status}>${from_status}`);
      expect(STEPS.has(step) || back, `step ${step} of ${promotion_id}`).toBe(true);
      expect(this.#status.get(promotion_id) ?? null, `${promotion_id} before ${step}`).toBe(from_status);
      this.#status.set(promotion_id, to_status);
      this.#history = id;
    }
    for (const id of new Set(rows.map((row) => row.promotion_id))) {
      const now = await store.db
        .selectFrom("promotion")
        .select("status")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      expect(now.status).toBe(this.#status.get(id));
    }
  }

  /** At the end, and now and then: every promotion's money is where its state says, and none is less than nothing. */
  money(): void {
    for (const [id, sums] of this.#held)
      for (const state of FUND_STATES.slice(3)) {
        const amount = sums[state] ?? 0;
        expect(amount, `${id} as ${state}`).toBeGreaterThanOrEqual(0);
        const status = this.#status.get(id) as string;
        if (amount > 0) expect(HELD[status], `${id} is ${status}`).toContain(state);
      }
  }

  /** The audit log goes on from where it was, hash by hash. */
  async #chain(store: Store): Promise<void> {
    const rows = await store.db.selectFrom("audit").selectAll().where("id", ">", this.#audit).orderBy("id").execute();
    for (const row of rows) {
      expect(row.previous_hash, `audit ${row.id}`).toBe(this.#hash);
      const { previous_hash, at, actor, action, entity, entity_id, before, after } = row;
      const text = JSON.stringify([previous_hash, at, actor, action, entity, entity_id, before, after]);
      this.#hash = createHash("sha256").update(text).digest("hex");
      expect(row.hash, `audit ${row.id}`).toBe(this.#hash);
      this.#audit = row.id;
    }
  }
}

function add(books: Map<number, Record<string, number>>, id: number, ledger: string, amount: number): void {
  const sums = books.get(id) ?? {};
  sums[ledger] = (sums[ledger] ?? 0) + amount;
  books.set(id, sums);
}

/** Whether an override of the budget was ever recorded for a promotion that took money of the fund. */
const overriddenAt = async (store: Store, fundId: number): Promise<boolean> =>
  (await store.db
    .selectFrom("posting")
    .innerJoin("policy_override", "policy_override.promotion_id", "posting.promotion_id")
    .select("posting.id")
    .where("posting.fund_id", "=", fundId)
    .where("posting.ledger", "=", "available")
    .where("policy_override.rule", "=", "budget")
    .limit(1)
    .executeTakeFirst()) !== undefined;
