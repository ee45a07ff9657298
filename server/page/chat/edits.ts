import type { Pending } from "../../../agents/answer.ts";
import type { TextKey } from "../words/text.ts";

/** A field of a draft that a person may change while approving it. */
export interface Field {
  readonly key: string;
  readonly label: TextKey;
  readonly type: "date" | "percent" | "money" | "text" | "yesNo" | "payment";
}

const PROMOTION: readonly Field[] = [
  { key: "start", label: "label.start", type: "date" },
  { key: "end", label: "label.end", type: "date" },
  { key: "discount", label: "scenarios.discount", type: "percent" },
  { key: "feature", label: "label.feature", type: "yesNo" },
  { key: "display", label: "label.display", type: "yesNo" },
  { key: "payment", label: "label.payment", type: "payment" },
  { key: "fixed_spend", label: "label.fixed_spend", type: "money" },
  { key: "note", label: "label.note", type: "text" },
];
const REASON: readonly Field[] = [{ key: "reason", label: "label.reason", type: "text" }];

/** By the kind of what waits; what is not here is approved as it stands, or rejected. */
const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  create_promotion: PROMOTION,
  copy_promotion: PROMOTION,
  update_promotion: PROMOTION,
  cancel_promotion: REASON,
  decide_promotion: REASON,
  move_funds: [
    { key: "amount", label: "label.amount", type: "money" },
    { key: "note", label: "label.note", type: "text" },
  ],
  set_fund: [{ key: "amount", label: "label.amount", type: "money" }],
  settle_claim: [
    { key: "amount", label: "label.amount", type: "money" },
    { key: "reason", label: "label.reason", type: "text" },
  ],
  log_activity: [
    { key: "date", label: "label.date", type: "date" },
    { key: "text", label: "label.text", type: "text" },
    { key: "next_step", label: "label.next_step", type: "text" },
  ],
};

/** The depth of an offer that is no price cut by a percentage is changed by saying so. */
export const fieldsOf = ({ kind, change }: Pick<Pending, "kind" | "change">): readonly Field[] =>
  (FIELDS[kind] ?? []).filter(
    ({ key }) =>
      (key !== "discount" || typeof change.discount === "number") && (key !== "amount" || change.amount !== null),
  );

/** What a field shows of the change, as it is typed. */
export function shownIn({ key, type }: Field, change: Pending["change"]): string {
  const value = change[key];
  if (value === null || value === undefined) return "";
  if (type === "percent") return String(Number((Number(value) * 100).toFixed(2)));
  if (type === "yesNo") return value ? "yes" : "no";
  return String(value);
}

/** What was typed, as the change has it; undefined where nothing usable stands there. */
export function meantBy({ type }: Field, typed: string): unknown {
  const text = typed.trim();
  if (type === "yesNo") return text === "yes";
  if (text === "") return undefined;
  if (type === "percent") return Number(text) / 100;
  return type === "money" ? Number(text) : text;
}

/** Only what differs from the change as it was proposed. */
export function editOf(item: Pending, typed: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(item).flatMap((field) => {
      const now = typed.get(field.key) ?? "";
      const meant = meantBy(field, now);
      return now === shownIn(field, item.change) || meant === undefined ? [] : [[field.key, meant]];
    }),
  );
}
