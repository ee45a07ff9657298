import type { Answer } from "../../../agents/answer.ts";
import { type TextKey, t } from "../words/text.ts";

const MOST = 3;
type Values = Readonly<Record<string, string>>;

/** What is often asked next, by the tool that answered; a suggestion needs every name in its text to stand in the answer. */
const NEXT: Readonly<Record<string, readonly TextKey[]>> = {
  compare_promotions: ["next.discountAt", "next.reviewTop", "next.worst"],
  discount_response: ["next.forecastLevel", "next.pastAt", "next.accuracy"],
  explain_result: ["next.openPromotion", "next.copyPromotion", "next.risksAt"],
  find_promotions: ["next.explainFirst", "next.openFirst", "next.calendar"],
  get_promotion: ["next.explain", "next.check", "next.copyPromotion"],
  account_review: ["next.growthAt", "next.risksAt", "next.planAt"],
  account_profile: ["next.reviewAt", "next.talksAt", "next.fundAt"],
  product_growth: ["next.reviewAt", "next.signals", "next.risks"],
  find_risks: ["next.claims", "next.budget", "next.signals"],
  market_signals: ["next.risks", "next.growth"],
  budget_status: ["next.claims", "next.openAll", "next.reportBudget"],
  find_claims: ["next.doubtful", "next.budget"],
  forecast_promotion: ["next.draftThis", "next.accuracy"],
  compare_scenarios: ["next.accuracy"],
  estimate_baseline: ["next.growthAt", "next.pastAt"],
  forecast_accuracy: ["next.compareRoi"],
  create_promotion: ["next.drafts", "next.budget"],
  submit_promotion: ["next.waitingApproval", "next.calendar"],
  decide_promotion: ["next.waitingApproval", "next.calendar"],
};

/** Sentences that may follow an answer. None while something waits or was asked back: that comes first. */
export function suggestionsFor(answer: Answer): string[] {
  if (answer.pending.length || answer.clarify) return [];
  const call = answer.calls.findLast((one) => one.status === "ok");
  if (!call) return [];
  const values = namesOf({ ...call.args, ...call.result });
  return (NEXT[call.tool] ?? [])
    .flatMap((key) => {
      const text = t(key, values);
      return /\{\w+\}/.test(text) ? [] : [text];
    })
    .slice(0, MOST);
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);

/** The names of an answer that a further question may be about. */
function namesOf(found: Readonly<Record<string, unknown>>): Values {
  const lists = [found.promotions, found.rows, found.groups].flatMap((list) => (Array.isArray(list) ? [list] : []));
  const first = (lists[0]?.[0] ?? {}) as Readonly<Record<string, unknown>>;
  const values: Record<string, string | undefined> = {
    account: text(found.account) ?? text(first.account),
    product: text(found.product) ?? text(found.brand),
    promotion: text(found.promotion),
    first: text(first.promotion),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
