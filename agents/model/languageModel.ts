import type { BaseChatModel } from "@langchain/core/language_models/chat_models";

/** What one turn may ask of a model. */
export interface Limits {
  /** Requests. */
  readonly calls: number;
  /** Tokens read and written, over all requests. */
  readonly tokens: number;
}

export const DEFAULT_LIMITS: Limits = { calls: 12, tokens: 200_000 };

/** What a service takes, per million tokens. */
export interface Price {
  readonly prompt: number;
  readonly completion: number;
  readonly currency: string;
}

/** A language model behind a service: opened for each turn, so that what it does is told to whoever watches that turn. */
export interface LanguageModel {
  /** As in KAM_MODEL: `openai:<model>`, `ollama:<model>`. */
  readonly name: string;
  readonly limits: Limits;
  /** Null where the settings name none: a cost is never guessed. */
  readonly price: Price | null;
  /** The chat model for one turn. */
  open(tell: (news: string) => void): Promise<BaseChatModel>;
  /** Why it cannot plan here, in words after its name ("cannot call tools"); null where nothing speaks against it. */
  unfit(): Promise<string | null>;
}
