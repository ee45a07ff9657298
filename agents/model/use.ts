import type { AIMessage } from "@langchain/core/messages";
import type { Limits, Price } from "./languageModel.ts";

/** What a turn has asked of its language model so far. */
export interface ModelUse {
  calls: number;
  /** As the service counts them. */
  promptTokens: number;
  completionTokens: number;
  /** Requests of which the service did not say how many tokens they took. */
  uncounted: number;
  /** Messages with calls that no tool takes. */
  mistakes: number;
  /** Pieces of its words that nothing in the results stood behind; none of them reached the person. */
  untraced: number;
  ms: number;
}

export const noUse = (): ModelUse => ({
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  uncounted: 0,
  mistakes: 0,
  untraced: 0,
  ms: 0,
});

/** Counts one answer. */
export function countAnswer(use: ModelUse, message: AIMessage): void {
  const { input_tokens: prompt = 0, output_tokens: completion = 0 } = message.usage_metadata ?? {};
  if (prompt + completion === 0) use.uncounted++;
  use.promptTokens += prompt;
  use.completionTokens += completion;
}

export const isSpent = (use: ModelUse, limits: Limits): boolean =>
  use.calls >= limits.calls || use.promptTokens + use.completionTokens >= limits.tokens;

/** What the turn cost, in millionths of the price's currency; null where no price is set or the service did not count. */
export function costMicro(use: ModelUse, price: Price | null): number | null {
  if (!price || use.uncounted > 0) return null;
  return Math.round(use.promptTokens * price.prompt + use.completionTokens * price.completion);
}

/** What an answer says of it: tokens as the service counted them, null where it did not. */
export interface Usage {
  readonly model: string;
  readonly calls: number;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  /** In major units; null where no price is set. */
  readonly cost: number | null;
  readonly currency: string | null;
}

export function usageOf(use: ModelUse, model: string, price: Price | null): Usage {
  const micro = costMicro(use, price);
  const counted = use.promptTokens + use.completionTokens > 0;
  return {
    model,
    calls: use.calls,
    prompt_tokens: counted ? use.promptTokens : null,
    completion_tokens: counted ? use.completionTokens : null,
    cost: micro === null ? null : micro / 1_000_000,
    currency: micro === null ? null : (price?.currency ?? null),
  };
}
