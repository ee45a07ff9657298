import type { NamedPolicy } from "../../../data/policies/policies.repo.ts";
import { isPolicyRule, OVERRIDDEN_BY, RULES } from "../../../data/policies/rules.ts";

/** The unit in which a rule's value is written: money in the firm's currency where the rule is of no account. */
export const unitOf = (rule: string, currency: string): string => {
  const unit = isPolicyRule(rule) ? RULES[rule].unit : "ratio";
  return unit === "money" ? currency : unit;
};

/** What a rule limits, in words: "the deepest discount", "the spend above which finance has to approve". */
export const ruleWords = (rule: string, role: string): string => {
  if (rule === "approval")
    return `spend above which ${role === "finance" ? "finance approves too" : "a manager approves"}`;
  return isPolicyRule(rule) ? RULES[rule].words : rule.replaceAll("_", " ");
};

/** A policy as it stands in a result. */
export const policyJson = (p: NamedPolicy, currency: string) => ({
  policy: p.id,
  rule: p.rule,
  role: p.role || null,
  words: ruleWords(p.rule, p.role),
  scope: p.scope,
  account: p.account,
  category: p.category,
  brand: p.brand,
  value: p.value,
  unit: unitOf(p.rule, currency),
  bound: isPolicyRule(p.rule) ? RULES[p.rule].bound : null,
  severity: p.severity,
  from: p.from_date,
  version: p.version,
  status: p.status,
  proposed_by: p.proposer,
  proposed_on: p.proposed_at,
  decided_by: p.decider,
  overridden_by: overriders(p.rule),
});

const overriders = (rule: string): readonly string[] => {
  const check = isPolicyRule(rule) ? RULES[rule].check : null;
  return check ? (OVERRIDDEN_BY[check] ?? []) : [];
};
