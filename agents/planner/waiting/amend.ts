import { amended, amendedAmount } from "../amend.ts";
import { type Features, featuresOf } from "../features.ts";
import { buildFor, decide } from "../fill.ts";
import type { Focus } from "../focus.ts";
import { ownPlanIn } from "../offer.ts";
import { type Reading, readSentence } from "../reading.ts";
import type { Build } from "../slots/build.ts";
import { amendedPreference } from "../slots/memory.ts";
import type { Args, CallsDecision, PendingItem, PlannerContext } from "../types.ts";
import { frameOf, periodOf } from "../when.ts";
import { idsOf, type WaitingCall, waitingCall, waitingCalls } from "./calls.ts";
import { spokenItems } from "./pointers.ts";

const PLANS = new Set(["create_promotion", "copy_promotion", "update_promotion"]);

/** A change of what waits: the same tool with changed arguments, in the place of the item. */
export function amendPending(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): CallsDecision | null {
  if (context.pending.length === 0) return null;
  const pointed = spokenItems(reading, context.pending);
  if (!pointed) return amendSaid(reading, features, context, focus);
  // "the second one should have 20 %": of that item alone, as if only it waited.
  const said = readSentence(pointed.text, context.lexicon, context.channel);
  return amendSaid(said, featuresOf(said, context.lexicon), { ...context, pending: pointed.items }, focus);
}

const OTHER = ["promo", "claimcode", "question", "head:log", "head:find", "head:undo"];

function amendSaid(reading: Reading, features: Features, context: PlannerContext, focus: Focus): CallsDecision | null {
  if (OTHER.some((f) => features.has(f))) return null;
  const verbs = ["update", "move", "extend", "shorten", "add", "remove"].some((v) => features.has(`head:${v}`));
  const short = reading.tokens.length <= 8;
  const changes =
    verbs || short || ["instead", "fragment", "pronoun", "no", "yes", "shift", "same"].some((f) => features.has(f));
  const fresh =
    ["create", "need", "draftit"].some((h) => features.has(`head:${h}`)) &&
    !["pronoun", "head:update", "shift", "length", "pointsback", "same"].some((f) => features.has(f));
  if (!changes || fresh) return null;
  const b = buildFor("update_promotion", reading, features, context, focus);
  if (isWhole(b, context.pending)) return null;
  const added = addedBy(b, context, focus);
  if (added) return added;
  const account = features.has("instead") ? undefined : b.accounts.names[0];
  const all = waitingCalls(focus.recent, context.pending).toReversed();
  const every = /\b(?:both|all|them|each|every)\b/i.test(reading.text) && !account;
  const meant = every ? all : [waitingCall(focus.recent, context.pending, account)];
  const calls = meant.flatMap((call) => (call ? (amendOne(call, b) ?? []) : []));
  const [first] = calls;
  if (!first) return null;
  return { ...first, calls: calls.flatMap((c) => c.calls), notes: [...new Set(calls.flatMap((c) => c.notes))] };
}

/** "Kestrel 15 % at Albion, 1–14 June" while one for Delphi waits: nothing is taken from what waits, so it is one of its own. */
function isWhole(b: Build, pending: readonly PendingItem[]): boolean {
  const { features, reading, accounts } = b;
  if (["instead", "correction", "denied", "pronoun", "no", "same"].some((f) => features.has(f))) return false;
  const days = reading.dates.some((d) => d.role === "range");
  const elsewhere = accounts.names.length > 0 && !waitsAt(pending, accounts.names) && !accounts.excluded.length;
  return elsewhere && b.goods.length > 0 && days && features.has("offer");
}

const waitsAt = (pending: readonly PendingItem[], accounts: readonly string[]): boolean =>
  pending.some((p) => accounts.includes(p.change.account as string));

/** "also for Bramley", "the same at Cormorant, but 15 %", "and at Fairway": one more, beside the one that waits. */
function addedBy(b: Build, { pending }: PlannerContext, focus: Focus): CallsDecision | null {
  const { features, accounts, goods } = b;
  const waiting = waitingCall(focus.recent, pending);
  if (waiting?.tool !== "create_promotion" && waiting?.tool !== "copy_promotion") return null;
  const replaces = ["instead", "correction", "denied", "head:update", "head:move"].some((f) => features.has(f));
  if (replaces || accounts.excluded.length) return null;
  const elsewhere = accounts.names.length > 0 && !waitsAt(pending, accounts.names);
  const adds = ["same", "onemore", "also"].some((f) => features.has(f));
  const other = elsewhere || accounts.all;
  const wanted = other ? adds || features.has("continues") : goods.length > 0 && features.has("same");
  const again = features.has("onemore") && b.reading.dates.length > 0;
  if (!wanted && !again) return null;
  const { account, accounts: all, planned_units: _, planned_uplift: __, series: ___, ...same } = waiting.args;
  const next = amended(other ? same : { account, accounts: all, ...same }, b);
  return next && (decide(waiting.tool, { args: [next.args], notes: next.notes }) as CallsDecision);
}

/** The call again with what the sentence changes; null where it changes nothing of it. */
function amendOne(waiting: WaitingCall, b: Build): CallsDecision | null {
  const { tool } = waiting;
  if (tool === "move_funds" || tool === "settle_claim") return inPlace(waiting, amendedAmount(waiting.args, b));
  if (tool === "log_activity") return inPlace(waiting, amendedNote(waiting.args, b));
  if (tool === "set_preference") return inPlace(waiting, amendedPreference(waiting.args, b));
  if (!PLANS.has(tool)) return null;
  const own = tool === "copy_promotion" ? {} : ownPlanIn(b.reading);
  // Units that were planned for the draft as it was do not hold for another one.
  const { planned_units: before, planned_uplift: _, ...bare } = waiting.args;
  const shifted = "promotion" in bare ? amendStored(bare, b, waiting) : amended(bare, b);
  const next = shifted ?? (own.planned_units || own.planned_uplift ? { args: bare, notes: [] } : null);
  if (!next) return null;
  const gone =
    before && !own.planned_units && !own.planned_uplift
      ? ["the units that were planned were for the draft as it was, so it goes by the forecast now"]
      : [];
  return inPlace(waiting, { ...next.args, ...own }, [...next.notes, ...gone]);
}

/** The call with other arguments, in the place of what waits of it. */
export function inPlace(waiting: WaitingCall, args: Args | null, notes: readonly string[] = []): CallsDecision | null {
  if (!args) return null;
  const decision = decide(waiting.tool, { args: [args], notes }) as CallsDecision;
  return { ...decision, calls: decision.calls.map((call) => ({ ...call, replaces: idsOf(waiting) })) };
}

/** "make it a call", "that was yesterday": another kind or day of a note that waits; its words stay. */
function amendedNote(base: Args, b: Build): Args | null {
  if (b.reading.tokens.length > 8) return null;
  const kinds: Record<string, string> = { visit: "visit", callword: "call", emailword: "email", meeting: "meeting" };
  const kind = Object.keys(kinds).find((k) => b.features.has(k));
  const when = periodOf(b.reading.dates, frameOf(b.lexicon, "past", undefined), undefined);
  if (!kind && !when) return null;
  return { ...base, ...(kind ? { kind: kinds[kind] } : {}), ...(when ? { date: when.period.from } : {}) };
}

/** A waiting update or copy names a promotion; its dates are the store's where the change does not name them. */
function amendStored(base: Args, b: Build, { tool, items }: WaitingCall): { args: Args; notes: string[] } | null {
  const { start, end } = (items[0]?.change ?? {}) as Args;
  const shifts = b.features.has("shift") || b.features.has("move");
  // A copy's days are those that it was drafted for.
  if (tool === "copy_promotion" && shifts && start && end) return amended({ start, end, ...base }, b);
  const stored = b.lexicon.promotions.find((p) => p.code === base.promotion);
  const dated =
    b.features.has("move") && stored && !base.start ? { ...base, start: stored.start, end: stored.end } : base;
  return amended(dated, b);
}
