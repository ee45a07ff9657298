import { bookAccruals } from "../accruals/accruals.service.ts";
import { standingChanges } from "../changes/changes.repo.ts";
import { undoChanges } from "../changes/undo.service.ts";
import { requestSettlement, settleClaim } from "../claims/settling.service.ts";
import { addDays } from "../common/dates.ts";
import { setFund } from "../funds/setting.service.ts";
import { rejectRequest, transfer } from "../funds/transfers.service.ts";
import { mayOverride, recordOverride } from "../policies/overrides.service.ts";
import { closePromotion } from "../promotions/closing.service.ts";
import type { PromotionDraft } from "../promotions/draft.ts";
import {
  cancelPromotion,
  createDraft,
  decidePromotion,
  submitPromotion,
  updateDraft,
} from "../promotions/promotions.service.ts";
import { draftOf } from "../promotions/testing.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { ACCOUNTS, plans, sees } from "./testing.market.ts";
import type { Does, Operation } from "./testing.operations.ts";

/** What an operation comes to in the state of things: whether it may be done at all, and the service that does it. */
export interface Attempt {
  readonly allowed: boolean;
  readonly run: (tx: Store) => Promise<unknown>;
}

type Perform = (actor: Actor, store: Store, op: Operation) => Promise<Attempt | null>;

/** Those of some rows for which the operation makes sense, where it shall; else any. */
function choose<T>(rows: readonly T[], op: Operation, sensible: (row: T) => boolean = () => true): T | undefined {
  const fitting = op.sensible ? rows.filter(sensible) : rows;
  return fitting.length ? fitting[op.pick % fitting.length] : undefined;
}

const promotions = (store: Store) =>
  store.db.selectFrom("promotion").selectAll().orderBy("id", "desc").limit(40).execute();
const claims = (store: Store) => store.db.selectFrom("claim").selectAll().orderBy("id", "desc").limit(20).execute();
const funds = (store: Store) => store.db.selectFrom("fund").selectAll().orderBy("id").execute();

function anyDraft(store: Store, op: Operation, account_id = ACCOUNTS[op.pick % 3]!): PromotionDraft {
  const start = addDays(store.today, 8 + (op.other % 120));
  return draftOf({
    account_id,
    start,
    end: addDays(start, 6 + (op.other % 8)),
    products: [[1, 2, 3], [4, 5], [1], [5]][op.other % 4]!,
    spend_minor: op.amount,
    fixed_spend_minor: op.other % 3 ? 0 : op.amount % 20_000,
  });
}

/** Steps of a planned promotion: whose it is to take them, and from which states. */
const step =
  (
    from: readonly string[],
    run: (actor: Actor, tx: Store, row: { id: number; version: number }) => Promise<unknown>,
  ): Perform =>
  async (actor, store, op) => {
    const row = choose(await promotions(store), op, (p) => from.includes(p.status));
    return row
      ? { allowed: plans(actor, row.account_id) && from.includes(row.status), run: (tx) => run(actor, tx, row) }
      : null;
  };

const decide =
  (decision: "approve" | "reject"): Perform =>
  async (actor, store, op) => {
    const row = choose(await promotions(store), op, (p) => p.status === "submitted");
    if (!row) return null;
    const allowed = actor.role === "manager" && row.created_by !== actor.id && row.status === "submitted";
    return { allowed, run: (tx) => decidePromotion(actor, tx, row.id, row.version, decision, null) };
  };

const settle =
  (decision: "pay" | "part_pay" | "dispute"): Perform =>
  async (actor, store, op) => {
    const row = choose(await claims(store), op, (c) => c.status === "open" || c.status === "disputed");
    if (!row) return null;
    const amount = decision === "part_pay" ? 1 + (op.amount % row.amount_minor) : null;
    const order = { claimId: row.id, decision, amount, reason: null };
    return { allowed: actor.role === "finance", run: (tx) => settleClaim(actor, tx, order) };
  };

export const PERFORM: Readonly<Record<Exclude<Does, "day" | "claim">, Perform>> = {
  create: async (actor, store, op) => {
    const draft = anyDraft(store, op);
    return { allowed: plans(actor, draft.account_id), run: (tx) => createDraft(actor, tx, draft) };
  },
  update: async (actor, store, op) => {
    const row = choose(await promotions(store), op, (p) => p.status === "draft");
    if (!row) return null;
    const draft = anyDraft(store, op, row.account_id);
    const allowed = plans(actor, row.account_id) && row.status === "draft";
    return { allowed, run: (tx) => updateDraft(actor, tx, row.id, row.version, draft) };
  },
  submit: step(["draft"], (actor, tx, row) => submitPromotion(actor, tx, row.id)),
  cancel: step(["draft", "submitted", "approved"], (actor, tx, row) => cancelPromotion(actor, tx, row.id, "no")),
  approve: decide("approve"),
  reject: decide("reject"),
  pay: settle("pay"),
  part_pay: settle("part_pay"),
  dispute: settle("dispute"),
  ask_settle: async (actor, store, op) => {
    const row = choose(await claims(store), op, (c) => c.status === "open" && sees(actor, c.account_id));
    if (!row) return null;
    const order = { claimId: row.id, decision: "pay", amount: null, reason: null } as const;
    const allowed = actor.role !== "reader" && sees(actor, row.account_id);
    return { allowed, run: (tx) => requestSettlement(actor, tx, order) };
  },
  move: async (actor, store, op) => {
    const all = await funds(store);
    const [from, to] = [all[op.pick % all.length]!, all[op.other % all.length]!];
    const seen = [from, to].every((f) => f.account_id !== null && sees(actor, f.account_id));
    return {
      allowed: actor.role !== "reader" && seen,
      run: (tx) => transfer(actor, tx, from.id, to.id, op.amount, null),
    };
  },
  turn_down: async (actor, store, op) => {
    const row = choose(
      await store.db.selectFrom("fund_transfer").selectAll().execute(),
      op,
      (t) => t.status === "requested",
    );
    if (!row) return null;
    const allowed = actor.role === "finance" && row.status === "requested";
    return { allowed, run: (tx) => rejectRequest(actor, tx, row.id, "no") };
  },
  set_fund: async (actor, store, op) => {
    const pools = (await funds(store)).filter((f) => f.account_id === null);
    const parent = op.sensible && pools.length ? pools[op.other % pools.length]!.name : undefined;
    const money = op.other % 2 ? { amount_minor: op.amount } : { rate: 0.01 + (op.amount % 90) / 1000 };
    const wish = {
      account: op.pick % 4 ? ACCOUNTS[op.pick % 3]! : "all",
      name: `Fund ${op.other % 50}`,
      period: { from: "2026-07-01", to: "2027-12-31" },
      brand: op.other % 3 ? "Kestrel" : undefined,
      ...{ parent, ...money },
    };
    return { allowed: actor.role === "finance", run: (tx) => setFund(actor, tx, wish) };
  },
  change_fund: async (actor, store, op) => {
    const row = choose(await funds(store), op, (f) => f.rate === null);
    if (!row) return null;
    const wish = { fund: row.id, amount_minor: op.amount * (op.other % 5) };
    return { allowed: actor.role === "finance", run: (tx) => setFund(actor, tx, wish) };
  },
  book: async (actor, store) => ({
    allowed: actor.role === "finance",
    run: (tx) => bookAccruals(actor, tx, store.today),
  }),
  override: async (actor, store, op) => {
    const row = choose(await promotions(store), op, (p) => p.status !== "cancelled");
    if (!row) return null;
    const of = { promotionId: row.id, code: row.code, version: row.version, rule: "budget", reason: "It sells" };
    return {
      allowed: actor.role === "finance",
      run: async (tx) => {
        mayOverride(actor, "budget");
        return recordOverride(actor, tx, of);
      },
    };
  },
  close: async (actor, store, op) => {
    const row = choose(await promotions(store), op, (p) => p.status === "ended");
    if (!row) return null;
    const may = actor.role === "manager" || actor.role === "finance" || plans(actor, row.account_id);
    return { allowed: may && row.status === "ended", run: (tx) => closePromotion(actor, tx, row.id, null) };
  },
  undo: async (actor, store, op) => {
    const last = await standingChanges(store, op.sensible ? actor.id : "dan")
      .limit(1)
      .executeTakeFirst();
    return last ? { allowed: last.by === actor.id, run: (tx) => undoChanges(actor, tx, [last.no]) } : null;
  },
};
