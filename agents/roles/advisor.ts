import type { Registry } from "../../tools/registry.ts";
import type { InTurn } from "../inTurn.ts";
import { buildRole } from "./buildRole.ts";
import { ReadingState } from "./states.ts";

/** Reads the history and the market. */
export const buildAdvisor = (registry: Registry, inTurn?: InTurn) =>
  buildRole({ role: "advisor", state: ReadingState, policy: "advisor.md" }, registry, inTurn);
