import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { daysBetween, overlaps, type Period } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import {
  type EventFilter,
  type EventResult,
  type EventRow,
  promotionResults,
  promotionsOf,
} from "../../../data/results/results.service.ts";
import type { ToolContext } from "../../define.ts";
import type { Scope } from "../scope.ts";

/** The promotion that is to be explained, and how it was picked. */
export interface Subject {
  readonly event: EventResult;
  /** `named`; `last`: the one that ended last; `in_period`: the last that started in the period; `over_period`: the last that ran in it. */
  readonly picked: "named" | "last" | "in_period" | "over_period";
  /** Other promotions that the question could have meant. */
  readonly others: readonly EventResult[];
}

/** @throws KamError not_found, no_right, wrong_state (not ended yet), no_data (ended without measured sales) */
export async function namedSubject(context: ToolContext, ref: string | number): Promise<Subject> {
  const { actor, store } = context;
  const event = await resolvePromotion(actor, store, ref);
  const [found] = (await promotionResults(actor, store, { accountIds: [event.account_id] })).filter(
    (row) => row.promotion_id === event.promotion_id,
  );
  if (found) return { event: found, picked: "named", others: [] };
  throw notMeasured(event, store.today);
}

function notMeasured(event: Pick<EventRow, "promotion" | "name" | "status" | "end">, today: string): KamError {
  const name = `${event.promotion}, ${event.name}`;
  if (event.status === "cancelled")
    return new KamError("wrong_state", `${name} was cancelled, so there is no result to explain.`, {
      status: event.status,
    });
  return event.end >= today
    ? new KamError("wrong_state", `${name} has not ended, so there is no result to explain yet.`, { end: event.end })
    : new KamError("no_data", `${name} has no result: no sales of its products are measured in its weeks.`);
}

/** Days of a month: a longer period is asked about as a whole, not for one promotion in it. */
const MONTH_DAYS = 31;

/**
 * The last promotion that ended in a scope, or the last that started in a period, else the last that ran in it.
 * @returns null where a period is named that is longer than a month or in which no promotion ran: its sales are then
 * explained as a whole
 */
export async function lastSubject(
  context: ToolContext,
  scope: Scope,
  period: Period | undefined,
): Promise<Subject | null> {
  if (period && daysBetween(period.from, period.to) >= MONTH_DAYS) return null;
  const { actor, store } = context;
  const filter: EventFilter = {
    accountIds: scope.accounts.map((account) => account.id),
    productIds: scope.products?.map((product) => product.id),
    startsIn: period,
  };
  const events = await promotionResults(actor, store, filter);
  const event = events.at(-1);
  if (event) return { event, picked: period ? "in_period" : "last", others: period ? events.slice(0, -1) : [] };
  if (period) {
    const ran = (await promotionResults(actor, store, { ...filter, startsIn: undefined })).filter((row) =>
      overlaps({ from: row.start, to: row.end }, period),
    );
    const over = ran.at(-1);
    if (over) return { event: over, picked: "over_period", others: ran.slice(0, -1) };
    const running = (await promotionsOf(actor, store, filter)).find((row) => row.end >= store.today);
    if (running && scope.account) throw notMeasured(running, store.today);
    return null;
  }
  const where = scope.account ? ` at ${scope.account.name}` : "";
  throw new KamError(
    "no_data",
    `No promotion${scope.product ? ` of ${scope.product}` : ""}${where} has ended and been measured.`,
  );
}

/** The account of a subject among those of the scope. */
export const accountOf = (scope: Scope, event: EventResult): VisibleAccount =>
  scope.accounts.find((account) => account.id === event.account_id)!;
