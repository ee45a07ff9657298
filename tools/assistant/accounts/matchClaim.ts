import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { type AssessedClaim, assessedClaims, resolveClaim } from "../../../data/claims/claims.service.ts";
import {
  checkMatch,
  type Match,
  matchClaim as match,
  mayMatch,
  proposeMatches,
} from "../../../data/claims/matching.service.ts";
import { LEAST_SCORE, type MatchProposal } from "../../../data/claims/matching.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { formatFigure } from "../../../data/common/format.ts";
import { toMajor } from "../../../data/common/money.ts";
import { type FoundPromotion, resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, minorOf, money, optional, promotionRef } from "../../args.ts";
import { type Check, type Proposal, type ToolContext, writeTool } from "../../define.ts";
import { claimJson } from "./claimJson.ts";

const change = z.object({
  claim_id: z.number().int(),
  parts: z.array(z.object({ promotion_id: z.number().int(), amount_minor: z.number().int() })),
});

export const matchClaim = writeTool({
  name: "match_claim",
  role: "assistant",
  description:
    "Matches a claim or deduction to the promotions that it is for, with the amount for each. Without promotions it proposes the likeliest by amount, dates, products, reference and proof, with reasons and alternatives; with an account instead of a claim, for each of its unmatched claims. Waits for approval.",
  examples: [
    { say: "Match claim CL-12 to P-1042", args: { claim: "CL-12", promotions: [{ promotion: "P-1042" }] } },
    { say: "Match the open claims at Bramley", args: { account: "Bramley" } },
  ],
  schema: z.strictObject({
    claim: optional(z.union([z.string().min(1), z.number().int()])),
    account: optional(accountRef).describe("instead of a claim: all unmatched claims of the account"),
    promotions: optional(z.array(z.strictObject({ promotion: promotionRef, amount: optional(money) })).min(1)).describe(
      "what the claim is for; a single promotion without an amount takes the whole claim",
    ),
  }),
  access: "WRITE",
  async propose(context, args) {
    const { actor, store } = context;
    if (actor.role === "reader") throw new KamError("no_right", `${actor.name} only reads and cannot match claims.`);
    if (args.claim !== undefined) {
      const claim = await resolveClaim(actor, store, args.claim);
      mayMatch(actor, claim);
      if (args.promotions) return told([await named(context, claim, args.promotions)], null, []);
      const found = await likeliest(context, claim);
      if (!found.proposal) throw undecided(claim, found.offered);
      return told([found], null, []);
    }
    if (args.account === undefined) throw missingSlot("claim", "Which claim do you mean?");
    const account = await resolveAccount(actor, store, args.account);
    const own = (await visibleAccounts(actor, store)).filter((a) => a.id === account.id);
    const waiting = (await assessedClaims(store, own)).filter((c) => c.status === "open" || c.status === "disputed");
    const open = waiting.filter((c) => c.unmatched > 0);
    if (!open.length)
      throw new KamError(
        "no_data",
        waiting.length
          ? `Every claim that is open at ${account.name} is matched to its promotion already: ${waiting.map((c) => `${c.code} to ${c.allocations.map((a) => a.code).join(" and ")}`).join("; ")}.`
          : `No claim is open at ${account.name}.`,
      );
    const items: Item[] = [];
    for (const claim of open) items.push(await likeliest(context, claim));
    const found = items.filter((item) => item.proposal);
    if (!found.length) throw undecided(open[0]!, items[0]!.offered);
    return told(
      found,
      account.name,
      items.filter((item) => !item.proposal),
    );
  },
  async commit({ actor, store }, given, edit) {
    const order = change.parse({ ...given, ...edit, claim_id: given.claim_id });
    await match(actor, store, order.claim_id, order.parts);
    const claim = await resolveClaim(actor, store, order.claim_id);
    const { promotion, promotion_name, ...rest } = claimJson(claim);
    return { ...rest, matched_to: { promotion, name: promotion_name }, status: "matched" };
  },
});

/** A claim with what it would be matched to, and what else it may be for. */
interface Item {
  readonly claim: AssessedClaim;
  readonly proposal: Proposal | null;
  readonly parts: readonly { readonly promotion: string; readonly name: string; readonly amount: number }[];
  readonly score: number | null;
  readonly reasons: MatchProposal["reasons"];
  readonly offered: readonly MatchProposal[];
}

/** Nothing is put forward that the facts do not speak for. */
async function likeliest({ actor, store }: ToolContext, claim: AssessedClaim): Promise<Item> {
  const offered = await proposeMatches(actor, store, claim);
  const [best] = offered;
  if (!best || best.score < LEAST_SCORE) return { claim, proposal: null, parts: [], score: null, reasons: [], offered };
  const parts = best.parts.map(({ candidate, amount }) => ({ ...candidate, amount_minor: amount }));
  return itemOf(claim, parts, best, offered.slice(1));
}

/** What the person named; the amounts that she left out share what is left of the claim. */
async function named(
  { actor, store }: ToolContext,
  claim: AssessedClaim,
  promotions: readonly { promotion: string | number; amount?: z.output<typeof money> | undefined }[],
): Promise<Item> {
  const found: { row: FoundPromotion; amount: number | null }[] = [];
  for (const { promotion, amount } of promotions)
    found.push({
      row: await resolvePromotion(actor, store, promotion, ["ended", "closed", "running"]),
      amount: amount === undefined ? null : minorOf(amount, claim.currency),
    });
  const left = claim.amount_minor - found.reduce((sum, one) => sum + (one.amount ?? 0), 0);
  const open = found.filter((one) => one.amount === null).length;
  let rest = left;
  const parts = found.map(({ row, amount }) => {
    const own = amount ?? Math.floor(left / open);
    rest -= amount === null ? own : 0;
    return { promotion_id: row.promotion_id, code: row.promotion, name: row.name, amount_minor: own };
  });
  const at = found.findIndex((one) => one.amount === null);
  if (at >= 0) parts[at]!.amount_minor += rest;
  await checkMatch(actor, store, claim, parts);
  const offered = await proposeMatches(actor, store, claim);
  const same = offered.find(
    (one) =>
      one.parts.length === 1 && parts.length === 1 && one.parts[0]!.candidate.promotion_id === parts[0]!.promotion_id,
  );
  return itemOf(
    claim,
    parts,
    same ?? null,
    offered.filter((one) => one !== same),
  );
}

type Part = Match & { readonly code: string; readonly name: string };

function itemOf(
  claim: AssessedClaim,
  parts: readonly Part[],
  fit: MatchProposal | null,
  offered: readonly MatchProposal[],
): Item {
  const told = parts.map((part) => ({ promotion: part.code, name: part.name, amount: toMajor(part.amount_minor) }));
  const sum = parts.reduce((total, part) => total + part.amount_minor, 0);
  const left = toMajor(claim.amount_minor - sum);
  const checks: Check[] = [
    left > 0
      ? {
          rule: "unmatched",
          verdict: "warn",
          message: `${formatFigure(left, claim.currency)} of the claim would be for no promotion.`,
          facts: { left },
        }
      : { rule: "amount", verdict: "pass", message: "The parts make up the whole claim." },
  ];
  return {
    claim,
    proposal: {
      kind: "match_claim",
      change: {
        claim_id: claim.id,
        ...{ claim: claim.code, account: claim.account, currency: claim.currency },
        parts: parts.map(({ promotion_id, amount_minor }) => ({ promotion_id, amount_minor })),
        promotions: told,
      },
      checks,
    },
    parts: told,
    score: fit?.score ?? null,
    reasons: fit?.reasons ?? [],
    offered,
  };
}

const told = (items: readonly Item[], account: string | null, without: readonly Item[]) => ({
  proposals: items.flatMap((item) => item.proposal ?? []),
  result: {
    account,
    currency: items[0]!.claim.currency,
    least_score: LEAST_SCORE,
    matches: items.map((item) => ({
      ...claimJson(item.claim),
      for: item.parts,
      score: item.score,
      reasons: item.reasons,
      alternatives: item.offered.slice(0, 3).map(offerJson),
      checks: item.proposal!.checks,
    })),
    without: without.map(({ claim, offered }) => ({
      claim: claim.code,
      amount: toMajor(claim.amount_minor),
      currency: claim.currency,
      alternatives: offered.slice(0, 2).map(offerJson),
    })),
  },
});

const offerJson = ({ parts, score, reasons }: MatchProposal) => ({
  promotions: parts.map(({ candidate, amount }) => ({
    promotion: candidate.code,
    name: candidate.name,
    amount: toMajor(amount),
  })),
  score,
  reasons: reasons.map(({ rule }) => rule),
});

/** Asked where nothing speaks clearly for one promotion. */
function undecided(claim: AssessedClaim, offered: readonly MatchProposal[]): KamError {
  const near = offered
    .slice(0, 3)
    .map(({ parts }) => parts.map(({ candidate }) => `${candidate.code}, ${candidate.name}`).join(" with "));
  const question = near.length
    ? `Nothing in the store speaks clearly for one promotion behind ${claim.code}. Nearest: ${near.join("; ")}. Which one is it for?`
    : `No promotion of ${claim.account} ran before ${claim.code} came, so there is nothing to match it to. Which promotion is it for?`;
  return missingSlot("promotions", question, {
    claim: claim.code,
    alternatives: offered.slice(0, 3).flatMap(({ parts }) => parts.map(({ candidate }) => candidate.code)),
  });
}
