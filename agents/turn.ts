import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Role, ToolContext } from "../tools/define.ts";
import type { Registry } from "../tools/registry.ts";
import type { Call, Chart, Figure } from "./answer.ts";
import type { LanguageModel } from "./model/languageModel.ts";
import type { ModelUse } from "./model/use.ts";
import type { Decision, PlannerContext } from "./planner/index.ts";

export type Channel = "chat" | "voice" | "slash";

/** What happens in a turn, as it happens, for whoever watches. */
export type TurnEvent =
  | { readonly type: "step"; readonly tool: string; readonly status: "running" | Call["status"] }
  /** What a language model is about to do; never a word of its answer, which is not proven yet. */
  | { readonly type: "thinking"; readonly says: string }
  | { readonly type: "log"; readonly message: string }
  /** What a part of the turn took, in milliseconds. */
  | { readonly type: "phase"; readonly phase: "lexicon" | "planner" | "reply and proof"; readonly ms: number };

/** One turn of one person: what it runs in and what it has brought so far. Handed to the graph as its runtime context; never stored. */
export interface Turn {
  readonly thread: string;
  readonly channel: Channel;
  readonly context: ToolContext;
  readonly registry: Registry;
  /** The language model of the settings, or null. */
  readonly language: LanguageModel | null;
  /** The model that plans; `offline` is the built-in planner, which takes over where the language model fails. */
  model: BaseChatModel;
  modelName: string;
  readonly use: ModelUse;
  /** Why the language model did not finish the turn: a sentence for the reply. */
  modelNote: string | null;
  readonly offline: BaseChatModel;
  readonly planner: PlannerContext;
  /** What the built-in planner makes of the sentence: it routes, and decides about what waits, whichever model plans. */
  readonly decision: Decision;
  readonly emit: (event: TurnEvent) => void;
  readonly clock: () => number;
  /** Brought by the turn. */
  readonly calls: Call[];
  readonly notes: string[];
  role: Role;
  /** What was asked for next and is not done, and why: a sentence for the reply. */
  undone: string | null;
  clarify: string | null;
  reply: string;
  figures: Figure[];
  charts: Chart[];
}
