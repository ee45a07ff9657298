import { proofs, type Share } from "../../../data/execution/execution.service.ts";
import { type EndedEvent, endedEvents, type ReportScope, spendStates } from "../../../data/reports/reports.service.ts";
import { causeTitle } from "../../advisor/explain/causeTitles.ts";
import { explainPromotion } from "../../advisor/explain/explainPromotion.ts";
import { namedSubject } from "../../advisor/explain/subject.ts";
import { scopeOf } from "../../advisor/scope.ts";
import type { ToolContext } from "../../define.ts";
import { change, minus, over } from "../expression.ts";
import type { Column, Section } from "../report.ts";
import { section } from "../section.ts";
import { money, PROMOTION, type Reader, text, units } from "./columns.ts";

const NAMED: readonly Column[] = PROMOTION.filter((c) => c.key !== "start" && c.key !== "end");

/** What was planned beside what was sold. */
function planSection(events: readonly EndedEvent[]): Section {
  return section({
    id: "plan",
    title: "Plan and actual",
    columns: [
      ...NAMED,
      units("planned_units", "Planned units"),
      units("units", "Actual units"),
      { ...units("gap", "Actual less plan"), from: minus("units", "planned_units") },
      { key: "gap_share", label: "Actual against plan", unit: "%", from: change("units", "planned_units") },
    ],
    rows: events.filter((e) => e.planned_units !== null).map((e) => ({ ...e, currency: null })),
    words: ["What was sold differs from the plan by ", { column: "gap_share", unknown: "an unknown share" }, "."],
    empty: "No promotion of these had planned units.",
    source: "v_promotion_result",
  });
}

/** Where the money of these promotions stands. */
async function spendSection(reader: Reader, events: readonly EndedEvent[]): Promise<Section> {
  const states = await spendStates(reader.store, events);
  return section({
    id: "spend_states",
    title: "Spend by state",
    columns: [
      ...NAMED,
      money("planned", "Planned"),
      money("committed", "Committed"),
      money("accrued", "Accrued"),
      money("settled", "Settled"),
    ],
    rows: events.map(({ promotion_id, promotion, name, account, currency }) => {
      const held: Readonly<Record<string, number>> = states.get(promotion_id) ?? {};
      const { planned = 0, committed = 0, accrued = 0, settled = 0 } = held;
      return { promotion, name, account, currency, planned, committed, accrued, settled };
    }),
    empty: "No money was booked.",
    source: "promotion_spend",
  });
}

/** What was seen in the stores. */
async function executionSection({ actor, store }: Reader, events: readonly EndedEvent[]): Promise<Section> {
  const found = await proofs(actor, store, events);
  const seen = (share: Share | null) => share?.share ?? null;
  return section({
    id: "execution",
    title: "Seen in stores",
    columns: [
      ...NAMED,
      { key: "stores", label: "Stores checked", unit: "count", adds: true },
      { key: "display", label: "Display stood in", unit: "%" },
      { key: "feature", label: "Feature ran in", unit: "%" },
      { key: "on_shelf", label: "On shelf in", unit: "%" },
    ],
    rows: events.flatMap(({ promotion_id, promotion, name, account }) => {
      const proof = found.get(promotion_id);
      if (!proof) return [];
      const { display, feature, on_shelf, stores } = proof;
      return [
        { promotion, name, account, stores, display: seen(display), feature: seen(feature), on_shelf: seen(on_shelf) },
      ];
    }),
    empty: "No store was visited during these promotions.",
    source: "visits and shelf checks",
    notes: ["Shares are of the stores in which somebody looked."],
  });
}

/** Why one promotion went as it went: units that each cause took or gave, and what stays unexplained. */
async function causeSection(context: ToolContext, promotion: string): Promise<Section> {
  const told = await explainPromotion(context, await scopeOf(context, {}), await namedSubject(context, promotion));
  const rows = [
    ...told.causes.map(({ cause, units: size }) => ({ cause: causeTitle(cause, size), units: size })),
    ...("smaller_causes" in told ? [{ cause: "smaller causes together", units: told.smaller_causes }] : []),
    ...(told.unexplained === null ? [] : [{ cause: "unexplained", units: told.unexplained.units }]),
  ].map((row) => ({ ...row, expected: told.expected_units }));
  return section({
    id: "causes",
    title: "Causes",
    columns: [
      text("cause", "Cause"),
      units("units", "Units taken or given"),
      { key: "expected", label: "Units expected", unit: "units", detail: true },
      { key: "share", label: "Of what was expected", unit: "%", from: over("units", "expected") },
    ],
    rows,
    empty: "The model does not know these weeks, so no causes can be told.",
    source: "explain_result",
    chart: { kind: "bar", title: "What took or gave units", label: "cause", values: ["units"] },
    notes: told.assumptions,
  });
}

/** What belongs to a post-event analysis beside the results. */
export async function afterEventSections(
  context: ToolContext,
  scope: ReportScope,
  by: "start" | "end",
): Promise<Section[]> {
  const events = await endedEvents(context.actor, context.store, scope, by);
  return [
    planSection(events),
    await executionSection(context, events),
    await spendSection(context, events),
    ...(scope.promotion && events.length ? [await causeSection(context, scope.promotion)] : []),
  ];
}
