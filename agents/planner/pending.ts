import type { Reading } from "./reading.ts";
import { tokenise } from "./text/tokens.ts";
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

/** Beside a yes only these may stand: "wait", "but" or "also" make it something else. */
const BESIDE_YES = ["filler_yesno", "thanks"];
const BESIDE_NO = [...BESIDE_YES, "polite"];

/** Praise of what was shown is no order to write it. */
const PRAISE = new Set(["great", "good", "right", "exactly", "correct", "thanks", "perfect", "excellent"]);

/** "yes", "ok, save it please": a yes and nothing else. */
const consents = (reading: Reading): boolean =>
  isOnly(reading, "yes", BESIDE_YES) &&
  !reading.tokens.every((t) => t.kind === "mark" || PRAISE.has(t.text) || FILLERS.has(t.text));
const FILLERS = new Set([
  "that",
  "thats",
  "is",
  "this",
  "it",
  "very",
  "just",
  "so",
  "well",
  "you",
  "thank",
  "a",
  "lot",
]);

/**
 * A typed yes or no about what waits; by code, not by judgement. The whole sentence has to be words of consent or refusal
 * and, where one of several is meant, words that point to it: any other word makes it a request of its own.
 */
export function pendingDecision(reading: Reading, context: PlannerContext): Decision | null {
  const { pending, channel, asked } = context;
  if (pending.length === 0 || asks(reading)) return null;
  const chosen = chosenItems(reading, pending);
  const pointed = chosen && onlyPoints(reading, pending) ? chosen : null;
  const only = asked?.slot === "decision" && pointed ? (asked.args.approve as boolean) : null;
  const no = isOnly(reading, "no", BESIDE_NO);
  const what = no ? false : consents(reading) ? true : (verdict(reading, pointed) ?? only);
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

const PLACES = ["first", "second", "third", "fourth", "fifth"];

/** "all of them", "w2", "the first one", "the one for Bramley": items that the words point to, or null. */
function chosenItems(reading: Reading, pending: readonly PendingItem[]): readonly PendingItem[] | null {
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
  const place = PLACES.findIndex((place) => words.includes(place));
  if (pending[place]) return [pending[place]];
  const accounts = reading.names.filter((n) => n.kind === "account").flatMap((n) => n.names);
  const named = pending.filter((p) => accounts.includes(p.change.account as string));
  return named.length ? named : null;
}

const POINTERS = new Set(
  "a an the this that these those it them one ones first second third fourth fifth last draft drafts promotion promotions promo promos deal deals item items note claim transfer for at of to from with on and all both everything every only just please pls kindly yes no waiting alle alles".split(
    " ",
  ),
);
const APPROVES = new Set(["yes", "ok", "okay", "approve", "confirm", "accept", "save", "book", "create", "ja", "oui"]);
const REFUSES = new Set(["no", "reject", "discard", "drop", "cancel", "forget", "delete", "remove", "skip", "scrap"]);

/** True where every word points to an item, or decides about it: names, places in the list, "both", "the one at". */
function onlyPoints(reading: Reading, pending: readonly PendingItem[]): boolean {
  const named = new Set(["account", "brand", "product", "category"]);
  const spans = reading.names.filter((n) => named.has(n.kind));
  const ids = new Set(pending.flatMap((p) => tokenise(p.id).map((t) => t.text)));
  return reading.tokens.every(
    (t, i) =>
      t.kind === "mark" ||
      spans.some((s) => s.from <= i && i < s.to) ||
      POINTERS.has(t.text) ||
      APPROVES.has(t.text) ||
      REFUSES.has(t.text) ||
      ids.has(t.text) ||
      valueAt(reading.tokens, i, CONCEPTS, "yes") > i,
  );
}

/** "approve the first", "yes to Albion", "drop w2": a word of decision at the head of words that only point. */
function verdict(reading: Reading, pointed: readonly PendingItem[] | null): boolean | null {
  if (!pointed) return null;
  const first = reading.tokens.find((t) => t.kind !== "mark" && !["please", "pls", "kindly", "just"].includes(t.text));
  if (!first) return null;
  const refuses = reading.tokens.some((t) => REFUSES.has(t.text));
  if (APPROVES.has(first.text)) return refuses ? null : true;
  return REFUSES.has(first.text) ? false : null;
}
