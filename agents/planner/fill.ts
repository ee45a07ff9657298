import { leavesOut } from "./exclusions.ts";
import type { Features } from "./features.ts";
import { type Focus, focusOf } from "./focus.ts";
import { roleOf } from "./intents.ts";
import { type Accounts, accountsIn, goodsIn } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import type { Build, Built } from "./slots/build.ts";
import { BUILDERS } from "./slots/index.ts";
import { askAccount } from "./slots/planArgs.ts";
import type { CallsDecision, Decision, PlannedCall, PlannerContext } from "./types.ts";

/** Tools whose open dates lie ahead; for the others they lie behind unless the sentence speaks of what comes. */
const AHEAD = new Set([
  "create_promotion",
  "update_promotion",
  "copy_promotion",
  "check_promotion",
  "suggest_products",
  "forecast_promotion",
  "compare_scenarios",
  "plan_promotions",
  "estimate_baseline",
]);

export function buildFor(
  tool: string,
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus = focusOf(context.history, context.lexicon, context.earlier),
): Build {
  const { goods, named, excluded } = goodsIn(reading, context.lexicon);
  const speaksAhead =
    (features.has("future") || features.has("plannedword") || features.has("dates_ahead")) && !features.has("past");
  return {
    tool,
    reading,
    features,
    lexicon: context.lexicon,
    focus,
    accounts: ownAccounts(accountsIn(reading, context.lexicon), features, context),
    goods: leavesOut(tool) ? named : goods,
    excludedGoods: excluded,
    tense: AHEAD.has(tool) || speaksAhead ? "future" : "past",
  };
}

/** "My accounts": those that the person keeps as hers, where she does. */
function ownAccounts(accounts: Accounts, features: Features, { preferences }: PlannerContext): Accounts {
  const own = preferences?.accounts;
  if (!own || !features.has("ownaccounts") || accounts.names.length) return accounts;
  return { ...accounts, names: own.filter((name) => !accounts.excluded.includes(name)), all: false };
}

const ownNote = (b: Build, { preferences }: PlannerContext): string[] =>
  preferences?.accounts &&
  b.features.has("ownaccounts") &&
  b.accounts.names.every((n) => preferences.accounts?.includes(n))
    ? [`your accounts are ${b.accounts.names.join(" and ")}, as you keep them`]
    : [];

/** A builder's arguments as calls, or its question as a question. */
export function decide(tool: string, built: Built): Decision {
  const role = roleOf(tool);
  if ("ask" in built) {
    const { slot, question, args, alternatives } = built.ask;
    return {
      kind: "clarify",
      role,
      question,
      asked: { slot, tool, args, question },
      ...(alternatives?.length ? { alternatives } : {}),
    };
  }
  const calls: PlannedCall[] = built.args.map((args) => {
    const scenarios = args.scenarios as unknown[] | undefined;
    const name = tool === "compare_scenarios" && !scenarios ? "forecast_promotion" : tool;
    return { tool: name, args: clean(args) };
  });
  return { kind: "calls", role: roleOf(calls[0]!.tool), calls, notes: [...new Set(built.notes)] };
}

const clean = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args)
      .filter(
        ([key, value]) =>
          value !== undefined && value !== null && key !== "length" && key !== "notes" && key !== "offers",
      )
      .map(([key, value]) => [key, key === "scenarios" ? (value as Record<string, unknown>[]).map(clean) : value]),
  );

/** The decision for a sentence whose tool is known. */
export function fill(
  tool: string,
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus?: Focus,
): Decision {
  const b = buildFor(tool, reading, features, context, focus);
  // "this retailer" with nothing before it points nowhere; how something is done is the same everywhere.
  if (
    features.has("thisone") &&
    !b.focus.account &&
    !b.accounts.names.length &&
    tool !== "guide" &&
    !features.has("promo")
  ) {
    const question = "Which account is meant?";
    return decide(tool, {
      ask: { slot: "account", question, args: {}, alternatives: context.lexicon.accounts.map((a) => a.name) },
      notes: [],
    });
  }
  const codes = [...new Set(reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1 && EACH.has(tool)) return forEach(tool, codes, b);
  const decision = decide(tool, BUILDERS[tool]!(b));
  if (decision.kind !== "calls") return decision;
  return (
    askWhich(decision, b) ?? {
      ...decision,
      notes: [...decision.notes, ...ownNote(b, context), ...guesses(b), ...stillIn(b)],
    }
  );
}

/** Tools that take one promotion: several in a sentence are several calls. */
const EACH = new Set([
  "get_promotion",
  "explain_result",
  "check_promotion",
  "update_promotion",
  "copy_promotion",
  "cancel_promotion",
  "submit_promotion",
  "decide_promotion",
]);

function forEach(tool: string, codes: readonly string[], b: Build): Decision {
  const calls: PlannedCall[] = [];
  for (const code of codes) {
    const one = { ...b, reading: { ...b.reading, codes: b.reading.codes.filter((c) => c.code === code) } };
    const decision = decide(tool, BUILDERS[tool]!(one));
    if (decision.kind !== "calls") return decision;
    calls.push(...decision.calls);
  }
  return { kind: "calls", role: roleOf(tool), calls, notes: [] };
}

/** A name that fits several accounts is asked about, in a question as in a write. */
function askWhich(decision: CallsDecision, b: Build): Decision | null {
  const { unsure } = b.accounts;
  const [call] = decision.calls;
  if (!unsure || unsure.names.length < 2 || !call || decision.calls.length > 1 || call.tool === "guide") return null;
  if (!unsure.names.includes(call.args.account as string)) return null;
  const { account: _, ...rest } = call.args;
  return decide(call.tool, askAccount(unsure, rest));
}

/** Reads that cannot leave anything out say so, rather than let the answer pass for what was asked. */
const TAKES_ALL = new Set(["compare_responses", "forecast_accuracy"]);
const stillIn = (b: Build): string[] =>
  TAKES_ALL.has(b.tool) && b.accounts.excluded.length
    ? [`${b.accounts.excluded.join(" and ")} cannot be left out of this, so the answer has it in`]
    : [];

/** What was misspelt or misheard, and how it was read. */
const guesses = (b: Build): string[] =>
  b.reading.names.flatMap((n) => {
    const said = b.reading.tokens
      .slice(n.from, n.to)
      .map((t) => t.raw)
      .join(" ");
    return n.guessed && n.names.length === 1 ? [`"${said}" is read as ${n.names[0]}`] : [];
  });
