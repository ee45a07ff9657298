import { StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { proposals, roleSchema, talk } from "../state.ts";

/** A role's own while it works on a request; nothing outside its graph sees it, and the thread does not keep it. */
const visit = {
  /** Where the request goes once the calls of this role have run. */
  next: roleSchema.nullable().default(null),
  /** Thoughts of this role about this request. */
  thoughts: z.number().default(0),
};

/** The assistant's: what is said, what waits for a person, and its own. */
export const AssistantState = new StateSchema({ ...talk, ...proposals, ...visit });

/** Who only reads has no place in which a write could wait. */
export const ReadingState = new StateSchema({ ...talk, ...visit });

type Full = typeof AssistantState.State;
type FullUpdate = typeof AssistantState.Update;
/** A role's state as the steps of any role see it: what waits is there for the assistant alone. */
export type RoleState = typeof ReadingState.State & Partial<Pick<Full, "pending" | "proposed" | "born">>;
export type RoleUpdate = typeof ReadingState.Update & Partial<Pick<FullUpdate, "pending" | "proposed" | "born">>;
