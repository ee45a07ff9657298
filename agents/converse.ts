import { randomUUID } from "node:crypto";
import { HumanMessage } from "@langchain/core/messages";
import { Command } from "@langchain/langgraph";
import { KamError, toKamError } from "../data/common/errors.ts";
import type { Store } from "../data/store/open.ts";
import type { Threads } from "../data/threads/threads.repo.ts";
import { type Actor, loadActor } from "../data/users/actor.ts";
import { tools } from "../tools/index.ts";
import { buildRegistry, type Registry } from "../tools/registry.ts";
import { type Answer, joined, type Pending } from "./answer.ts";
import { calendarKeeper } from "./calendar.ts";
import { buildGraph } from "./graph.ts";
import { threadKey } from "./memory/ownThreads.ts";
import { answersUsage, recordUse } from "./model/recordUse.ts";
import { openTurn, type TurnDeps } from "./openTurn.ts";
import type { CallsDecision } from "./planner/index.ts";
import { describePending } from "./replies/pending.ts";
import { type Resume, resumeSchema, type ThreadState } from "./state.ts";
import type { Channel, TurnEvent } from "./turn.ts";
import { withoutLinks } from "./words/plain.ts";

export interface Request {
  readonly id?: string | number | undefined;
  readonly text?: string | undefined;
  readonly thread?: string | undefined;
  readonly user?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly resume?: unknown;
  /** A write that a form asks for outright, in place of a sentence that has to be understood; it only proposes, like any other. */
  readonly call?: { readonly tool: string; readonly args: Readonly<Record<string, unknown>> } | undefined;
}

export interface Deps extends TurnDeps {
  readonly store: Store;
  readonly threads: Threads;
  /** ISO date of the day of a turn: a server outlives the day on which it was started. */
  readonly today: () => string;
}

/** Whose turn it is, and in which thread. */
interface Standing {
  readonly store: Store;
  readonly actor: Actor;
  readonly thread: string;
  /** Names the thread where threads are kept: each person's are her own. */
  readonly key: string;
}

const LONGEST_TEXT = 10_000;
const NOT_KEPT = "This conversation could not be kept, so it may ask again about what is done already.";

/** The agent's one door for every channel: one turn of one person in one thread. */
export function buildConverse(deps: Deps) {
  const registry = buildRegistry(tools);
  const graph = buildGraph(registry, { checkpointer: deps.threads.saver });
  const busy = new Set<string>();
  const keepCalendar = calendarKeeper();

  async function turnOf(
    request: Request,
    { store, actor, thread, key, emit }: Standing & { readonly emit: (event: TurnEvent) => void },
  ): Promise<{ answer: Answer; then?: string }> {
    const started = deps.clock();
    const channel = request.channel ?? "chat";
    const config = { configurable: { thread_id: key } };
    const before = await graph.getState(config).catch((thrown) => {
      throw toKamError(thrown, deps.threads.path);
    });
    const state = before.values as Partial<typeof ThreadState.State>;
    const waiting = before.tasks.some((task) => task.interrupts.length > 0);
    const pending = waiting ? (state.pending ?? []) : [];
    const resume = request.resume === undefined ? null : parseResume(request.resume, pending);
    const said: Resume = resume ?? { text: parseText(request.text) };
    const call = request.call && parseCall(registry, request.call);
    const turn = await openTurn(deps, { registry, store, actor, key, channel, state, pending, said, call, emit });
    const { decision, calls } = turn;
    const answer = (waits: readonly Pending[]): Answer => ({
      ...(request.id === undefined ? {} : { id: request.id }),
      thread,
      role: turn.role,
      reply: withoutLinks(turn.reply),
      calls: turn.calls,
      pending: waits,
      figures: turn.figures,
      charts: turn.charts,
      clarify: turn.clarify && withoutLinks(turn.clarify),
      model: turn.modelName,
      ms: Math.round(deps.clock() - started),
      ...answersUsage(turn),
    });
    if (decision.kind === "readback" || (decision.kind === "decide" && !waiting)) {
      turn.reply = pending.length
        ? describePending(pending, channel, decision.kind === "readback" ? decision.why : undefined)
        : "Nothing is waiting for a decision in this thread.";
      return { answer: answer(pending) };
    }
    const going: Resume = decision.kind === "decide" ? { decisions: decision.decisions } : said;
    const input = waiting
      ? new Command({ resume: going })
      : { messages: [new HumanMessage("text" in said ? said.text : "")] };
    try {
      const after = (await graph.invoke(input as never, {
        ...config,
        context: turn as never,
        durability: "exit",
        recursionLimit: 60,
      })) as typeof ThreadState.State;
      deps.threads.prune(key);
      const then = decision.kind === "decide" ? decision.then : undefined;
      return { answer: answer(after.pending ?? []), ...(then === undefined ? {} : { then }) };
    } catch (thrown) {
      // What was approved is in the store, whatever becomes of the conversation: that it failed must not be said.
      if (!turn.reply || !calls.some((call) => call.result.committed)) throw toKamError(thrown, deps.threads.path);
      turn.reply = `${turn.reply}\n\n${NOT_KEPT}`;
      const left = pending.filter(({ id }) => !("decisions" in going && going.decisions.some((d) => d.id === id)));
      return { answer: answer(left) };
    } finally {
      await recordUse(turn, thread);
    }
  }

  /** What was decided is done first; what the same sentence asks for besides is answered over what then stands. */
  async function answered(request: Request, standing: Parameters<typeof turnOf>[1]): Promise<Answer> {
    const { answer, then } = await turnOf(request, standing);
    if (then === undefined || answer.calls.some((call) => call.status === "error")) return answer;
    try {
      const { resume: _, ...rest } = request;
      return joined(answer, (await turnOf({ ...rest, text: then }, standing)).answer);
    } catch (thrown) {
      const { message } = toKamError(thrown, deps.threads.path);
      return { ...answer, reply: `${answer.reply}\n\n${message}` };
    }
  }

  return async function converse(request: Request, emit: (event: TurnEvent) => void = () => {}): Promise<Answer> {
    const thread = request.thread ?? randomUUID();
    try {
      const store: Store = { ...deps.store, today: deps.today() };
      await keepCalendar(store);
      const actor = await loadActor(store, request.user);
      const key = threadKey(actor, thread);
      if (busy.has(key))
        throw new KamError("thread_busy", "This conversation is still answering; wait for it and send again.");
      busy.add(key);
      return await answered(request, { store, actor, thread, key, emit }).finally(() => busy.delete(key));
    } catch (thrown) {
      throw toKamError(thrown, deps.store.path);
    }
  };
}

export type Converse = ReturnType<typeof buildConverse>;

function parseText(text: string | undefined): string {
  const said = text?.trim() ?? "";
  if (!said) throw new KamError("bad_input", "There is nothing to answer: send a text.");
  if (said.length > LONGEST_TEXT)
    throw new KamError("bad_input", `That is ${said.length} characters; send at most ${LONGEST_TEXT}.`);
  return said;
}

/** @throws KamError bad_input where it is no write of the registry's */
function parseCall(registry: Registry, { tool: name, args }: NonNullable<Request["call"]>): CallsDecision {
  const tool = registry.get(name);
  if (tool?.access !== "WRITE")
    throw new KamError("bad_input", `There is nothing called "${name}" that could be proposed.`);
  return { kind: "calls", role: tool.role, calls: [{ tool: name, args }], notes: [] };
}

function parseResume(resume: unknown, pending: readonly Pending[]) {
  const parsed = resumeSchema.safeParse(resume);
  if (!parsed.success)
    throw new KamError(
      "bad_input",
      'A decision looks like {"decisions":[{"id":"w1","approve":true}]}; nothing was changed.',
    );
  if (!pending.length) throw new KamError("wrong_state", "Nothing is waiting for a decision in this thread.");
  for (const { id } of parsed.data.decisions) {
    if (!pending.some((item) => item.id === id))
      throw new KamError(
        "not_found",
        `Nothing called "${id}" is waiting in this thread; waiting: ${pending.map((p) => p.id).join(", ")}.`,
      );
  }
  return parsed.data;
}
