import type { Unit } from "../../../../data/common/format.ts";
import type { Composer, Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";

interface Recalled {
  readonly turns: number;
  readonly forgotten: number;
  readonly since: string | null;
  readonly what: "all" | "questions" | "drafts";
  readonly account: string | null;
  readonly product: unknown;
  readonly on: string | null;
  readonly from: "start" | "end";
  readonly found: number;
  readonly shown: number;
  readonly accounts: readonly string[];
  readonly products: readonly string[];
  readonly promotions: readonly { readonly promotion: string; readonly name: string; readonly status: string }[];
  readonly decided: readonly {
    readonly kind: string;
    readonly promotion: string | null;
    readonly name: string | null;
    readonly account: string | null;
    readonly outcome: "done" | "discarded";
  }[];
  readonly entries: readonly {
    readonly on: string | null;
    readonly said_quote: unknown;
    readonly text: string | null;
    readonly text_facts: readonly { readonly unit: Unit }[];
  }[];
}

const MOST_NAMES = 8;

export const composeRecallConversation: Composer = (say) => {
  const r = say.call.result as unknown as Recalled;
  if (r.turns === 0) {
    say.p("This is the beginning of our conversation: nothing was said or done in it yet.");
    return;
  }
  const about = aboutWords(r);
  if (r.found === 0) {
    const nothing = r.what === "drafts" ? "Nothing was drafted or decided" : "Nothing was said";
    say.p(`${nothing} in this conversation${about}${r.on ? ` on ${say.date(r.on)}` : ""}.`);
    return;
  }
  say.p(headOf(say, r, about));
  if (r.decided.length) {
    say.p("Decided:");
    say.list(r.decided.map((item) => decidedWords(item, r)));
  }
  say.p(r.shown < r.found ? `The ${r.from === "start" ? "first" : "latest"} of it:` : "Turn by turn:");
  say.list(r.entries.map((_, i) => entryWords(say, r, i)));
};

const aboutWords = (r: Recalled): string => {
  const goods = typeof r.product === "object" && r.product !== null ? Object.values(r.product)[0] : r.product;
  const names = [r.account, goods].filter((name) => typeof name === "string" || typeof name === "number");
  return names.length ? ` about ${names.join(" and ")}` : "";
};

function headOf(say: Say, r: Recalled, about: string): string {
  const one = r.found === 1;
  const turns = `${say.fig("/found", "count")} ${one ? "turn" : "turns"}`;
  const since = r.on ? ` on ${say.date(r.on)}` : r.since ? ` since ${say.date(r.since)}` : "";
  const kind = r.what === "drafts" ? " with drafts or decisions" : r.what === "questions" ? " with questions" : "";
  const of = [
    names(r.accounts),
    names(r.products),
    names(r.promotions.map((p) => `${p.promotion}, ${p.name} (now ${p.status})`)),
  ].filter(Boolean);
  const spoken = of.length ? ` We spoke of ${of.join("; of ")}.` : "";
  const lost = r.forgotten
    ? ` ${say.fig("/forgotten", "count")} earlier turns without drafts are remembered no more.`
    : "";
  return `In this conversation there ${one ? "was" : "were"} ${turns}${kind}${about}${since}.${spoken}${lost}`;
}

const names = (list: readonly string[]): string =>
  list.length > MOST_NAMES ? `${list.slice(0, MOST_NAMES).join(", ")} and others` : list.join(", ");

function decidedWords({ kind, promotion, name, account, outcome }: Recalled["decided"][number], r: Recalled): string {
  const now = r.promotions.find((p) => p.promotion === promotion)?.status;
  const what = [promotion, name ?? account].filter(Boolean).join(", ");
  const done = outcome === "discarded" ? "discarded, nothing was written" : `done${now ? `, now ${now}` : ""}`;
  return `${kind.replaceAll("_", " ")}${what ? `: ${what}` : ""} – ${done}`;
}

/** A turn: what was said, and how the answer began, its figures bound as they were then. */
function entryWords(say: Say, r: Recalled, i: number): string {
  const { on, said_quote, text: told, text_facts } = r.entries[i]!;
  text_facts.forEach((fact, k) => {
    say.fig(`/entries/${i}/text_facts/${k}/value`, fact.unit);
  });
  const said = said_quote === null ? "Your decision" : quote(say, `/entries/${i}/said_quote`);
  return `${on ? `${say.date(on)}: ` : ""}${said}${told ? ` – ${told}` : ""}`;
}
