import { addDays, addMonths } from "../../data/common/dates.ts";
import { amended } from "./amend.ts";
import { endOfLength, resolveSpan } from "./dates/span.ts";
import type { Features } from "./features.ts";
import { buildFor, decide } from "./fill.ts";
import type { Focus } from "./focus.ts";
import { mechanicsIn, moneyIn, termsIn } from "./offer.ts";
import { promotionMeant } from "./promotionRef.ts";
import type { Reading } from "./reading.ts";
import { withDates } from "./slots/ahead.ts";
import type { Build } from "./slots/build.ts";
import { moveIn } from "./slots/growth.ts";
import { BUILDERS } from "./slots/index.ts";
import { askForPlan, closeRange, hasOffer, planArgs } from "./slots/planArgs.ts";
import { bareDiscount } from "./slots/update.ts";
import type { Args, Asked, Decision, PlannerContext } from "./types.ts";
import { frameOf } from "./when.ts";

/** What a sentence says in answer to the question that was asked, or null where it says something else. */
export function answerTo(
  asked: Asked,
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  const b = buildFor(asked.tool, reading, features, context, focus);
  const filled = fillSlot(asked, b) ?? changeOf(asked, b);
  if (!filled) return null;
  return proceed(asked.tool, { ...asked.args, ...filled.args }, filled.notes, b, context);
}

/** "and put it on display", "drop the decaf": not what was asked, but a change of the plan that the question is about. */
function changeOf(asked: Asked, b: Build): Filled | null {
  if (asked.tool !== "create_promotion" || asked.slot === "intent" || b.features.has("question")) return null;
  return amended(asked.args, b);
}

/** True where a sentence can only mean the plan that is being asked about: it changes it and names no other promotion. */
export function changesOpenPlan(asked: Asked, features: Features): boolean {
  const changes = ["update", "add", "remove", "move", "extend", "shorten", "cancel"].some((h) =>
    features.has(`head:${h}`),
  );
  const other = ["promo", "promotion", "draftword", "question", "claimcode"].some((f) => features.has(f));
  return (
    asked.tool === "create_promotion" &&
    changes &&
    !other &&
    (features.has("pronoun") || !features.has("head:cancel") || features.has("prod"))
  );
}

interface Filled {
  readonly args: Args;
  readonly notes: readonly string[];
}

function fillSlot(asked: Asked, b: Build): Filled | null {
  const { slot } = asked;
  const more = extras(asked, b);
  const found = (args: Args): Filled => ({ args: { ...more.args, ...args }, notes: more.notes });
  if (slot === "account" || slot === "from" || slot === "to") {
    const account = b.accounts.names[0] ?? pickedAccount(b) ?? b.accounts.unknown ?? bareUnknown(b);
    if (!account) return b.accounts.all && slot === "account" ? found({ ...planArgs(b, false).args }) : null;
    return slot === "account" && b.accounts.names.length > 1
      ? found({ accounts: b.accounts.names, account: undefined })
      : found({ [slot]: account });
  }
  if (slot === "start") return more.args.start || more.args.end || more.args.length ? found({}) : null;
  if (slot === "end") return endOf(asked, b, more);
  if (slot === "discount" || slot === "offer") {
    const args: Args = hasOffer(more.args) ? {} : bareDiscount(b);
    if (!hasOffer({ ...more.args, ...args })) return null;
    // 15 % of a coupon that was asked for are 15 % of that coupon.
    const named = mechanicsIn(b.reading).length ? undefined : asked.args.mechanic;
    const cut = more.args.get === undefined;
    return found(
      cut
        ? {
            mechanic: more.args.mechanic ?? "tpr",
            ...(named && named !== "multibuy" ? { mechanic: named } : {}),
            ...args,
          }
        : args,
    );
  }
  if (slot === "promotion") return promotionAnswer(asked, b);
  if (slot === "product") {
    const [goods] = b.goods;
    return goods ? found({ product: goods }) : null;
  }
  if (slot === "claim") {
    const code =
      b.reading.codes.find((c) => c.kind === "claim")?.code ??
      b.lexicon.claims.find((c) => b.reading.text.includes(c.code))?.code;
    return code ? found({ claim: code }) : null;
  }
  if (slot === "amount") {
    const money = moneyIn(b.reading, ["any", "budget", "support"]);
    const number = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
    const amount = money ?? (number?.kind === "number" ? { amount: number.value, currency: "EUR" } : undefined);
    return amount ? found({ amount }) : null;
  }
  if (slot === "move") {
    const move = moveIn(b);
    return Object.keys(move).length ? found(move) : null;
  }
  if (slot === "text") return { args: { text: b.reading.text.trim() }, notes: [] };
  if (slot === "report" || slot === "change") {
    const built = BUILDERS[asked.tool]!(
      slot === "change" ? { ...b, focus: { ...b.focus, promotion: asked.args.promotion as string } } : b,
    );
    return "args" in built ? { args: built.args[0]!, notes: built.notes } : null;
  }
  return null;
}

/** All else that the answer says about a plan: "Bramley, two weeks from 3 May, 20 %". */
function extras(asked: Asked, b: Build): Filled {
  if (
    ![
      "create_promotion",
      "forecast_promotion",
      "compare_scenarios",
      "check_promotion",
      "suggest_products",
      "copy_promotion",
    ].includes(asked.tool)
  )
    return { args: {}, notes: [] };
  const account = b.accounts.names[0] ?? (asked.args.account as string | undefined);
  const known = { ...b, accounts: { ...b.accounts, names: account ? [account] : [] } };
  const { args, notes } = planArgs(known, asked.slot === "start");
  const { account: _, accounts: __, ...rest } = args;
  const terms = termsIn(b.reading);
  // Support alone is no offer, and a mechanic without an offer waits for it.
  return { args: { ...rest, ...terms, ...(b.accounts.names.length === 1 ? { account } : {}) }, notes };
}

function endOf(asked: Asked, b: Build, more: Filled): Filled | null {
  const start = (more.args.start && more.args.end ? more.args.start : asked.args.start) as string | undefined;
  const length = b.reading.dates.find((d) => d.role === "length");
  if (length?.role === "length" && start)
    return {
      args: { ...more.args, start, end: endOfLength(start, length.length, addMonths), length: undefined },
      notes: more.notes,
    };
  if (more.args.start && more.args.end) return { args: more.args, notes: more.notes };
  const day = b.reading.dates.find((d) => "span" in d);
  if (day && "span" in day && start) {
    // The end lies after the start, in whichever year.
    const period = resolveSpan(day.span, {
      ...frameOf(b.lexicon, "future", asked.args.account as string),
      planningToday: start,
    });
    if (period) return { args: { ...more.args, start, end: period.to }, notes: [] };
  }
  const weeks = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
  if (weeks?.kind === "number" && start && weeks.value <= 8 && /week/i.test(b.reading.text))
    return { args: { ...more.args, end: addDays(start, weeks.value * 7 - 1) }, notes: [] };
  return null;
}

/** "the second one", "1": a pick from the alternatives that were shown. */
function pickedAccount(b: Build): string | null {
  return b.accounts.unsure?.names.length === 1 ? b.accounts.unsure.names[0]! : null;
}
/** "Tesco", "Retailer Z": nothing but a name that nobody knows; the tool says what there is. */
function bareUnknown(b: Build): string | null {
  const words = b.reading.tokens.filter((t) => t.kind === "word");
  const plain =
    b.features.has("fragment") &&
    !b.features.has("offer") &&
    !b.features.has("dates") &&
    words.length > 0 &&
    words.length < 4;
  return plain && words.every((t) => t.capital) ? words.map((t) => t.raw).join(" ") : null;
}

/** States that the asking tool acts on. */
const STATES: Record<string, readonly string[]> = {
  cancel_promotion: ["draft", "submitted", "approved"],
  update_promotion: ["draft", "submitted", "approved"],
  submit_promotion: ["draft"],
  decide_promotion: ["submitted"],
};
const ANY_STATE = ["draft", "submitted", "approved", "running", "ended", "closed"];

/** One of those that the question named, where the words fit one of them; else any that they describe. */
function promotionAnswer(asked: Asked, b: Build): Filled | null {
  const shown = b.lexicon.promotions.filter((p) => asked.question.includes(p.code));
  const place = b.reading.quantities.find(
    (q) =>
      q.kind === "number" && (q.ordinal || (b.reading.tokens[q.from]!.kind === "number" && q.value <= shown.length)),
  );
  if (place?.kind === "number" && !b.features.has("promo")) {
    const inOrder = shown.toSorted((x, y) => asked.question.indexOf(x.code) - asked.question.indexOf(y.code));
    const picked = inOrder[place.value - 1];
    if (picked) return { args: { promotion: picked.code }, notes: [] };
  }
  for (const promotions of [shown, b.lexicon.promotions]) {
    const wish = { statuses: STATES[asked.tool] ?? ANY_STATE };
    const meant = promotionMeant(
      b.reading,
      b.features,
      { ...b.lexicon, promotions },
      { ...b.focus, promotion: null },
      wish,
    );
    if (meant.kind === "one") return { args: { promotion: meant.code }, notes: [] };
  }
  return null;
}

/** With the slot filled: the next question, or the call. */
export function proceed(
  tool: string,
  merged: Args,
  notes: readonly string[],
  b: Build,
  context: PlannerContext,
): Decision {
  const args = closeRange(Object.fromEntries(Object.entries(merged).filter(([, v]) => v !== undefined)));
  if (tool === "create_promotion") {
    const next = askForPlan(args, { lexicon: context.lexicon, accounts: { ...b.accounts, unsure: null } });
    if (next) return decide(tool, next);
  }
  const { accounts, ...rest } = args as Args & { accounts?: string[] };
  if (accounts && tool !== "create_promotion" && tool !== "plan_promotions")
    return decide(tool, { args: accounts.map((account) => ({ ...rest, account })), notes });
  if (tool === "compare_scenarios" && Array.isArray(args.offers)) {
    const { offers, ...common } = args as Args & { offers: Args[] };
    return decide(tool, { args: [{ scenarios: offers.map((o) => ({ ...common, ...o })) }], notes });
  }
  if (tool === "compare_scenarios" && Array.isArray(args.scenarios)) {
    // What is answered holds for each of them.
    const { scenarios, ...common } = args as Args & { scenarios: Args[] };
    return decide(tool, {
      args: [{ scenarios: scenarios.map((s) => withDates({ ...s, ...common }, undefined, b)) }],
      notes,
    });
  }
  if (tool === "estimate_baseline" && !args.product && !args.products) {
    const question = "Of which product, brand or category?";
    return decide(tool, { ask: { slot: "product", question, args }, notes: [] });
  }
  if (tool === "move_funds") {
    for (const [slot, question] of [
      ["from", "From which fund or account?"],
      ["to", "To which fund or account?"],
      ["amount", "How much shall move?"],
    ] as const)
      if (args[slot] === undefined) return decide(tool, { ask: { slot, question, args }, notes: [] });
  }
  return decide(tool, { args: [args], notes });
}
