import type { ClaimJson } from "../../../../tools/assistant/accounts/claimJson.ts";
import type { Composer, Say } from "../../say.ts";

const REASONS: Readonly<Record<string, string>> = {
  reference: "its reference names it",
  products: "it names its brand or product",
  support: "it speaks of a support that was paid there",
  amount: "the amount is what is booked",
  near_amount: "the amount is near what is booked",
  below_booked: "it asks for less than is booked",
  above_booked: "it asks for more than is booked",
  dates: "it came within a month of the end",
  late: "it came more than a month after the end",
  before_end: "it came before the end",
  off_invoice: "that promotion is paid off-invoice",
  claimed_before: "another claim is for it already",
  free: "no other claim is for it",
  proof: "its support was seen in the stores",
  no_proof: "its support was hardly seen in the stores",
};

interface Offer {
  readonly promotions: readonly { readonly promotion: string; readonly name: string }[];
  readonly score: number;
  readonly reasons: readonly string[];
}
interface Matched extends ClaimJson {
  readonly for: readonly { readonly promotion: string; readonly name: string }[];
  readonly score: number | null;
  readonly reasons: readonly { readonly rule: string; readonly points: number }[];
  readonly alternatives: readonly Offer[];
  readonly checks: readonly { readonly verdict: string }[];
}
interface Result {
  readonly account: string | null;
  readonly matches: readonly Matched[];
  readonly without: readonly {
    readonly claim: string;
    readonly currency: string;
    readonly alternatives: readonly Offer[];
  }[];
}

/** What each claim would be matched to, why, and what else it may be for. */
export const composeMatchClaim: Composer = (say) => {
  const r = say.call.result as unknown as Result;
  r.matches.forEach((match, i) => {
    oneMatch(say, match, `/matches/${i}`);
  });
  r.without.forEach((claim, i) => {
    const near = claim.alternatives.map((offer, k) => offerWords(say, offer, `/without/${i}/alternatives/${k}`));
    say.p(
      `${claim.claim} (${say.fig(`/without/${i}/amount`, claim.currency)}): nothing speaks clearly for one promotion${near.length ? `; nearest ${near.join("; ")}` : ""}.`,
    );
  });
  say.p("Nothing is written yet. Say yes to match it, no to discard it, or name another promotion or amount.");
};

function oneMatch(say: Say, match: Matched, path: string): void {
  const parts = match.for.map(
    (part, k) => `${part.promotion}, ${part.name} (${say.fig(`${path}/for/${k}/amount`, match.currency)})`,
  );
  const score = match.score === null ? "" : ` Score ${say.fig(`${path}/score`, "ratio")} of at most one.`;
  say.p(
    `I would match **${match.claim}** (${match.account}, ${match.kind} of ${say.date(match.date)} for ${say.fig(`${path}/amount`, match.currency)}) to ${parts.join(" and ")}.${score}`,
  );
  const forIt = match.reasons.filter(({ points }) => points > 0).map(({ rule }) => REASONS[rule] ?? rule);
  const against = match.reasons.filter(({ points }) => points < 0).map(({ rule }) => REASONS[rule] ?? rule);
  if (forIt.length) say.p(`For it: ${forIt.join("; ")}.${against.length ? ` Against it: ${against.join("; ")}.` : ""}`);
  else if (against.length) say.p(`Against it: ${against.join("; ")}.`);
  const warned = match.checks.flatMap(({ verdict }, k) =>
    verdict === "pass" ? [] : [say.check(`${path}/checks/${k}`)],
  );
  if (warned.length) say.p(warned.join(" "));
  if (match.alternatives.length)
    say.p(
      `It may also be for: ${match.alternatives.map((offer, k) => offerWords(say, offer, `${path}/alternatives/${k}`)).join("; ")}.`,
    );
}

const offerWords = (say: Say, offer: Offer, path: string): string => {
  const names = offer.promotions.map(({ promotion, name }) => `${promotion}, ${name}`).join(" with ");
  const why = offer.reasons.slice(0, 3).map((rule) => REASONS[rule] ?? rule);
  return `${names} (score ${say.fig(`${path}/score`, "ratio")}: ${why.join(", ")})`;
};
