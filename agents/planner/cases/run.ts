import { demoLexicon } from "../demoLexicon.ts";
import { next, plan } from "../index.ts";
import { WRITES } from "../intents.ts";
import type { Asked, Decision, Lexicon, PendingItem, PlannerContext, PriorTurn } from "../types.ts";

/** One sentence and what has to come of it; arguments are compared as far as they are given. */
export interface Case {
  readonly say: string;
  readonly channel?: PlannerContext["channel"];
  /** What was said before, each turn planned and taken as done; a write waits unless `saved`. */
  readonly before?: readonly string[];
  /** What waited was approved before this sentence. */
  readonly saved?: boolean;
  readonly kind?: Decision["kind"];
  readonly tool?: string;
  readonly args?: Record<string, unknown>;
  /** Arguments that may not be there. */
  readonly absent?: readonly string[];
  readonly calls?: readonly { readonly tool: string; readonly args?: Record<string, unknown> }[];
  readonly scenarios?: readonly Record<string, unknown>[];
  readonly slot?: string;
  readonly topic?: string;
  readonly approve?: boolean;
  readonly replaces?: boolean;
  readonly then?: boolean;
  /** One of these tools is right. */
  readonly oneOf?: readonly string[];
  readonly lexicon?: "demo" | "cheese";
}

const replacedBy = (decision: Decision): readonly string[] =>
  decision.kind === "calls" ? decision.calls.flatMap((call) => call.replaces ?? []) : [];

/** The decision on a case's last sentence, after the turns before it. */
export function decisionOf(test: Case, lexicon: Lexicon = demoLexicon): Decision {
  const history: PriorTurn[] = [];
  let pending: PendingItem[] = [];
  let asked: Asked | null = null;
  let made = 0;
  for (const text of test.before ?? []) {
    const decision = plan(text, { lexicon, channel: "chat", history, pending, asked });
    asked = decision.kind === "clarify" ? decision.asked : null;
    const calls = decision.kind === "calls" ? decision.calls : [];
    pending = pending.filter((p) => !replacedBy(decision).includes(p.id));
    if (decision.kind === "decide") pending = pending.filter((p) => !decision.decisions.some((d) => d.id === p.id));
    const done = calls.map(({ tool, args }) => {
      if (!WRITES.has(tool)) return { tool, args, status: "ok" as const, result: {} };
      const accounts = (args.accounts as string[] | undefined) ?? [args.account];
      const items = accounts.map((account) => ({ id: `w${++made}`, kind: tool, change: { ...args, account } }));
      pending = [...pending, ...items];
      return {
        tool,
        args,
        status: "proposed" as const,
        result: { proposals: items.map((i) => ({ change: i.change })) },
        items: items.map((i) => i.id),
      };
    });
    history.push({ text, calls: done });
  }
  return plan(test.say, {
    lexicon,
    channel: test.channel ?? "chat",
    history,
    pending: test.saved ? [] : pending,
    asked,
  });
}

const same = (a: unknown, b: unknown): boolean => {
  if (a !== null && b !== null && typeof a === "object" && typeof b === "object") {
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((k) => same((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]));
  }
  return a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) < 1e-9);
};
const lacks = (want: Record<string, unknown>, got: Record<string, unknown>): string[] =>
  Object.entries(want)
    .filter(([k, v]) => !same(v, got[k]))
    .map(([k, v]) => `${k}: wanted ${JSON.stringify(v)}, got ${JSON.stringify(got[k])}`);

/** What is wrong with the decision on a case; empty where it is right. */
export function faults(test: Case, lexicon: Lexicon = demoLexicon): string[] {
  const decision = decisionOf(test, lexicon);
  const kind = test.kind ?? "calls";
  if (decision.kind !== kind) return [`wanted ${kind}, got ${JSON.stringify(decision).slice(0, 300)}`];
  const found: string[] = [];
  if (decision.kind === "calls") {
    // One call with accounts[] stands for one of each.
    const calls = decision.calls.flatMap(({ tool, args }) => {
      const { accounts, ...rest } = args;
      return Array.isArray(accounts) && tool === "create_promotion"
        ? accounts.map((account) => ({ tool, args: { ...rest, account } }))
        : [{ tool, args }];
    });
    const [first] = calls;
    if (test.oneOf && !test.oneOf.includes(first!.tool)) found.push(`tool ${first!.tool}`);
    if (test.tool && first!.tool !== test.tool) return [`wanted ${test.tool}, got ${JSON.stringify(first)}`];
    if (test.args) found.push(...lacks(test.args, first!.args));
    for (const key of test.absent ?? [])
      if (first!.args[key] !== undefined) found.push(`${key} should be absent: ${JSON.stringify(first!.args[key])}`);
    if (test.calls) {
      if (calls.length !== test.calls.length)
        found.push(`wanted ${test.calls.length} calls, got ${JSON.stringify(calls)}`);
      for (const [i, want] of test.calls.entries()) {
        if (calls[i]?.tool !== want.tool) found.push(`call ${i} is ${calls[i]?.tool}`);
        else if (want.args) found.push(...lacks(want.args, calls[i]!.args));
      }
    }
    if (test.scenarios) {
      const scenarios = (first!.args.scenarios as Record<string, unknown>[] | undefined) ?? [];
      if (scenarios.length !== test.scenarios.length)
        found.push(`wanted ${test.scenarios.length} scenarios, got ${JSON.stringify(scenarios)}`);
      for (const [i, want] of test.scenarios.entries()) found.push(...lacks(want, scenarios[i] ?? {}));
    }
    const replaced = replacedBy(decision);
    if (test.replaces !== undefined && replaced.length > 0 !== test.replaces)
      found.push(`replaces ${JSON.stringify(replaced)}`);
    if (test.then && !decision.followUp) found.push("no second step");
  }
  if (decision.kind === "clarify" && test.slot && decision.asked.slot !== test.slot)
    found.push(`wanted to ask for ${test.slot}, asks for ${decision.asked.slot}: ${decision.question}`);
  if (decision.kind === "clarify" && test.args) found.push(...lacks(test.args, decision.asked.args));
  if (decision.kind === "smalltalk" && test.topic && decision.topic !== test.topic)
    found.push(`topic ${decision.topic}`);
  if (
    decision.kind === "decide" &&
    test.approve !== undefined &&
    decision.decisions.some((d) => d.approve !== test.approve)
  )
    found.push(`decided ${JSON.stringify(decision.decisions)}`);
  return found;
}
export { next };
