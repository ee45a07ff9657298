import { listed } from "../../../../data/common/words.ts";
import type { Composer } from "../../say.ts";
import { KINDS, ledgerName } from "./words.ts";

interface Entry {
  readonly date: string;
  readonly kind: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly currency: string;
  readonly week: string | null;
  readonly claim: string | null;
  readonly promotion: string | null;
  readonly booked_by: string;
}

interface Entries {
  readonly promotion: string | null;
  readonly name: string | null;
  readonly claim: string | null;
  readonly fund: string | null;
  readonly account: string | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly currency: string | null;
  readonly n: number;
  readonly shown: number;
  readonly balanced: boolean;
  readonly holds: readonly { readonly state: string }[];
  readonly entries: readonly Entry[];
}

export const composeLedgerEntries: Composer = (say) => {
  const r = say.call.result as unknown as Entries;
  const when = r.period ? ` ${say.period(r.period)}` : "";
  if (!r.n || !r.currency) {
    say.p(`Nothing was booked for ${subject(r)}${when ? ` in${when}` : ""}.`);
    return;
  }
  const currency = r.currency;
  const amounts = r.holds.map((_, i) => say.fig(`/holds/${i}/amount`, currency));
  const holds = listed(r.holds.map((h, i) => (r.period ? `${h.state} ${amounts[i]}` : `${amounts[i]} is ${h.state}`)));
  const now = r.period ? ` On balance: ${holds || "nothing"}.` : ` By now ${holds || "nothing of it is held"}.`;
  say.p(
    `The money of ${subject(r)} moved in ${say.fig("/n", "count")} ${r.n === 1 ? "journal" : "journals"}${when ? ` (${when.trim()})` : ""}; together they ${r.balanced ? "sum to zero, as they must" : "do not sum to zero, which is a fault"}.${now}`,
  );
  if (r.shown < r.n) say.p(`These are the last ${say.fig("/shown", "count")}.`);
  say.table(
    ["Date", "What", "From", "To", "Amount", "By"],
    r.entries.map((e, i) => [
      say.date(e.date),
      what(say.date, e, r),
      e.from.map(ledgerName).join(", "),
      e.to.map(ledgerName).join(", "),
      say.fig(`/entries/${i}/amount`, e.currency),
      e.booked_by,
    ]),
  );
};

function subject(r: Entries): string {
  if (r.promotion) return `${r.promotion}, ${r.name}`;
  if (r.claim) return `${r.claim} of ${r.account}`;
  if (r.fund) return `${r.account}, ${r.fund}`;
  return r.account ?? "your accounts";
}

function what(date: (iso: string) => string, e: Entry, r: Entries): string {
  const kind = KINDS[e.kind] ?? e.kind;
  const of = [
    r.promotion ? null : e.promotion,
    r.claim ? null : e.claim,
    e.week ? `week of ${date(e.week)}` : null,
  ].filter((part) => part !== null);
  return of.length ? `${kind}, ${of.join(", ")}` : kind;
}
