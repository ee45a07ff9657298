import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { applyOnce } from "../../data/changes/changes.service.ts";
import { KamError, toKamError } from "../../data/common/errors.ts";
import { inTransaction } from "../../data/store/open.ts";
import type { WriteTool } from "../../tools/define.ts";
import type { Call, Pending } from "../answer.ts";
import { compact } from "../history.ts";
import type { ItemDecision, ThreadState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { errorResult } from "./errorResult.ts";

/**
 * Applies what a person approved: all approved items in one transaction, each once however often this runs. An item that
 * may not be applied leaves the others as they were, and waits on.
 */
export async function commit(state: typeof ThreadState.State, turn: Turn): Promise<typeof ThreadState.Update> {
  turn.role = "assistant";
  const decisions = new Map(state.decisions.map((d) => [d.id, d]));
  const approved = state.pending.filter((item) => decisions.get(item.id)?.approve);
  const rejected = state.pending.filter((item) => decisions.get(item.id)?.approve === false);
  const { calls, failed } = await applyAll(turn, `${turn.thread}:${state.born}`, approved, decisions);
  const made = [...calls, ...rejected.map((item) => discarded(item))];
  turn.calls.push(...made);
  const gone = new Set([...(failed ? [] : approved), ...rejected].map((item) => item.id));
  return {
    messages: made.flatMap((call, i) => remembered(call, `decided_${state.messages.length}_${i}`)),
    pending: state.pending.filter((item) => !gone.has(item.id)),
    decisions: [],
    asked: null,
    role: "assistant",
  };
}

/** @param born names the thread among all that ever were, so that each of its items has a key of its own */
async function applyAll(
  turn: Turn,
  born: string,
  items: readonly Pending[],
  decisions: ReadonlyMap<string, ItemDecision>,
): Promise<{ calls: Call[]; failed: boolean }> {
  let at: Pending | undefined;
  const keyOf = ({ id }: Pending): string => `${born}:${id}`;
  const started = turn.clock();
  try {
    const calls = await inTransaction(turn.context.store, async (tx) => {
      const made: Call[] = [];
      for (const item of items) {
        at = item;
        const tool = turn.registry.get(item.kind) as WriteTool | undefined;
        if (tool?.access !== "WRITE")
          throw new KamError("bad_input", `Nothing in this release can apply a ${item.kind}.`);
        const edit = decisions.get(item.id)?.edit;
        if (!edit) refuseBlocked(item);
        const context = { ...turn.context, store: tx };
        const named = { key: keyOf(item), batch: keyOf(items[0]!), kind: item.kind };
        const result = await applyOnce(turn.context.actor, tx, named, () => tool.commit(context, item.change, edit));
        made.push({
          tool: item.kind,
          args: { ...item.change, ...edit },
          status: "ok",
          result: { ...result, committed: true },
          ms: Math.round(turn.clock() - started),
        });
      }
      return made;
    });
    return { calls, failed: false };
  } catch (thrown) {
    const error = toKamError(thrown, turn.context.store.path);
    if (error.code === "internal") turn.emit({ type: "log", message: error.stack ?? error.message });
    const call: Call = {
      tool: at?.kind ?? "commit",
      args: { ...at?.change },
      status: "error",
      result: errorResult(error, turn, `${error.message} Nothing was written.`),
      ms: Math.round(turn.clock() - started),
    };
    return { calls: [call], failed: true };
  }
}

function refuseBlocked(item: Pending): void {
  const block = item.checks.find((check) => check.verdict === "block");
  const names = Object.values(block?.facts ?? {}).filter((fact) => typeof fact === "string");
  if (block) throw new KamError("blocked", `This cannot be approved: ${block.message}`, { rule: block.rule, names });
}

const discarded = (item: Pending): Call => ({
  tool: item.kind,
  args: { ...item.change },
  status: "ok",
  result: {
    discarded: true,
    id: item.id,
    promotion: item.change.promotion,
    name: item.change.name,
    claim: item.change.claim,
  },
  ms: 0,
});

/** What was decided, as the thread remembers it, so that "submit it" finds what was just saved. */
function remembered(call: Call, id: string): [AIMessage, ToolMessage] {
  return [
    new AIMessage({
      content: "",
      tool_calls: [{ id, name: call.tool, args: compact(call.args) as Record<string, unknown>, type: "tool_call" }],
    }),
    new ToolMessage({
      tool_call_id: id,
      name: call.tool,
      content: JSON.stringify({ status: call.status, result: compact(call.result) }),
    }),
  ];
}
