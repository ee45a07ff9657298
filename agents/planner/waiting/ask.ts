import { amended } from "../amend.ts";
import { asAsked } from "../committedPlan.ts";
import { type Features, featuresOf } from "../features.ts";
import { buildFor, decide } from "../fill.ts";
import type { Focus } from "../focus.ts";
import type { Reading } from "../reading.ts";
import { readSentence } from "../reading.ts";
import type { Args, CallsDecision, Decision, PendingItem, PlannerContext } from "../types.ts";
import { inPlace } from "./amend.ts";
import { waitingCall, waitingCalls } from "./calls.ts";
import { spokenItems } from "./pointers.ts";

const PLANS = ["create_promotion", "copy_promotion", "update_promotion"];

/** What a question about a draft asks of the rules, and what of the forecast; the first of each also where nothing points to the draft. */
const RULES = {
  plain: ["clashword", "enough"],
  pointing: ["fundword", "budget", "allowword", "maxdiscount", "noticeword"],
};
const OUTCOME = {
  plain: ["forecast", "whatif"],
  pointing: ["metricword", "spend", "sell", "roi", "uplift", "incprofit", "worth", "howmuch", "works"],
};
/** Questions that look elsewhere. */
const ELSEWHERE = ["promo", "claimcode", "howto", "past", "which", "who", "ofthem", "pastasked", "rank", "baseline"];

/** "Show me the draft again": what waits once more in full, checked as of now, in its own place. */
export function showWaiting(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  const { pending } = context;
  const pointed = spokenItems(reading, pending);
  const said = pointed ? readSentence(pointed.text, context.lexicon, context.channel) : reading;
  const wanted = pointed ? featuresOf(said, context.lexicon).has("showagain") : features.has("showagain");
  if (!pending.length || !wanted || features.has("promo") || features.has("claimcode")) return null;
  if (context.channel === "voice") return { kind: "readback" };
  const items = pointed?.items ?? namedItems(reading, pending) ?? pending;
  const calls = waitingCalls(focus.recent, items).toReversed();
  // What was said so long ago that the thread has forgotten it is told by its name.
  if (calls.flatMap((call) => call.items).length < items.length) return { kind: "readback" };
  const again = calls.flatMap((call) => inPlace(call, call.args) ?? []);
  return { kind: "calls", role: "assistant", calls: again.flatMap((c) => c.calls), notes: [] };
}

/** "Submit it" while it is no promotion yet. */
export const submitsUnsaved = (reading: Reading, features: Features, { pending }: PlannerContext): boolean =>
  features.has("head:submit") &&
  !["promo", "question", "acct", "promoplural"].some((f) => features.has(f)) &&
  reading.tokens.length < 9 &&
  pending.some((p) => p.kind === "create_promotion" || p.kind === "copy_promotion");

/** "Is that within budget?", "what does it bring?", "what if we did 25 %?": asked of the draft that waits, which goes on waiting. */
export function askOfWaiting(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): CallsDecision | null {
  const plans = context.pending.filter((p) => PLANS.includes(p.kind));
  const asked = features.has("question") || /\b(?:if|provided|as long as|unless)\b/i.test(reading.text);
  if (!plans.length || !asked || reading.tokens.length > 16) return null;
  if (ELSEWHERE.some((f) => features.has(f))) return null;
  const pointed = spokenItems(reading, plans);
  const said = pointed ? readSentence(pointed.text, context.lexicon, context.channel) : reading;
  const heard = pointed ? featuresOf(said, context.lexicon) : features;
  const b = buildFor("forecast_promotion", said, heard, context, focus);
  const items = pointed?.items ?? namedItems(reading, plans) ?? newest(focus, plans);
  const other = b.accounts.names.some((name) => !items.some((p) => p.change.account === name));
  const about = heard.has("pronoun") || heard.has("draftword") || heard.has("instead");
  const varies =
    ["whatif", "instead"].some((f) => heard.has(f)) ||
    (!heard.has("left") && (heard.has("fragment") || /^(?:and|what about|how about)\b/i.test(said.text)));
  if (!varies && (other || said.dates.length || (!about && said.names.length))) return null;
  const asks = ({ plain, pointing }: typeof RULES): boolean =>
    plain.some((f) => heard.has(f)) || ((about || pointed !== null) && pointing.some((f) => heard.has(f)));
  const rules = asks(RULES);
  const changed = items.map((item) => (varies ? amended(planOf(item), b) : null)?.args);
  if (!rules && !asks(OUTCOME) && !changed.some(Boolean)) return null;
  const tool = rules ? "check_promotion" : "forecast_promotion";
  const args = items.map((item, i) => changed[i] ?? (tool === "check_promotion" ? checkOf(item) : planOf(item)));
  return decide(tool, { args: args.slice(0, MOST_AT_ONCE), notes: [] }) as CallsDecision;
}

/** More answers than this nobody can follow. */
const MOST_AT_ONCE = 3;

/** Items that a name in the sentence belongs to. */
function namedItems(reading: Reading, pending: readonly PendingItem[]): readonly PendingItem[] | null {
  const accounts = reading.names.filter((n) => n.kind === "account").flatMap((n) => n.names);
  const found = pending.filter((p) => accounts.includes(p.change.account as string));
  return found.length ? found : null;
}

function newest(focus: Focus, plans: readonly PendingItem[]): readonly PendingItem[] {
  return waitingCall(focus.recent, plans)?.items ?? plans.slice(-1);
}

/** What waits, as a plan that can be forecast. */
const planOf = ({ kind, change }: PendingItem): Args => {
  const { note: _, ...plan } = asAsked({ tool: kind, args: change, status: "proposed", result: {} }).args;
  return plan;
};

/** A change of a stored promotion is checked as that promotion, lest it clash with itself. */
const checkOf = (item: PendingItem): Args =>
  typeof item.change.promotion === "string" && item.kind === "update_promotion"
    ? (({ account: _, ...terms }) => ({ promotion: item.change.promotion, ...terms }))(planOf(item))
    : planOf(item);
