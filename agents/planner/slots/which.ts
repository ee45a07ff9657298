import { promotionMeant, type RefWish } from "../promotionRef.ts";
import type { Args, LexiconPromotion } from "../types.ts";
import { inWords } from "../when.ts";
import { ask, type Build, type Built } from "./build.ts";

/** States from which a promotion can still be changed or cancelled. */
export const OPEN = ["draft", "submitted", "approved"];

/** "cancel all drafts at Delphi", "submit all my drafts": each that is meant and in a state for it. */
export function everyOne(b: Build, statuses: readonly string[], rest: Args): Built | null {
  if (!/\b(?:all|every|both|each)\b/i.test(b.reading.text) || b.reading.codes.length > 0) return null;
  if (!b.reading.concepts.some((c) => c.concepts.includes("promotion") || c.concepts.includes("draftword")))
    return null;
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses });
  const named = statuses.filter((status) => b.features.has(`st_${status}`));
  const wanted = named.length ? named : statuses;
  const found = meant.kind === "several" ? meant.promotions.filter((p) => wanted.includes(p.status)) : [];
  if (found.length < 2 || found.length > MOST_AT_ONCE) return null;
  return { args: found.map((p) => ({ promotion: p.code, ...rest })), notes: [] };
}

/** More than this nobody can look through before a yes. */
const MOST_AT_ONCE = 12;

/** The one promotion that is meant, or the question which of those that are in a state for it. @param verb what is to be done, as the question says it */
export function which(b: Build, wish: RefWish, verb: string, args: Args): { code: string } | { asked: Built } {
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, wish);
  if (meant.kind === "one") return { code: meant.code };
  // Those of another state would only be refused.
  const fit = meant.kind === "several" ? meant.promotions.filter((p) => wish.statuses.includes(p.status)) : [];
  const some = fit.length
    ? fit
    : b.lexicon.promotions.filter(
        (p) =>
          wish.statuses.includes(p.status) &&
          (!b.accounts.names.length || wish.notAccounts || b.accounts.names.includes(p.account)),
      );
  const none = meant.kind === "several" && fit.length === 0;
  return { asked: askPromotion(some, verb, args, none ? `None of those can be ${PAST[verb]} now. ` : "") };
}

const PAST: Readonly<Record<string, string>> = {
  change: "changed",
  copy: "copied",
  cancel: "cancelled",
  submit: "submitted",
  approve: "approved",
  reject: "rejected",
  close: "closed",
  "comment on": "commented on",
  "attach it to": "given proofs",
  "override it for": "let pass a check",
  "look up": "looked up",
};

export function askPromotion(some: readonly LexiconPromotion[], verb: string, args: Args, before = ""): Built {
  const shown = [...some].sort((a, b) => (a.start < b.start ? 1 : -1)).slice(0, 6);
  const names = shown.map((p) => `${p.code} (${p.name}, ${inWords(p.start, p.end)})`);
  return ask(
    "promotion",
    `${before}Which promotion shall I ${verb}?${names.length ? ` ${names.join("; ")}.` : ""}`,
    args,
    shown.map((p) => p.code),
  );
}
