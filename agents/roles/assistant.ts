import type { Registry } from "../../tools/registry.ts";
import type { InTurn } from "../inTurn.ts";
import { buildRole } from "./buildRole.ts";
import { AssistantState } from "./states.ts";

/** Acts and guides: the one role whose tools write, and whose state holds what waits for a person. */
export const buildAssistant = (registry: Registry, inTurn?: InTurn) =>
  buildRole({ role: "assistant", state: AssistantState, policy: "assistant.md" }, registry, inTurn);
