import { recordModelUse } from "../../data/usage/modelUse.service.ts";
import type { Turn } from "../turn.ts";
import { costMicro, type Usage, usageOf } from "./use.ts";

/** What an answer says of the language model's part in the turn; nothing where none was asked. */
export function answersUsage({ language, use }: Turn): { usage?: Usage } {
  return language && use.calls ? { usage: usageOf(use, language.name, language.price) } : {};
}

/** Keeps what the turn asked of its language model, however it ended. */
export async function recordUse(turn: Turn, thread: string): Promise<void> {
  const { language, use, modelName, context } = turn;
  if (!language || use.calls === 0) return;
  const { prompt_tokens, completion_tokens, calls, currency } = usageOf(use, language.name, language.price);
  await recordModelUse(context.actor, context.store, {
    thread,
    model: language.name,
    calls,
    prompt_tokens,
    completion_tokens,
    cost_micro: costMicro(use, language.price),
    currency,
    ms: Math.round(use.ms),
    untraced: use.untraced,
    finished: modelName === language.name ? 1 : 0,
  });
}
