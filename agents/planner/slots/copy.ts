import { allAccounts } from "../mentions.ts";
import { changedTerms } from "../offer.ts";
import type { Args } from "../types.ts";
import { frameOf, planDates } from "../when.ts";
import { type Build, type Built, done } from "./build.ts";
import { OPEN, which } from "./which.ts";

export function buildCopy(b: Build): Built {
  const targets = targetAccounts(b);
  const given = b.reading.dates.filter((d) => !describesPromotion(b, d));
  const when = planDates(given, frameOf(b.lexicon, "future", targets[0]), targets[0], false);
  const rest: Args = {
    ...(targets.length === 1 ? { account: targets[0] } : {}),
    ...(when.start ? { start: when.start } : {}),
    ...(when.end ? { end: when.end } : {}),
    ...newTerms(b),
  };
  const found = which(
    b,
    { statuses: ["ended", "closed", "running", ...OPEN], notAccounts: targets, newTerms: true, pastDates: true },
    "copy",
    rest,
  );
  if ("asked" in found) return found.asked;
  const source = b.lexicon.promotions.find((p) => p.code === found.code);
  if (when.length && source && !when.start) delete rest.end;
  const args = { promotion: found.code, ...rest };
  return targets.length > 1
    ? { args: targets.map((account) => ({ promotion: found.code, account, ...rest })), notes: when.notes }
    : done(args, when.notes);
}

/** "…, but with 15 %", "this time on display": what the copy shall have other than what is copied. */
function newTerms(b: Build): Args {
  const { reading } = b;
  const instead = reading.quantities.find((q) =>
    reading.tokens.slice(q.to, q.to + 2).some((t) => t.text === "instead"),
  )?.from;
  const at = instead ?? reading.concepts.find((c) => c.concepts.includes("otherwise"))?.from ?? -1;
  const named =
    reading.codes.length > 0 || reading.concepts.some((c) => c.concepts.includes("promotion") && c.to <= at);
  if (at < 0 || !named) return {};
  const after = <T extends { readonly from: number }>(spans: readonly T[]): T[] => spans.filter((s) => s.from >= at);
  return changedTerms({ ...reading, quantities: after(reading.quantities), concepts: after(reading.concepts) });
}

/** Where a copy goes: the accounts after "to", "for" or "at" once the promotion is named. */
function targetAccounts(b: Build): string[] {
  const { reading } = b;
  const spans = reading.names.filter((n) => n.kind === "account");
  const to = spans.filter((s) => {
    for (let i = s.from - 1; i >= Math.max(0, s.from - 3); i--) {
      const word = reading.tokens[i]!.text;
      if (["to", "into", "onto", "nach", "naar", "zu", "vers"].includes(word)) return true;
      if (["for", "fur", "pour", "voor"].includes(word))
        return (
          reading.codes.length > 0 ||
          spans.length > 1 ||
          reading.concepts.some((c) => c.concepts.includes("promotion") && c.to <= i + 1)
        );
      if (["at", "with", "from", "of", "in"].includes(word))
        return (reading.codes.length > 0 || b.features.has("pronoun")) && spans.length === 1;
    }
    return false;
  });
  // "to A and B"
  const last = to.at(-1);
  const more = last ? spans.filter((s) => s.from > last.to && s.from - last.to <= 2) : [];
  const names = [...to, ...more].map((s) => s.names[0]!);
  if (!names.length && b.features.has("thisaccount") && b.focus.account) return [b.focus.account];
  return names.length || !b.accounts.all ? [...new Set(names)] : allAccounts(reading, b.lexicon, b.accounts.excluded);
}

const describesPromotion = (b: Build, mention: Build["reading"]["dates"][number]): boolean => {
  const noun = b.reading.concepts.find(
    (c) => c.concepts.includes("promotion") && c.from >= mention.to && c.from - mention.to <= 2,
  );
  return (
    noun !== undefined ||
    ("span" in mention && ["month", "quarter", "season", "holiday", "year"].includes(mention.span.grain)) ||
    ("span" in mention && mention.span.tense === "past") ||
    ("span" in mention && mention.span.year !== null && mention.span.year < Number(b.lexicon.today.slice(0, 4)))
  );
};
