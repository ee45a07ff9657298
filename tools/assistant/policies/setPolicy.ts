import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { foldName } from "../../../data/common/names.ts";
import {
  decidePolicy,
  mayChangePolicy,
  openProposal,
  type PolicyWish,
  proposalToDecide,
  proposePolicy,
} from "../../../data/policies/changing.service.ts";
import { policiesNamed } from "../../../data/policies/policies.repo.ts";
import { limitsFor } from "../../../data/policies/policies.service.ts";
import { isPolicyRule, POLICY_RULES, type PolicyRule, RULES } from "../../../data/policies/rules.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { accountRef, isoDate, money, optional } from "../../args.ts";
import { type ToolContext, writeTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { parseEdit } from "../promotions/edits.ts";
import { policyJson, ruleWords, unitOf } from "./policyJson.ts";

const rule = z.enum(POLICY_RULES as [string, ...string[]]);
const severity = z.enum(["warn", "block", "off"]);
const decision = z.enum(["approve", "reject"]);
const schema = z.strictObject({
  rule: optional(rule),
  value: optional(money).describe("fractions for rates, days for days, major units for money"),
  severity: optional(severity),
  role: optional(z.enum(["manager", "finance"])).describe("of the rule approval: whose approval"),
  account: optional(accountRef),
  brand: optional(z.string().min(1)),
  category: optional(z.string().min(1)),
  from: optional(isoDate),
  reason: optional(z.string().max(1_000)),
  policy: optional(z.number().int()).describe("a proposal that waits, by its number"),
  decision: optional(decision),
});
const wishSchema = z.object({
  rule,
  role: z.enum(["", "manager", "finance"]),
  scope: z.enum(["all", "account", "category", "brand"]),
  scope_id: z.number().int(),
  value: z.number(),
  severity,
  from_date: isoDate,
  reason: z.string().nullable(),
});
const target = z.object({
  policy_id: z.number().int().nullable(),
  decision: decision.nullable(),
  wish: wishSchema.nullable(),
});

export const setPolicy = writeTool({
  name: "set_policy",
  role: "assistant",
  description:
    "Changes one of the firm's own rules (a guardrail, or above which amount who approves) for all, an account, a brand or a category. A manager or finance proposes it, another of them puts it in force by asking for the same or by deciding on the proposal's number. Waits for approval.",
  examples: [
    {
      say: "Set the policy for the deepest discount at Bramley to 25 %",
      args: { rule: "depth", value: 0.25, account: "Bramley Stores" },
    },
    { say: "Approve policy 17", args: { policy: 17, decision: "approve" } },
  ],
  schema,
  access: "WRITE",
  async propose(context, args) {
    const { actor, store } = context;
    mayChangePolicy(actor);
    if (args.policy !== undefined || args.decision !== undefined)
      return decided(context, args.policy, args.decision ?? "approve");
    const { wish, about, currency } = await wishOf(context, args);
    const open = await openProposal(actor, store, wish);
    if (open) return decided(context, open.id, "approve");
    const limits = await limitsFor(store, {
      accountId: wish.scope === "account" ? wish.scope_id : null,
      productIds: [],
    });
    const now =
      wish.rule === "approval"
        ? limits.approval(wish.role === "finance" ? "finance" : "manager")
        : limits.of(wish.rule as Exclude<PolicyRule, "approval">);
    const change = {
      name: ruleWords(wish.rule, wish.role),
      ...about,
      value: wish.value,
      unit: unitOf(wish.rule, currency),
      severity: wish.severity,
      from: wish.from_date,
      policy_id: null,
      decision: null,
      wish: { ...wish },
    };
    return {
      proposals: [{ kind: "set_policy", change, checks: [] }],
      result: {
        ...change,
        step: "propose",
        now: now && now.severity !== "off" ? { value: now.value, severity: now.severity, version: now.version } : null,
        reason_quote: wish.reason === null ? null : quoteParts(wish.reason),
        currency,
        proposals: [{ change, checks: [] }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    parseEdit(z.strictObject({}), edit);
    const order = target.parse(change);
    if (order.policy_id !== null && order.decision !== null) {
      const done = await decidePolicy(actor, store, order.policy_id, order.decision);
      return {
        policy: done.id,
        version: done.version,
        name: change.name,
        status: order.decision === "approve" ? "in_force" : "turned_down",
      };
    }
    const done = await proposePolicy(actor, store, order.wish as PolicyWish);
    return { policy: done.id, version: done.version, name: change.name, status: "proposed" };
  },
});

/** A decision on a proposal that waits. */
async function decided({ actor, store }: ToolContext, id: number | undefined, how: "approve" | "reject") {
  const open = (await policiesNamed(store)).filter((p) => p.status === "proposed");
  const meant = id ?? (open.length === 1 ? open[0]!.id : undefined);
  if (meant === undefined)
    throw open.length
      ? missingSlot(
          "policy",
          `Which proposal do you mean: ${open.map((p) => `policy ${p.id}, ${ruleWords(p.rule, p.role)}`).join("; ")}?`,
        )
      : new KamError("not_found", "No change of a policy waits for a decision.", {});
  await proposalToDecide(actor, store, meant, how);
  const row = (await policiesNamed(store)).find((p) => p.id === meant)!;
  const json = policyJson(row, "EUR");
  const change = {
    name: json.words,
    account: json.account,
    brand: json.brand,
    category: json.category,
    policy_id: meant,
    decision: how,
    wish: null,
  };
  return {
    proposals: [{ kind: "set_policy", change, checks: [] }],
    result: { ...json, ...change, step: how, currency: "EUR", proposals: [{ change, checks: [] }] },
  };
}

/** @throws KamError missing_slot, bad_input, unknown_name, no_right */
async function wishOf({ actor, store }: ToolContext, args: z.output<typeof schema>) {
  if (!args.rule || !isPolicyRule(args.rule))
    throw missingSlot(
      "rule",
      "Which rule shall change: depth, margin, ROI, spend rate, days between promotions, budget or approval?",
    );
  const { unit } = RULES[args.rule];
  const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
  const group = await groupOf(store, args);
  if (account && group)
    throw new KamError("bad_input", "A policy is of an account, a brand or a category, one of them.", {});
  if (args.value === undefined && args.severity === undefined)
    throw missingSlot("value", `What shall the ${ruleWords(args.rule, args.role ?? "")} be?`, { rule: args.rule });
  const scope = account
    ? ({ scope: "account", scope_id: account.id } as const)
    : (group ?? ({ scope: "all", scope_id: 0 } as const));
  const role = args.rule === "approval" ? (args.role ?? "finance") : "";
  const limits = await limitsFor(store, { accountId: account?.id ?? null, productIds: [] });
  const now = args.rule === "approval" ? limits.approval(role || "finance") : limits.of(args.rule);
  const value =
    args.value === undefined ? (now?.value ?? 0) : typeof args.value === "number" ? args.value : args.value.amount;
  if ((unit === "%" || unit === "pp") && value > 1)
    throw new KamError("bad_input", "A rate is a share: name it in per cent, not above a hundred.", {
      rule: args.rule,
    });
  const severityOf = args.severity ?? (now && now.severity !== "off" ? now.severity : "warn");
  if (args.from && args.from < store.today)
    throw new KamError(
      "bad_input",
      "A policy cannot begin in the past: what was decided was decided under the old one.",
      {},
    );
  const wish: PolicyWish = {
    rule: args.rule,
    role,
    ...scope,
    value,
    severity: severityOf,
    from_date: args.from ?? store.today,
    reason: args.reason?.trim() || null,
  };
  const about = { account: account?.name ?? null, brand: group?.brand ?? null, category: group?.category ?? null };
  const { scope: kind, scope_id } = scope;
  return {
    wish: { ...wishSchema.parse({ ...wish, scope: kind, scope_id }) } as PolicyWish,
    about,
    currency: account?.currency ?? "EUR",
  };
}

async function groupOf(
  store: ToolContext["store"],
  args: { readonly brand?: string | undefined; readonly category?: string | undefined },
) {
  const wanted = args.brand ?? args.category;
  if (wanted === undefined) return null;
  const found = (await listProducts(store)).find(
    (p) => foldName(args.brand !== undefined ? p.brand : p.category) === foldName(wanted),
  );
  if (!found)
    throw new KamError(
      "unknown_name",
      `There is no ${args.brand !== undefined ? "brand" : "category"} "${wanted}" in the store.`,
      { ref: wanted },
    );
  return args.brand !== undefined
    ? { scope: "brand" as const, scope_id: found.brand_id, brand: found.brand, category: null }
    : { scope: "category" as const, scope_id: found.category_id, brand: null, category: found.category };
}
