import type { Role } from "../../tools/define.ts";
import type { Features } from "./features.ts";
import table from "./intents.json" with { type: "json" };
import { likelihoods } from "./learned/index.ts";

export interface Scored {
  readonly tool: string;
  readonly role: Role;
  /** What the rules of intents.json make of it. */
  readonly score: number;
  /** How likely sentences like it ask for this tool, by the learned weights. */
  readonly likely: number;
}
export interface Judged {
  /** Every tool, what is most probably wanted first. */
  readonly tools: readonly Scored[];
  /** How likely it asks for no tool by itself: a fragment, chat. */
  readonly none: number;
}

interface Rule {
  readonly needs: readonly string[];
  readonly forbids: readonly string[];
  readonly weight: number;
}

/** intents.json: for each tool, what of a sentence speaks for it ("a & b & !c": weight) and what against. */
const INTENTS: readonly { tool: string; role: Role; rules: readonly Rule[] }[] = Object.entries(table).map(
  ([tool, { role, rules }]) => ({
    tool,
    role: role as Role,
    rules: Object.entries(rules).map(([condition, weight]) => {
      const terms = condition.split(" & ");
      return {
        needs: terms.filter((t) => !t.startsWith("!")),
        forbids: terms.filter((t) => t.startsWith("!")).map((t) => t.slice(1)),
        weight,
      };
    }),
  }),
);

export const TOOL_NAMES: readonly string[] = INTENTS.map((i) => i.tool);
export const roleOf = (tool: string): Role => INTENTS.find((i) => i.tool === tool)?.role ?? "assistant";
/** A rule's point weighs as much as this much log likelihood. */
const RULE_WEIGHT = 0.3;
const LEAST = 1e-4;
const clipped = (score: number): number => Math.min(10, Math.max(-4, score));

/** Rules and learned weights together. */
export function judge(features: Features, signals: readonly string[]): Judged {
  const likely = likelihoods(signals);
  const tools = INTENTS.map(({ tool, role, rules }) => ({
    tool,
    role,
    likely: likely.get(tool) ?? 0,
    score: rules.reduce(
      (sum, rule) =>
        rule.needs.every((n) => features.has(n)) && !rule.forbids.some((f) => features.has(f))
          ? sum + rule.weight
          : sum,
      0,
    ),
  }));
  const value = (s: Scored): number => Math.log(s.likely + LEAST) + RULE_WEIGHT * clipped(s.score);
  return { tools: tools.sort((a, b) => value(b) - value(a)), none: likely.get("none") ?? 0 };
}

export const WRITES = new Set([
  "create_promotion",
  "update_promotion",
  "copy_promotion",
  "cancel_promotion",
  "submit_promotion",
  "decide_promotion",
  "move_funds",
  "close_promotion",
  "comment_promotion",
  "attach_evidence",
  "override_check",
  "set_policy",
  "book_accruals",
  "set_fund",
  "settle_claim",
  "match_claim",
  "log_activity",
  "complete_step",
  "set_target",
  "undo_change",
  "set_preference",
  "delete_preference",
]);

/** A sentence this clear is a new request, whatever was said before. */
export const isSure = (s: Scored): boolean => s.score >= 6 || s.likely >= 0.9;
/** Below this a sentence has said too little. */
export const isEnough = (s: Scored): boolean => s.score >= 2.5 || s.likely >= (WRITES.has(s.tool) ? 0.75 : 0.45);
