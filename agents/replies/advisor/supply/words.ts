import { listed } from "../../../../data/common/words.ts";
import type { Say } from "../../say.ts";

/** What every result of supply says of what it is about. */
export interface Supply {
  readonly account: string | null;
  readonly product: string | null;
  readonly without: readonly string[];
  readonly show: "cover" | "forward_buying" | "fill_rate" | "orders";
  readonly promotion: {
    readonly id: string;
    readonly name: string;
    readonly start: string;
    readonly end: string;
  } | null;
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

/** "of Kestrel at Bramley Stores", "for P-1341, Kestrel 20 % at Bramley", empty where everything is meant. */
export function about(result: Supply): string {
  const { promotion } = result;
  if (promotion) return `for ${promotion.id}, ${promotion.name}`;
  return [result.product && `of ${result.product}`, result.account && `at ${result.account}`].filter(Boolean).join(" ");
}

/** The paragraph under an answer. */
export function sayNotes(say: Say, result: Supply, ground = ""): void {
  const without = result.without.length ? `Filter: without ${listed(result.without)}.` : "";
  const text = [ground, without, ...result.assumptions, ...result.missing].filter(Boolean).join(" ");
  if (text) say.p(`**Ground.** ${text}`);
}
