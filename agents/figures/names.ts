import type { Call, Pending } from "../answer.ts";
import type { Lexicon } from "../planner/index.ts";

const NAME_KEYS =
  /(^|_)(name|names|account|accounts|product|products|brand|category|promotion|promotions|claim|fund|store|competitor|contact|code|id|series|owner|thread|label|file|title)$/;

/** Names and ids that stand in results and arguments: their digits are not figures. */
export function namesInCalls(calls: readonly Call[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      if (NAME_KEYS.test(key) && /\d/.test(value) && !/^[-+]?[\d.,\s%€$]+$/.test(value)) found.add(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (value !== null && typeof value === "object") for (const [k, v] of Object.entries(value)) walk(v, k);
  };
  for (const call of calls) walk(call.result, "");
  return [...found];
}

/** Names and ids of the store whose digits are not figures. */
export const namesInLexicon = (lexicon: Lexicon): string[] => [
  ...lexicon.accounts.flatMap((a) => [a.name, ...a.aliases]),
  ...lexicon.products.map((p) => p.name),
  ...lexicon.brands.map((b) => b.name),
  ...lexicon.promotions.flatMap((p) => [p.code, p.name]),
  ...lexicon.claims.map((c) => c.code),
];

/** Names of what waits: a draft has one before the store knows it. */
export const namesInPending = (pending: readonly Pending[]): string[] =>
  pending.flatMap(({ change }) =>
    [change.name, change.promotion, change.claim].filter((name) => typeof name === "string"),
  );
