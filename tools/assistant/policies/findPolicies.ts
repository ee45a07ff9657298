import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { type NamedPolicy, policiesNamed } from "../../../data/policies/policies.repo.ts";
import { POLICY_RULES } from "../../../data/policies/rules.ts";
import { seesAccount } from "../../../data/users/actor.ts";
import { accountRef, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { policyJson } from "./policyJson.ts";

const rule = z.enum(POLICY_RULES as [string, ...string[]]);

export const findPolicies = readTool({
  name: "find_policies",
  role: "assistant",
  description:
    "The firm's own rules: guardrails (depth, margin, ROI, spend rate, overlap, EDLP floor, days between promotions, budget, stock) and who approves above which amount, with scope, severity, version, from when and by whom; also proposals that wait, and earlier versions where asked.",
  examples: [
    { say: "What are our guardrails?", args: {} },
    { say: "Who has to approve a promotion of 300,000?", args: { rule: "approval" } },
  ],
  schema: z.strictObject({
    rule: optional(rule),
    account: optional(accountRef),
    history: optional(z.boolean()).describe("true: earlier versions too"),
    proposed: optional(z.boolean()).describe("true: only what waits for a second person"),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const all = (await policiesNamed(store)).filter(
      (p) => (p.scope !== "account" || seesAccount(actor, p.scope_id)) && (!args.rule || p.rule === args.rule),
    );
    const about = (p: NamedPolicy): boolean => !account || p.scope !== "account" || p.scope_id === account.id;
    const waiting = all.filter((p) => p.status === "proposed" && about(p));
    const begun = all.filter((p) => p.status === "in_force" && about(p));
    const now = begun.filter((p) => p.from_date <= store.today);
    const latest = now.filter((p) => !now.some((o) => keyOf(o) === keyOf(p) && o.version > p.version));
    const shown = args.proposed
      ? []
      : args.history
        ? begun
        : [...latest, ...begun.filter((p) => p.from_date > store.today)];
    const currency = account?.currency ?? "EUR";
    return {
      rule: args.rule ?? null,
      account: account?.name ?? null,
      today: store.today,
      currency,
      n: shown.length,
      guardrails: shown.filter((p) => p.rule !== "approval").map((p) => policyJson(p, currency)),
      approvals: shown.filter((p) => p.rule === "approval").map((p) => policyJson(p, currency)),
      proposals: waiting.map((p) => policyJson(p, currency)),
      only_proposals: args.proposed ?? false,
    };
  },
});

const keyOf = (p: NamedPolicy): string => `${p.rule}/${p.role}/${p.scope}/${p.scope_id}`;
