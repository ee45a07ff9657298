import { MessagesValue, StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import type { Pending } from "./answer.ts";
import { type Memory, NO_MEMORY } from "./memory/memory.ts";

export const roleSchema = z.enum(["assistant", "advisor", "expert"]);

/** A question that was asked back, so that the next sentence can be its answer. */
export interface Asked {
  readonly slot: string;
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly question: string;
  /** What was to be done with the result, in the planner's terms. */
  readonly followUp?: { readonly text: string; readonly tool: string; readonly said: string };
  /** Turns that have passed since without answering it. */
  readonly age?: number;
}

/** A question stays open over this many turns about something else. */
export const ASKED_STAYS = 2;

/** What every graph has: what was said, whose turn it is to act, and what was asked back. */
export const talk = {
  messages: MessagesValue,
  role: roleSchema.default("assistant"),
  asked: z.custom<Asked>().nullable().default(null),
};

/** What only those have that may propose a write. */
export const proposals = {
  pending: z.array(z.custom<Pending>()).default(() => []),
  /** Counts the writes ever proposed in the thread: what waits is named by it. */
  proposed: z.number().default(0),
  /** Made with the first write proposed: tells the thread from another of its name, whose items are named alike (the store was copied, the file of threads removed). */
  born: z.string().default(""),
};

/**
 * What a thread keeps: small and JSON only. Results, figures and charts of a turn live in the turn (turn.ts), not here.
 */
export const ThreadState = new StateSchema({
  ...talk,
  ...proposals,
  decisions: z.array(z.custom<ItemDecision>()).default(() => []),
  /** What is remembered of turns whose messages are kept no more. */
  memory: z.custom<Memory>().default(NO_MEMORY),
});

/** What a person decided about one item that waits. */
const itemDecision = z.strictObject({
  id: z.string().min(1),
  approve: z.boolean(),
  edit: z.record(z.string(), z.unknown()).optional(),
});
export type ItemDecision = z.output<typeof itemDecision>;
export const resumeSchema = z.strictObject({ decisions: z.array(itemDecision).min(1) });

/** How an interrupted thread goes on: with decisions, or with something else that the person said meanwhile. */
export type Resume = { readonly decisions: readonly ItemDecision[] } | { readonly text: string };
