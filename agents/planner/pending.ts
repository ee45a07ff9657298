import type { Features } from "./features.ts";
import type { Reading } from "./reading.ts";
import type { Decision, PendingItem, PlannerContext } from "./types.ts";
import { CONCEPTS } from "./vocabulary/index.ts";
import { valueAt } from "./vocabulary/match.ts";

/** True where a sentence is nothing but words of these ideas, at least one of them of the first. */
export function isOnly(reading: Reading, wanted: string, alsoAllowed: readonly string[]): boolean {
  const { tokens } = reading;
  let found = false;
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i]!;
    if (token.kind === "mark") {
      i++;
      continue;
    }
    const to = valueAt(tokens, i, CONCEPTS, wanted);
    const other = Math.max(...alsoAllowed.map((value) => valueAt(tokens, i, CONCEPTS, value)), -1);
    if (to < 0 && other < 0) return false;
    if (to >= other) found = true;
    i = Math.max(to, other);
  }
  return found;
}

const ASKING = new Set([
  "is",
  "are",
  "was",
  "were",
  "does",
  "did",
  "should",
  "would",
  "may",
  "might",
  "what",
  "which",
  "why",
  "how",
  "when",
  "who",
]);
/** "is that ok", "ok?": a question decides nothing. */
const asks = ({ tokens }: Reading): boolean => tokens.at(-1)?.text === "?" || ASKING.has(tokens[0]?.text ?? "");

const COURTESY = ["filler_yesno", "thanks", "polite"];

/** A typed yes or no about what waits; by code, not by judgement: only words of consent or refusal count. */
export function pendingDecision(reading: Reading, features: Features, context: PlannerContext): Decision | null {
  const { pending, channel, asked } = context;
  const yes = isOnly(reading, "yes", COURTESY);
  const no = isOnly(reading, "no", COURTESY);
  if (pending.length === 0 || asks(reading)) return null;
  const chosen = chosenItems(reading, features, pending);
  const only = asked?.slot === "decision" && chosen ? (asked.args.approve as boolean) : null;
  const approve = yes && !no ? true : no ? false : verdict(reading, features, chosen);
  const what = approve ?? only;
  if (what === null) return null;
  if (what && channel === "voice") return { kind: "readback" };
  const items = chosen ?? (pending.length === 1 ? pending : null);
  if (items) return { kind: "decide", decisions: items.map(({ id }) => ({ id, approve: what })) };
  const question = `Which of the ${what ? "waiting items shall be approved" : "waiting items shall be discarded"}: ${pending.map((p) => nameOf(p)).join("; ")}, or all of them?`;
  return {
    kind: "clarify",
    role: "assistant",
    question,
    asked: { slot: "decision", tool: pending[0]!.kind, args: { approve: what }, question },
    alternatives: pending.map((p) => p.id),
  };
}

const nameOf = (p: PendingItem): string => {
  const { account, name, claim, promotion } = p.change as Record<string, unknown>;
  const what = [name, promotion, claim, account].find((v) => typeof v === "string");
  return what ? `${p.id} (${what})` : p.id;
};

/** "all of them", "w2", "the first one", "the one for Bramley": items that the words point to, or null. */
function chosenItems(
  reading: Reading,
  features: Features,
  pending: readonly PendingItem[],
): readonly PendingItem[] | null {
  const words = reading.tokens.map((t) => t.text);
  const joined = reading.tokens.map((t) => t.text).join("");
  const byId = pending.filter(
    (p) =>
      new RegExp(`(?:^|[^a-z0-9])${p.id.toLowerCase().replace(/[^a-z0-9]/g, "\\$&")}(?:$|[^a-z0-9])`).test(
        reading.text.toLowerCase(),
      ) || joined === p.id.toLowerCase(),
  );
  if (byId.length) return byId;
  const afterAll = words.some((w, i) => w === "all" && ["after", "at"].includes(words[i - 1] ?? ""));
  if (!afterAll && words.some((w) => ["all", "both", "everything", "every", "alles", "alle"].includes(w)))
    return pending;
  const place = reading.quantities.find((q) => q.kind === "number" && q.ordinal);
  if (place?.kind === "number" && pending[place.value - 1] && !features.has("dates"))
    return [pending[place.value - 1]!];
  const accounts = reading.names.filter((n) => n.kind === "account").flatMap((n) => n.names);
  const named = pending.filter((p) => accounts.includes(p.change.account as string));
  return named.length ? named : null;
}

/** "approve the first", "approve both", "reject w2": a verb of decision and only what points to an item. */
function verdict(reading: Reading, features: Features, chosen: readonly PendingItem[] | null): boolean | null {
  if (
    !chosen ||
    features.has("question") ||
    features.has("promo") ||
    features.has("claimcode") ||
    features.has("supportword") ||
    features.has("offer")
  )
    return null;
  if (features.has("head:approve") || /^\s*(?:yes|ok|okay|confirm|save|book)\b/i.test(reading.text))
    return features.has("head:reject") ? null : true;
  if (
    features.has("head:reject") ||
    features.has("head:cancel") ||
    /^\s*(?:no|discard|drop|forget)\b/i.test(reading.text)
  )
    return false;
  return null;
}
