import type { z } from "zod";
import type { Store } from "../data/store/open.ts";
import type { Actor } from "../data/users/actor.ts";
import type { Conversation } from "./conversation.ts";
import type { FittedModels } from "./fitting/fittedModels.ts";

export type Role = "assistant" | "advisor" | "expert";

/** What a tool runs in: whose turn it is, over which store, with which fitted models. */
export interface ToolContext {
  readonly store: Store;
  readonly actor: Actor;
  readonly models: FittedModels;
  /** Absent where a tool runs outside a conversation. */
  readonly conversation?: Conversation;
}

export interface Check {
  readonly rule: string;
  readonly verdict: "pass" | "warn" | "block";
  /** One sentence; its numbers are written with `formatFigure` and stand in `facts`, so that a reply can bind them. */
  readonly message: string;
  readonly facts?: Readonly<Record<string, number | string>>;
}

/** A write that waits for a person. `change` is plain JSON, complete: committing it needs nothing else. */
export interface Proposal {
  readonly kind: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly checks: readonly Check[];
}

interface ToolBase<S extends z.ZodType> {
  readonly name: string;
  readonly role: Role;
  /** What it does and when to use it, for a model and for the docs. */
  readonly description: string;
  /** A sentence that a person may say, and the arguments that it means. */
  readonly examples: readonly { readonly say: string; readonly args: z.input<S> }[];
  readonly schema: S;
}

/** Reads; its result is plain JSON: snake_case keys, money in major units with `currency`, fractions, ISO dates, names people read. */
export interface ReadTool<S extends z.ZodType = z.ZodType> extends ToolBase<S> {
  readonly access: "READ";
  run(context: ToolContext, args: z.output<S>): Promise<Record<string, unknown>>;
}

/** Writes in two steps: `propose` changes nothing; `commit` applies one approved proposal inside a transaction (`context.store` is that transaction). */
export interface WriteTool<S extends z.ZodType = z.ZodType> extends ToolBase<S> {
  readonly access: "WRITE";
  /** One proposal an item that waits; `result` is what the reply is made from. */
  propose(
    context: ToolContext,
    args: z.output<S>,
  ): Promise<{ proposals: readonly Proposal[]; result: Record<string, unknown> }>;
  /** Rights, states and blocking checks are looked at again here, by the services. `edit` is what the person changed while approving. */
  commit(
    context: ToolContext,
    change: Proposal["change"],
    edit?: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>>;
}

export type Tool = ReadTool | WriteTool;

/** Keeps the argument types of one tool together; the registry sees them all alike. */
export const readTool = <S extends z.ZodType>(tool: ReadTool<S>): Tool => tool as unknown as Tool;
export const writeTool = <S extends z.ZodType>(tool: WriteTool<S>): Tool => tool as unknown as Tool;
