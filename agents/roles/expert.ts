import type { Registry } from "../../tools/registry.ts";
import type { InTurn } from "../inTurn.ts";
import { buildRole } from "./buildRole.ts";
import { ReadingState } from "./states.ts";

/** Computes what lies ahead. */
export const buildExpert = (registry: Registry, inTurn?: InTurn) =>
  buildRole({ role: "expert", state: ReadingState, policy: "expert.md" }, registry, inTurn);
