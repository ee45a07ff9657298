import type { Call } from "../answer.ts";

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
