import { addDays, type Period } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { type EventResult, promotionLines, promotionResults } from "../../../data/results/results.service.ts";
import { buyInWindows, supplyWeeks } from "../../../data/supply/supply.service.ts";
import type { ToolContext } from "../../define.ts";
import { AHEAD_FROM, buyInOf, forwardBuyingOf } from "../../supply/forwardBuying.ts";
import { type NamedPromotion, namedJson } from "../../supply/named.ts";
import type { Scope } from "../scope.ts";

const MOST = 20;

/**
 * What retailers bought ahead for promotions: the one that is named, those that started in a period, or the last one at an
 * account; without an account those of the last twelve months.
 */
export async function forwardBuying(
  context: ToolContext,
  scope: Scope,
  promotion: NamedPromotion | null,
  asked: Period | undefined,
) {
  const { actor, store } = context;
  const yesterday = addDays(store.today, -1);
  const period = asked ?? { from: addDays(store.today, -364), to: yesterday };
  const results = await promotionResults(actor, store, {
    accountIds: scope.accounts.map((a) => a.id),
    productIds: scope.products?.map((p) => p.id),
    ...(asked ? { startsIn: asked } : {}),
  });
  const last = !promotion && !asked && scope.account !== null;
  const events = promotion
    ? results.filter((row) => row.promotion_id === promotion.found.promotion_id)
    : last
      ? results.slice(-1)
      : results.filter((row) => asked || (row.end >= period.from && row.end <= period.to));
  if (!events.length) throw noneEnded(scope, promotion, store.today);
  const rows = (await measured(context, events)).toSorted((a, b) => (b.kept_weeks ?? 0) - (a.kept_weeks ?? 0));
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    promotion: namedJson(promotion),
    picked: promotion ? "named" : last ? "last" : "period",
    period,
    currency: scope.currency,
    ahead_from: AHEAD_FROM,
    promotions: rows.length,
    bought_ahead: rows.filter((row) => row.bought_ahead).length,
    forward_bought: sum((row) => row.forward_bought),
    kept: sum((row) => row.kept),
    paid_on_kept: sum((row) => row.paid_on_kept ?? 0),
    rows: rows.slice(0, MOST),
    missing: [
      ...scope.notes,
      ...(rows.length < events.length
        ? ["For some promotions no shipments are recorded in the buy-in window; they are left out."]
        : []),
    ],
    assumptions: [
      "Forward buying is what was shipped above what shoppers bought in the buy-in window; what the promotion's later weeks sold of it was stock for the promotion, the rest was bought ahead.",
      "What the retailer held before is not counted: it is not known.",
    ],
  };
}

async function measured(context: ToolContext, events: readonly EventResult[]) {
  const { actor, store } = context;
  const windows = new Map(
    (
      await buyInWindows(
        store,
        events.map((e) => e.promotion_id),
      )
    ).map((w) => [w.id, w]),
  );
  const linesOf = Map.groupBy(await promotionLines(store, events), (line) => line.promotion_id);
  const accountIds = [...new Set(events.map((e) => e.account_id))];
  const productIds = [...new Set([...linesOf.values()].flat().map((line) => line.product_id))];
  const from = addDays(events.map((e) => e.start).toSorted()[0]!, -56);
  const to = events
    .map((e) => e.end)
    .toSorted()
    .at(-1)!;
  const weeks = await supplyWeeks(actor, store, { accountIds, productIds, period: { from, to } });
  const byAccount = Map.groupBy(weeks, (w) => w.account_id);
  return events.flatMap((event) => {
    const lines = linesOf.get(event.promotion_id) ?? [];
    const own = new Set(lines.map((line) => line.product_id));
    const moved = (byAccount.get(event.account_id) ?? []).filter((w) => own.has(w.product_id));
    const found = forwardBuyingOf(event, buyInOf(event, windows.get(event.promotion_id)), lines, moved);
    return found
      ? [
          {
            promotion: event.promotion,
            name: event.name,
            account: event.account,
            start: event.start,
            end: event.end,
            payment: event.payment,
            ...found,
          },
        ]
      : [];
  });
}

function noneEnded(scope: Scope, promotion: NamedPromotion | null, today: string): KamError {
  if (promotion) {
    const { found } = promotion;
    return found.end >= today
      ? new KamError(
          "wrong_state",
          `${found.promotion}, ${found.name} has not ended, so what was bought ahead cannot be told yet.`,
        )
      : new KamError(
          "no_data",
          `${found.promotion}, ${found.name} has no measured sales, so what was bought ahead cannot be told.`,
        );
  }
  return new KamError(
    "no_data",
    `No promotion${scope.account ? ` at ${scope.account.name}` : ""} has ended and been measured there.`,
  );
}
