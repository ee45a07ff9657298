import type { Store } from "../store/open.ts";
import type { PolicyTable } from "../store/schema/policies.ts";
import { groupsOfProducts, policiesInForce } from "./policies.repo.ts";
import { type PolicyRule, RULES } from "./rules.ts";

/** What a rule says of one account and some products on a day. */
export interface Limit {
  readonly rule: PolicyRule;
  /** Fractions for rates, major units of the account's currency for money. */
  readonly value: number;
  readonly severity: "warn" | "block" | "off";
  readonly scope: PolicyTable["scope"];
  readonly version: number;
  readonly from: string;
}

/** The rules that hold for an account and some products. */
export interface Limits {
  of(rule: Exclude<PolicyRule, "approval">): Limit;
  /** Spend in major units above which somebody of a role has to approve, by role; null where none has to. */
  approval(role: "manager" | "finance"): Limit | null;
}

const NARROWER: Readonly<Record<PolicyTable["scope"], number>> = { all: 0, category: 1, brand: 2, account: 3 };

/**
 * The policies in force for an account and some products: of each rule the narrowest (an account's before a brand's, before a
 * category's, before everybody's), of two as narrow the stricter, each in its latest version that has begun.
 */
export async function limitsFor(
  store: Store,
  of: { readonly accountId: number | null; readonly productIds: readonly number[] },
  day: string = store.today,
): Promise<Limits> {
  const rows = await policiesInForce(store);
  const groups = await groupsOfProducts(store, of.productIds);
  const about = (row: (typeof rows)[number]): boolean =>
    row.scope === "all" ||
    (row.scope === "account" && row.scope_id === of.accountId) ||
    (row.scope === "brand" && groups.some((g) => g.brand_id === row.scope_id)) ||
    (row.scope === "category" && groups.some((g) => g.category_id === row.scope_id));
  const latest = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    if (row.from_date > day || !about(row)) continue;
    const key = `${row.rule}/${row.role}/${row.scope}/${row.scope_id}`;
    const known = latest.get(key);
    if (!known || row.version > known.version) latest.set(key, row);
  }
  const pick = (rule: PolicyRule, role: PolicyTable["role"]): Limit | null => {
    const all = [...latest.values()].filter((row) => row.rule === rule && row.role === role);
    const narrowest = Math.max(...all.map((row) => NARROWER[row.scope]));
    const strict = RULES[rule].bound === "most" ? 1 : -1;
    const row = all
      .filter((r) => NARROWER[r.scope] === narrowest)
      .sort((a, b) => Number(a.severity === "off") - Number(b.severity === "off") || strict * (a.value - b.value))[0];
    if (!row) return null;
    const { value, severity, scope, version, from_date } = row;
    return { rule, value, severity, scope, version, from: from_date };
  };
  return {
    of: (rule) => pick(rule, "") ?? noLimit(rule),
    approval: (role) => pick("approval", role),
  };
}

/** A rule that no row speaks of limits nothing. */
const noLimit = (rule: PolicyRule): Limit => ({
  rule,
  value: RULES[rule].bound === "most" ? Number.MAX_SAFE_INTEGER : 0,
  severity: "off",
  scope: "all",
  version: 0,
  from: "",
});
