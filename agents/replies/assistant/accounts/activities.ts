import type { Composer } from "../../say.ts";
import { quote } from "./quote.ts";

interface Found {
  readonly account: string | null;
  readonly kind: string | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly next_steps: boolean;
  readonly found: number;
  readonly shown: number;
  readonly activities: readonly {
    readonly account: string;
    readonly kind: string;
    readonly date: string;
    readonly by: string | null;
    readonly next_step: string | null;
  }[];
}

export const composeFindActivities: Composer = (say) => {
  const r = say.call.result as unknown as Found;
  const one = r.found === 1;
  const what = `${noun(r.kind, one)}${r.next_steps ? " with a next step" : ""}`;
  const where = r.account ? ` with ${r.account}` : " with the accounts that you see";
  const when = r.period ? `, ${say.period(r.period)}` : "";
  const last = r.activities[0];
  if (!last) {
    say.p(`No ${noun(r.kind, true)}${r.next_steps ? " with a next step" : ""} is logged${where}${when}.`);
    return;
  }
  const more = r.shown < r.found ? `; the latest ${say.fig("/shown", "count")} are below` : "";
  say.p(
    `The last one was on ${say.date(last.date)}: ${last.kind} with ${last.account}. ${one ? "It is the only one" : `There are ${say.fig("/found", "count")} ${what}`}${where}${when}${more}.`,
  );
  say.list(
    r.activities.map((a, i) => {
      const step = a.next_step === null ? "" : ` Next step: ${quote(say, `/activities/${i}/next_step_quote`)}`;
      const who = [r.account ? null : a.account, a.kind, a.by].filter(Boolean).join(", ");
      return `${say.date(a.date)}, ${who}: ${quote(say, `/activities/${i}/quote`)}${step}`;
    }),
  );
};

/** "meeting", "calls", "visits": what the log calls a kind of note. */
const noun = (kind: string | null, one: boolean): string => {
  if (kind === null || kind === "note") return one ? "note" : "notes";
  return one ? kind : `${kind}s`;
};

interface Logged {
  readonly account: string;
  readonly kind: string;
  readonly date: string;
  readonly next_step: string | null;
  readonly assumptions: readonly string[];
  readonly checks: readonly { readonly verdict: string; readonly message: string }[];
}

export const composeLogActivity: Composer = (say) => {
  const r = say.call.result as unknown as Logged;
  const step = r.next_step === null ? "No next step is noted." : `Next step: ${quote(say, "/next_step_quote")}.`;
  say.p(`I would log this for ${r.account}: ${r.kind} on ${say.date(r.date)}, ${quote(say, "/quote")}. ${step}`);
  const warnings = r.checks.filter((c) => c.verdict !== "pass").map((c) => c.message);
  if (warnings.length) say.list(warnings);
  if (r.assumptions.length) say.p(`Taken without asking: ${r.assumptions.join("; ")}.`);
  say.p("Nothing is written yet. Say yes to log it, no to discard it, or tell me what to change.");
};
