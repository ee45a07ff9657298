import { atPointer, type Composer } from "../../say.ts";
import { quote } from "../accounts/quote.ts";

interface Entry {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly entity: string;
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly changed: readonly string[];
}

const DONE: Readonly<Record<string, string>> = {
  create: "made",
  update: "changed",
  submit: "submitted",
  approve: "approved",
  first_approve: "approved, as the first of two",
  reject: "rejected",
  cancel: "cancelled",
  start: "started",
  finish: "ended",
  close: "closed",
  request_close: "asked to close",
  comment: "commented on",
  attach: "attached a proof to",
  override: "overrode a check of",
  pay: "paid",
  part_pay: "partly paid",
  dispute: "disputed",
  move: "moved money by",
  request: "asked for",
  propose: "proposed",
};
/** What a number alone does not say. */
const KIND: Readonly<Record<string, string>> = {
  fund_transfer: "a transfer",
  activity: "a note",
  policy: "a policy",
  preference: "a preference",
};

export const composeAuditTrail: Composer = (say) => {
  const r = say.call.result as unknown as {
    readonly promotion: string | null;
    readonly name: string | null;
    readonly claim: string | null;
    readonly fund: string | null;
    readonly account: string | null;
    readonly person: string | null;
    readonly period: { readonly from: string; readonly to: string } | null;
    readonly n: number;
    readonly shown: number;
    readonly whole: boolean;
    readonly entries: readonly Entry[];
  };
  const about = r.promotion
    ? `${r.promotion}, ${r.name}`
    : (r.claim ?? r.fund ?? r.account ?? r.person ?? "everything that you may see");
  const when = r.period ? `, ${say.period(r.period)}` : "";
  const who = r.person && about !== r.person ? ` by ${r.person}` : "";
  if (!r.n) say.p(`The audit log holds nothing of ${about}${who}${when}.`);
  else {
    const more = r.n > r.shown ? `, the last ${say.fig("/shown", "count")} of ${say.fig("/n", "count")}` : "";
    say.p(`The audit log of ${about}${who}${when}${more}:`);
    say.list(
      r.entries.map((e, i) => {
        const what = KIND[e.entity] ?? e.what;
        const did = e.action.startsWith("undo ")
          ? `took back "${e.action.slice(5).replaceAll("_", " ")}" of`
          : (DONE[e.action] ?? e.action.replaceAll("_", " "));
        const how = e.changed.length
          ? ` (${e.changed.join(", ")})`
          : e.from && e.to && e.from !== e.to
            ? ` (${e.from} → ${e.to})`
            : "";
        const why =
          atPointer(say.call.result, `/entries/${i}/reason_quote`) === null
            ? ""
            : `: ${quote(say, `/entries/${i}/reason_quote`)}`;
        return `${say.date(e.at)}: ${e.by} ${did} ${what}${how}${why}`;
      }),
    );
  }
  say.p(
    r.whole
      ? "The chain of the log is whole."
      : "**The chain of the log is broken: somebody changed it. Run kam audit verify.**",
  );
};
