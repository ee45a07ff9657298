import type { LetterJson } from "../../../../tools/assistant/accounts/letterJson.ts";
import type { QuotePart } from "../../../../tools/assistant/accounts/quotes.ts";
import type { Composer, Say } from "../../say.ts";
import { quote } from "./quote.ts";
import { CLAIM_STATES, DECISIONS } from "./words.ts";

/** The letter at `path` of the result as a quotation, its numbers bound. */
export function letterBlock(say: Say, path: string, letter: LetterJson): void {
  const lines = letter.lines.map(({ line_quote }, i) =>
    isEmpty(line_quote) ? ">" : `> ${quote(say, `${path}/lines/${i}/line_quote`).slice(1, -1)}`,
  );
  // A line of its own where the letter has one, and not run together as markdown would.
  say.p(lines.map((line, i) => (line !== ">" && lines[i + 1] && lines[i + 1] !== ">" ? `${line}  ` : line)).join("\n"));
}

const isEmpty = (parts: readonly QuotePart[]): boolean => parts.every((part) => "words" in part && !part.words.trim());

interface Drafted {
  readonly claim: string;
  readonly account: string;
  readonly status: string;
  readonly decision: string;
  readonly kept: { readonly on: string; readonly by: string; readonly status: string } | null;
  readonly grounds: readonly { readonly side: "against" | "for" }[];
  readonly letter: LetterJson;
}

/** The letter of a claim, and what it rests on. */
export const composeClaimLetter: Composer = (say) => {
  const r = say.call.result as unknown as Drafted;
  const to = r.letter.to
    ? `to ${r.letter.to}, ${r.letter.to_title}`
    : `to ${r.account}, which has no contact on record`;
  const state = r.kept
    ? `as ${r.kept.by} approved it on ${say.date(r.kept.on)}${r.kept.status === "requested" ? " with the request to finance" : ""}`
    : `a draft to ${DECISIONS[r.decision] ?? r.decision} it`;
  say.p(`The letter for ${r.claim} (${CLAIM_STATES[r.status] ?? r.status}) ${to}, ${state}:`);
  letterBlock(say, "/letter", r.letter);
  const grounds = r.grounds.map(
    (one, i) => `${one.side === "against" ? "against" : "for"} it: ${say.check(`/grounds/${i}`)}`,
  );
  say.p(
    grounds.length
      ? `What the store shows. ${grounds.join("; ").replace(/^./, (c) => c.toUpperCase())}.`
      : "The store shows nothing for or against it.",
  );
  if (!r.kept)
    say.p(
      `Nothing is sent or stored. Say “${DECISIONS[r.decision] ?? "dispute"} ${r.claim}” to have it go with the decision; it can be changed before you approve.`,
    );
};
