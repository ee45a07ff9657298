import { type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { foldName } from "../../data/common/names.ts";
import { type Wishes, withoutQuotations } from "../planner/index.ts";
import type { Turn } from "../turn.ts";
import { PARTS, WRITTEN } from "./outside.ts";

/** What the person has said or seen as a fact: this is what a write may be about. */
export class Said {
  readonly wishes: Wishes;
  private readonly turn: Turn;
  private readonly thread: readonly BaseMessage[];
  private readonly facts: unknown[];

  constructor(turn: Turn, thread: readonly BaseMessage[], wishes: Wishes) {
    this.turn = turn;
    this.thread = thread;
    this.wishes = wishes;
    const { decision, planner } = turn;
    this.facts = [
      ...(decision.kind === "calls" ? decision.calls.map((c) => c.args) : []),
      ...(decision.kind === "clarify" ? [decision.asked.args] : []),
      planner.asked?.args,
      ...planner.pending.map((item) => item.change),
      ...planner.history.flatMap((t) =>
        t.calls.flatMap((c) => (c.status === "error" ? [c.result.alternatives] : [c.args, withoutQuotes(c.result)])),
      ),
      ...thread.filter((m) => ToolMessage.isInstance(m)).map(factIn),
    ];
  }

  get accounts(): Turn["planner"]["lexicon"]["accounts"] {
    return this.turn.planner.lexicon.accounts;
  }

  /** The account that a reference names, if it names one. */
  accountOf(ref: unknown): string | null {
    if (typeof ref === "number") return this.accounts.find((a) => a.id === ref)?.name ?? null;
    const words = ` ${foldName(String(ref))} `;
    return (
      this.accounts.find((a) => [a.name, ...a.aliases].some((n) => words.includes(` ${foldName(n)} `)))?.name ?? null
    );
  }

  promotion(ref: unknown) {
    const { promotions } = this.turn.planner.lexicon;
    const code = /\bP-?\s?(\d+)\b/i.exec(String(ref))?.[1];
    return code ? promotions.find((p) => p.code === `P-${code}`) : promotions.find((p) => p.name === ref);
  }

  /** True where some fact holds it as a whole value. */
  isFact(value: string): boolean {
    return this.facts.some((fact) => holds(fact, (v) => v === value));
  }

  /** True where she has named the promotion or claim earlier, or it stands in what she was told. */
  isSpoken(code: string): boolean {
    return this.wishes.earlier.codes.has(code) || this.isFact(code);
  }

  /** True where she has named the account in her own words in this thread. */
  spokeOf(account: string): boolean {
    const texts = [
      ...this.thread.flatMap((m) => (HumanMessage.isInstance(m) ? [m.text] : [])),
      ...this.turn.planner.history.map((t) => t.text),
    ];
    return texts.some((text) => this.accountOf(withoutQuotations(text)) === account);
  }

  isNumber(value: number): boolean {
    const same = (n: number): boolean => Math.abs(n - value) <= 1e-6 * Math.max(1, Math.abs(value));
    const scaled = (n: number): boolean => [n, n / 100, n * 1_000].some(same);
    const { numbers, earlier } = this.wishes;
    if ([...numbers, ...earlier.numbers].some(scaled)) return true;
    const before = this.turn.planner.pending.flatMap((item) => numbersOf(item.change));
    const moved = (b: number): boolean =>
      [
        2 * b,
        b / 2,
        ...numbers.flatMap((n) => [
          b + n,
          b - n,
          b + n / 100,
          b - n / 100,
          b * (1 + n / 100),
          b * (1 - n / 100),
          b * n,
        ]),
      ].some(same);
    return before.some(moved) || this.facts.some((fact) => holds(fact, (v) => typeof v === "number" && same(v)));
  }
}

/** Named in the sentence; where it names none, spoken of earlier, or in a result that the sentence led to. */
export function isHerAccount(said: Said, account: string): boolean {
  const { accounts, codes } = said.wishes;
  if ([...codes].some((code) => said.promotion(code)?.account === account)) return true;
  if (accounts) return accounts.has(account);
  return said.isFact(account) || said.spokeOf(account);
}

/** What a call brought; of an error, which repeats what was tried, the names that it offers. */
function factIn(message: ToolMessage): unknown {
  const { status, result } = JSON.parse(message.text) as { status: unknown; result: unknown };
  return withoutQuotes(status === "error" ? (result as { alternatives?: unknown }).alternatives : result);
}

/** A result without what others wrote, its numbers too. */
function withoutQuotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutQuotes);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !WRITTEN.test(key) && !PARTS.test(key))
      .map(([key, inner]) => [key, withoutQuotes(inner)]),
  );
}

function holds(value: unknown, test: (leaf: unknown) => boolean): boolean {
  if (value !== null && typeof value === "object") return Object.values(value).some((inner) => holds(inner, test));
  return test(value);
}

const numbersOf = (value: unknown): number[] => {
  if (typeof value === "number") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersOf) : [];
};
