import { accrueAtEnd } from "../accruals/accruals.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { ownUnits } from "../forecasts/forecasts.service.ts";
import { fundFor } from "../funds/funds.service.ts";
import { promotionSpend } from "../ledger/ledger.repo.ts";
import { moveSpend, planSpend, releaseSpend } from "../ledger/spend.service.ts";
import { raiseDataVersion } from "../meta/dataVersion.repo.ts";
import { deleteApprovals, insertApproval } from "../policies/approvals.repo.ts";
import { approvalsFor } from "../policies/approvals.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { checkDraft } from "./checks/checkDraft.service.ts";
import type { DraftCheck } from "./checks/sentence.ts";
import type { PromotionDraft } from "./draft.ts";
import { draftOf } from "./draftOf.ts";
import { everydayPrices } from "./prices.repo.ts";
import {
  findPromotionRow,
  insertHistory,
  insertPromotion,
  moveStatus,
  nextPromotionId,
  promotionLines,
  promotionsDueBy,
  replacePromotion,
} from "./promotions.repo.ts";
import { mayDecide, planAccount } from "./rights.service.ts";
import { nextStatus, type PromotionAction, type PromotionStatus } from "./states.ts";

/** What a change of a promotion leaves behind, for the person who made it. */
export interface Changed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly status: PromotionStatus;
  readonly version: number;
  /** Whose approval is missing after this one. */
  readonly waits_for?: "manager" | "finance";
}

type Row = NonNullable<Awaited<ReturnType<typeof findPromotionRow>>>;

/** @throws KamError blocked, naming the check, where one stands in the way */
export function refuseBlocked(checks: readonly DraftCheck[]): void {
  const blocking = checks.find((c) => c.verdict === "block");
  if (blocking)
    throw new KamError("blocked", `This cannot be done as it stands: ${blocking.message}`, {
      rule: blocking.rule,
      message: blocking.message,
      // Digits in a name of the sentence are no figures.
      names: Object.values(blocking.facts).filter((fact) => typeof fact === "string"),
    });
}

const productsOf = (draft: PromotionDraft): number[] => draft.lines.map((line) => line.product_id);

const stale = (row: { code: string; name: string }): KamError =>
  new KamError("stale", `${row.code}, ${row.name} has changed since; look at it again.`, { promotion: row.code });

/**
 * Writes a draft: its lines, its history, the money that it plans to take from the fund, and the audit entry.
 * @throws KamError no_right, blocked
 */
export async function createDraft(actor: Actor, store: Store, draft: PromotionDraft): Promise<Changed> {
  return inTransaction(store, async (tx) => {
    const account = await planAccount(actor, tx, draft.account_id);
    refuseBlocked(await checkDraft(actor, tx, draft));
    const fund = await fundFor(tx, account, draft.start, productsOf(draft));
    const id = await nextPromotionId(tx);
    await insertPromotion(tx, id, draft, fund?.fund_id ?? null, actor.id);
    await insertHistory(tx, id, { from: null, to: "draft", by: actor.id, reason: null });
    await planSpend(actor, tx, id, fund?.fund_id ?? null, draft.spend_minor);
    await audit(tx, actor, "create", `P-${id}`, undefined, draft);
    return { id, code: `P-${id}`, name: draft.name, status: "draft", version: 1 };
  });
}

/**
 * Puts a changed draft in place of one that is still in state draft, and raises its version.
 * @param version the version that the change was made on
 * @throws KamError no_right, wrong_state, stale, blocked
 */
export async function updateDraft(
  actor: Actor,
  store: Store,
  id: number,
  version: number,
  draft: PromotionDraft,
): Promise<Changed> {
  return inTransaction(store, async (tx) => {
    const row = await plannedRow(actor, tx, id);
    nextStatus(row, "update");
    if (row.version !== version) throw stale(row);
    const account = await planAccount(actor, tx, draft.account_id);
    if (account.id !== row.account_id)
      throw new KamError("bad_input", `${row.code} stays with its account; copy it to ${account.name} instead.`);
    refuseBlocked(await checkDraft(actor, tx, draft, { promotionId: id, fundId: row.fund_id }));
    const before = await storedDraft(tx, row);
    const fund = await fundFor(tx, account, draft.start, productsOf(draft), row.fund_id);
    if (!(await replacePromotion(tx, id, version, draft, fund?.fund_id ?? null))) throw stale(row);
    await planSpend(actor, tx, id, fund?.fund_id ?? null, draft.spend_minor);
    await audit(tx, actor, "update", row.code, { ...before, windows: windowsIn(row) }, draft);
    return { id, code: row.code, name: draft.name, status: "draft", version: version + 1 };
  });
}

/** Calls a promotion off before it runs, and gives its money back to the fund. @throws KamError no_right, wrong_state */
export async function cancelPromotion(actor: Actor, store: Store, id: number, reason: string | null): Promise<Changed> {
  return inTransaction(store, async (tx) => {
    const row = await plannedRow(actor, tx, id);
    const released = await promotionSpend(tx, id);
    const journals = await releaseSpend(actor, tx, id, ["planned", "committed"]);
    return step(tx, actor, row, "cancel", reason, { released }, { journals });
  });
}

/** Hands a draft to the managers. @throws KamError no_right, wrong_state, blocked */
export async function submitPromotion(actor: Actor, store: Store, id: number): Promise<Changed> {
  return inTransaction(store, async (tx) => {
    const row = await plannedRow(actor, tx, id);
    nextStatus(row, "submit");
    refuseBlocked(await storedChecks(actor, tx, row));
    return step(tx, actor, row, "submit", null);
  });
}

/**
 * A manager's decision: approved, its planned money is committed; rejected, it is a draft again, with the reason.
 * @param version the version that was looked at
 * @throws KamError no_right, wrong_state, stale, blocked
 */
export async function decidePromotion(
  actor: Actor,
  store: Store,
  id: number,
  version: number,
  decision: "approve" | "reject",
  reason: string | null,
): Promise<Changed> {
  return inTransaction(store, async (tx) => {
    const row = await existingRow(tx, id);
    await mayDecide(actor, tx, row);
    nextStatus(row, decision);
    if (row.version !== version) throw stale(row);
    const given = await approvalGiven(actor, tx, row, decision);
    if (decision === "reject") {
      await deleteApprovals(tx, id);
      return step(tx, actor, row, decision, reason, {}, { given: given.before });
    }
    refuseBlocked(await storedChecks(actor, tx, row));
    if (given.waits_for) {
      await audit(tx, actor, "first_approve", row.code, { status: row.status }, { status: row.status, ...given });
      const { code, name, status, version } = row;
      return { id, code, name, status, version, waits_for: given.waits_for };
    }
    const journals = await moveSpend(actor, tx, id, "commit", ["planned"], "committed");
    return step(tx, actor, row, decision, reason, {}, { journals });
  });
}

/**
 * Counts an approval, which is one of several where the policy asks for more people than one.
 * @returns whose approval is missing after it
 * @throws KamError wrong_state where the role's is given already, no_right where the other one is hers
 */
async function approvalGiven(actor: Actor, tx: Store, row: Row, decision: "approve" | "reject") {
  const { needed, given, missing } = await approvalsFor(tx, row);
  const before = given.map(({ role, by, at }) => ({ role, by, at }));
  if (decision === "reject" || needed.length === 1) return { before, waits_for: null };
  const role = actor.role as (typeof needed)[number];
  if (!missing.includes(role))
    throw new KamError(
      "wrong_state",
      `${row.code}, ${row.name} has that approval already; it waits for ${missing.map((m) => (m === "manager" ? "a manager" : "finance")).join(" and ")}.`,
      { promotion: row.code, waits_for: missing },
    );
  await insertApproval(tx, { promotion_id: row.id, role, by: actor.id, at: tx.today });
  return { before, waits_for: missing.find((m) => m !== role) ?? null };
}

/**
 * Lets the calendar act: approved promotions whose start has come run, running ones whose end is past are over and their
 * committed money is accrued. One step each, none skipped.
 * @returns the codes that moved
 */
export async function advancePromotions(actor: Actor, store: Store): Promise<string[]> {
  const due = [...(await promotionsDueBy(store, "approved")), ...(await promotionsDueBy(store, "running"))];
  // Mostly none is, and a store that cannot be written now can still be asked.
  if (!due.length) return [];
  return inTransaction(store, async (tx) => {
    const moved: string[] = [];
    for (const row of await promotionsDueBy(tx, "approved")) {
      await step(tx, actor, row, "start", null);
      moved.push(row.code);
    }
    for (const row of await promotionsDueBy(tx, "running")) {
      await step(tx, actor, row, "finish", null);
      await accrueAtEnd(actor, tx, row.id);
      moved.push(row.code);
    }
    return [...new Set(moved)];
  });
}

/** The checks of a promotion as it is stored; its dates were chosen before, so a short notice only warns. */
async function storedChecks(actor: Actor, store: Store, row: Row): Promise<DraftCheck[]> {
  return checkDraft(actor, store, await storedDraft(store, row), {
    promotionId: row.id,
    fundId: row.fund_id,
    noticeBinds: false,
  });
}

/** A stored promotion as a draft again: what it says, its lines and the money that it holds. */
export async function storedDraft(store: Store, row: Row): Promise<PromotionDraft> {
  const lines = await promotionLines(store, row.id);
  const prices = await everydayPrices(
    store,
    row.account_id,
    lines.map((line) => line.product_id),
  );
  const own = await ownUnits(store, row.id, lines);
  return draftOf(row, lines, await promotionSpend(store, row.id), [...prices.values()], own);
}

async function existingRow(store: Store, id: number): Promise<Row> {
  const row = await findPromotionRow(store, id);
  if (!row) throw new KamError("not_found", `There is no promotion ${id} in the store.`, { promotion: id });
  return row;
}

/** The row, where the actor may plan on its account. */
async function plannedRow(actor: Actor, store: Store, id: number): Promise<Row> {
  const row = await existingRow(store, id);
  await planAccount(actor, store, row.account_id);
  return row;
}

/** Takes a step of a promotion's life: its state, its history, its audit entry. Rights are the caller's. @throws KamError wrong_state, stale */
export async function step(
  store: Store,
  actor: Actor,
  row: Row,
  action: PromotionAction,
  reason: string | null,
  before: Record<string, unknown> = {},
  after: Record<string, unknown> = {},
): Promise<Changed> {
  const to = nextStatus(row, action);
  if (!(await moveStatus(store, row.id, row.status, to))) throw stale(row);
  await insertHistory(store, row.id, { from: row.status, to, by: actor.id, reason });
  await audit(store, actor, action, row.code, { status: row.status, ...before }, { status: to, reason, ...after });
  // A fit knows the promotions that ran: only one whose days have come changes what it stands on.
  if (row.start <= store.today) await raiseDataVersion(store);
  return { id: row.id, code: row.code, name: row.name, status: to, version: row.version };
}

/** A promotion that came by an import may have windows of its own. */
const windowsIn = ({ buy_in_start, buy_in_end, scan_start, scan_end }: Row) => ({
  ...{ buy_in_start, buy_in_end, scan_start, scan_end },
});

const audit = (store: Store, actor: Actor, action: string, code: string, before: unknown, after: unknown) =>
  recordAudit(actor, store, { action, entity: "promotion", entityId: code, before, after });
