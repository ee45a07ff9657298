import { formatFigure, type Unit } from "../../data/common/format.ts";
import type { Call, Figure } from "../answer.ts";
import { type NumberToken, scanNumbers } from "./scan.ts";

interface Leaf {
  readonly call: number;
  readonly path: string;
  readonly key: string;
  readonly value: number;
  readonly currency: string | null;
}

const pointerPart = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Every number in the results of the calls of a turn, with its pointer and the currency that stands beside it. */
function leavesOf(calls: readonly Call[]): Leaf[] {
  const leaves: Leaf[] = [];
  calls.forEach((call, index) => {
    if (call.status === "error") return;
    const walk = (value: unknown, path: string, key: string, currency: string | null): void => {
      if (typeof value === "number" && Number.isFinite(value)) leaves.push({ call: index, path, key, value, currency });
      else if (value !== null && typeof value === "object") {
        const own = (value as Record<string, unknown>).currency;
        const money = typeof own === "string" ? own : currency;
        for (const [k, v] of Object.entries(value))
          walk(v, `${path}/${pointerPart(k)}`, Array.isArray(value) ? key : k, money);
      }
    };
    walk(call.result, "", "", null);
  });
  return leaves;
}

/** Units under which a model may have written a value: the written text must be exactly ours in one of them. */
function unitOf(token: NumberToken, leaf: Leaf): { unit: Unit; text: string } | null {
  const tries: Unit[] = token.percent
    ? ["%"]
    : /[$€£¥]/.test(token.text)
      ? leaf.currency
        ? [leaf.currency]
        : []
      : ["units", "ratio", "count"];
  for (const unit of tries) {
    const text = formatFigure(leaf.value, unit);
    if (text.replace(/\s/g, "") === token.text.replace(/\s/g, "").replace("−", "-")) return { unit, text };
  }
  return null;
}

/**
 * Binds the numbers of a text that a model wrote to the results of the turn's calls, rewriting each in our own form.
 * Numbers that no result holds stay unbound, and `prove` removes their sentences.
 */
export function bindText(
  text: string,
  calls: readonly Call[],
  names: readonly string[],
): { text: string; figures: Figure[] } {
  const leaves = leavesOf(calls);
  const figures: Figure[] = [];
  let out = "";
  let from = 0;
  for (const token of scanNumbers(text, names)) {
    for (const leaf of leaves) {
      const as = unitOf(token, leaf);
      if (!as) continue;
      out += text.slice(from, token.start) + as.text;
      from = token.end;
      figures.push({ text: as.text, value: leaf.value, unit: as.unit, call: leaf.call, path: leaf.path });
      break;
    }
  }
  return { text: out + text.slice(from), figures };
}

/** A number of a sentence that our own code wrote, with the unit in which it is written there. */
export interface Fact {
  readonly value: number;
  readonly unit: Unit;
}

/** The numbers of a sentence that our own code wrote (an error's), as facts that can stand in a result and be bound to. */
export function factsOf(sentence: string, names: readonly string[]): Fact[] {
  return scanNumbers(sentence, names).flatMap((token) => {
    const value = token.percent ? token.value / 100 : token.value;
    const units: Unit[] = token.percent ? ["%"] : token.text.includes("€") ? ["EUR"] : ["count", "ratio"];
    const unit = units.find((u) => formatFigure(value, u) === token.text);
    return unit ? [{ value, unit }] : [];
  });
}
