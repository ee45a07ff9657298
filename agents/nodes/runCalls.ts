import { randomUUID } from "node:crypto";
import { AIMessage, type BaseMessage, type ToolCall, ToolMessage } from "@langchain/core/messages";
import { KamError, toKamError } from "../../data/common/errors.ts";
import type { Proposal, Role } from "../../tools/define.ts";
import { parseArgs } from "../../tools/parseArgs.ts";
import type { Call, Pending } from "../answer.ts";
import { compact } from "../history.ts";
import type { RoleState } from "../roles/states.ts";
import type { Asked } from "../state.ts";
import type { Turn } from "../turn.ts";
import { refuseUnasked } from "../words/asked.ts";
import { withoutMarks } from "../words/outside.ts";
import { errorResult } from "./errorResult.ts";

/** The calls of the last thought that have no result yet. */
export function openCalls(messages: readonly BaseMessage[]): ToolCall[] {
  const at = messages.findLastIndex((m) => AIMessage.isInstance(m));
  const asked = (messages[at] as AIMessage | undefined)?.tool_calls ?? [];
  const answered = new Set(messages.slice(at + 1).flatMap((m) => (ToolMessage.isInstance(m) ? [m.tool_call_id] : [])));
  return asked.filter((call) => !answered.has(keyOf(call)));
}

const keyOf = (call: ToolCall): string => call.id ?? call.name;

/** What the calls of a role brought to its state. */
type Ran = Pick<RoleState, "asked" | "pending" | "proposed" | "born"> & { readonly messages: ToolMessage[] };

/**
 * Runs those of the open calls that are the role's own: reads run, writes only propose. An error of a tool becomes the
 * call's result, never the end of the turn. What belongs to another role is left for it.
 */
export async function runCalls(role: Role, state: RoleState, turn: Turn): Promise<Ran> {
  const messages: ToolMessage[] = [];
  let pending = state.pending ?? [];
  let proposed = state.proposed ?? 0;
  let asked = state.asked;
  const thought = state.messages.findLast((m) => AIMessage.isInstance(m));
  const replaced = (thought?.additional_kwargs.replaces as Record<string, string[]> | undefined) ?? {};
  const malformed = new Set((thought?.additional_kwargs.malformed as string[] | undefined) ?? []);
  for (const request of openCalls(state.messages)) {
    if ((turn.registry.get(request.name)?.role ?? role) !== role) continue;
    const args = malformed.has(request.id ?? "") ? null : (withoutMarks(request.args) as Record<string, unknown>);
    let made: string[] = [];
    const { call, proposals, question } = await runOne(turn, state.messages, request.name, args);
    turn.calls.push(call);
    if (asked?.tool === request.name) asked = null;
    if (proposals.length) {
      const items: Pending[] = proposals.map((p) => ({
        id: `w${++proposed}`,
        kind: request.name,
        change: p.change,
        checks: p.checks,
      }));
      const corrected = replaced[request.id ?? ""] ?? replacedBy(turn, request);
      pending = inPlaceOf(pending, [...corrected, ...ofSameClaim(pending, items)], items);
      made = items.map((item) => item.id);
    }
    if (question) {
      turn.clarify = question.question;
      const followUp = thought?.additional_kwargs.followUp as Asked["followUp"];
      asked = { ...question, tool: request.name, args: args ?? {}, ...(followUp ? { followUp } : {}) };
    }
    messages.push(
      new ToolMessage({
        tool_call_id: keyOf(request),
        name: request.name,
        content: JSON.stringify({
          call: turn.calls.length - 1,
          status: call.status,
          result: compact(call.result),
          items: made,
        }),
      }),
    );
  }
  if (proposed === (state.proposed ?? 0)) return { messages, asked };
  return { messages, asked, pending, proposed, born: state.born || randomUUID() };
}

/** A correction of a language model: what it proposes takes the place of what the sentence corrects. */
function replacedBy({ decision }: Turn, request: ToolCall): readonly string[] {
  const [corrected] = decision.kind === "calls" ? decision.calls : [];
  return corrected?.tool === request.name ? (corrected.replaces ?? []) : [];
}

/** A claim is decided once: what is proposed of it now takes the place of what waits of the same kind. */
const ofSameClaim = (pending: readonly Pending[], items: readonly Pending[]): string[] =>
  pending
    .filter((old) =>
      items.some(
        (item) =>
          item.kind === old.kind && item.change.claim_id !== undefined && item.change.claim_id === old.change.claim_id,
      ),
    )
    .map((old) => old.id);

/** New items where the first of those stood that they replace, else at the end. */
function inPlaceOf(pending: readonly Pending[], ids: readonly string[], items: readonly Pending[]): Pending[] {
  const at = pending.findIndex((item) => ids.includes(item.id));
  const left = pending.filter((item) => !ids.includes(item.id));
  return left.toSpliced(at < 0 ? left.length : at, 0, ...items);
}

interface Outcome {
  readonly call: Call;
  readonly proposals: readonly Proposal[];
  readonly question: { readonly slot: string; readonly question: string } | null;
}

/** @param args null where a model wrote something that cannot be read */
async function runOne(
  turn: Turn,
  thread: readonly BaseMessage[],
  name: string,
  args: Record<string, unknown> | null,
): Promise<Outcome> {
  const started = turn.clock();
  const done = (status: Call["status"], result: Record<string, unknown>): Call => {
    turn.emit({ type: "step", tool: name, status });
    return { tool: name, args: args ?? {}, status, result, ms: Math.round(turn.clock() - started) };
  };
  turn.emit({ type: "step", tool: name, status: "running" });
  try {
    const tool = turn.registry.get(name);
    if (!tool)
      throw new KamError("bad_input", `There is no tool called ${name}.`, { invalid: true, unknown_tool: name });
    if (!args) throw new KamError("bad_input", `${name} takes its arguments as one JSON object.`, { invalid: true });
    const parsed = parseArgs(tool, args);
    refuseUnasked(turn, thread, tool, args);
    if (tool.access === "READ")
      return { call: done("ok", await tool.run(turn.context, parsed)), proposals: [], question: null };
    const { proposals, result } = await tool.propose(turn.context, parsed);
    return { call: done("proposed", result), proposals, question: null };
  } catch (thrown) {
    const error = toKamError(thrown, turn.context.store.path);
    if (error.code === "internal") turn.emit({ type: "log", message: `${name}: ${error.stack ?? error.message}` });
    const question =
      error.code === "missing_slot" || error.code === "ambiguous_name"
        ? { slot: String(error.detail.slot ?? "name"), question: String(error.detail.question ?? error.message) }
        : null;
    return {
      call: done("error", errorResult(error, turn)),
      proposals: [],
      question,
    };
  }
}
