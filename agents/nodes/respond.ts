import { AIMessage } from "@langchain/core/messages";
import type { Call, Figure } from "../answer.ts";
import { namesInCalls, namesInLexicon, namesInPending } from "../figures/names.ts";
import { prove } from "../figures/prove.ts";
import type { Words } from "../figures/words/index.ts";
import { fallenMessages } from "../history.ts";
import { extended } from "../memory/memory.ts";
import { remembered, spokenOf } from "../memory/remember.ts";
import { ownWords } from "../model/ownWords.ts";
import { composers } from "../replies/index.ts";
import { describePending } from "../replies/pending.ts";
import { plainQuestion } from "../replies/questions.ts";
import { Say } from "../replies/say.ts";
import { shaped } from "../replies/shaped.ts";
import { smalltalk } from "../replies/smalltalk.ts";
import type { ThreadState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { speaksForOthers } from "../words/asked.ts";
import { oddNames } from "../words/outside.ts";
import { quotingNames } from "../words/plain.ts";

/** Makes the reply of a turn from what its calls brought, proves every figure, and leaves the thread its text. */
export async function respond(state: typeof ThreadState.State, turn: Turn): Promise<typeof ThreadState.Update> {
  const started = turn.clock();
  const names = [
    ...namesInLexicon(turn.planner.lexicon),
    ...namesInCalls(turn.calls),
    ...namesInPending(state.pending),
  ];
  const { charts, figures, found, beside } = compose(turn, state);
  const composed = prove([...found, ...beside].join("\n\n"), figures, turn.calls, names);
  // Once a model has read what somebody outside wrote, its words could be theirs.
  const own = speaksForOthers(turn, state.messages) ? null : await ownWords(turn, state.messages, composed);
  let proven: Words = composed;
  if (own && !turn.calls.length) proven = { reply: [own.reply, ...beside].join("\n\n"), figures: own.figures };
  else if (own && turn.calls.some((call) => call.status === "ok")) {
    const under = prove([...shownUnder(own, found), ...beside].join("\n\n"), figures, turn.calls, names);
    proven = {
      reply: [own.reply, under.reply].filter(Boolean).join("\n\n"),
      figures: [...own.figures, ...under.figures],
    };
  }
  for (const piece of composed.removed) turn.emit({ type: "log", message: `untraced figure removed: ${piece}` });
  turn.reply = proven.reply;
  if (turn.clarify && !turn.reply.includes(turn.clarify)) {
    turn.clarify = plainQuestion(state.asked?.slot);
    turn.reply = [turn.reply, turn.clarify].filter(Boolean).join("\n\n");
  }
  if (turn.modelNote) turn.reply = [turn.reply, turn.modelNote].filter(Boolean).join("\n\n");
  turn.reply = quotingNames(turn.reply, oddNames(turn.calls.map((call) => call.result)));
  turn.figures = [...proven.figures];
  turn.charts = charts;
  turn.emit({ type: "phase", phase: "reply and proof", ms: turn.clock() - started });
  const spoken = spokenOf(turn.reply, turn.figures, turn.planner.lexicon.today);
  const message = new AIMessage({ content: turn.reply, additional_kwargs: { spoken } });
  const { fallen, removals } = fallenMessages(state.messages);
  return {
    messages: [message, ...removals],
    memory: fallen.length ? extended(state.memory, remembered(fallen)) : state.memory,
    decisions: [],
  };
}

const isTable = (block: string): boolean => block.startsWith("|");
const isGround = (block: string): boolean => block.startsWith("**Ground.**");

/** What belongs under a model's own words: everything where they tell no figure, else the composed ground, and the tables where the words have none (those with a title of their own are of something else besides). */
function shownUnder({ reply: words, figures }: Words, found: readonly string[]): string[] {
  if (found.join("\n\n") === words) return [];
  if (figures.length === 0) return [...found];
  const hasTable = words.split("\n\n").some(isTable);
  const titled = (i: number): boolean => /^\*\*.*(?:\*\*|:)$/.test(found[i - 1] ?? "");
  return found.filter((block, i) => isGround(block) || (isTable(block) && !hasTable && !titled(i)));
}

/** The composed reply in blocks: what the calls found (or what is said where there were none), and what stands beside it. */
interface Composed {
  readonly found: string[];
  readonly beside: string[];
  readonly figures: Figure[];
  readonly charts: Say["charts"];
}

function compose(turn: Turn, state: typeof ThreadState.State): Composed {
  const found: string[] = [];
  const figures: Figure[] = [];
  const charts: Say["charts"] = [];
  // A call that no tool takes was the language model's mistake, and its own to mend: the person need not read of it.
  const mended = turn.language !== null && turn.calls.some((call) => call.result.invalid !== true);
  turn.calls.forEach((call, index) => {
    if (mended && call.result.invalid) return;
    const say = new Say(call, index);
    try {
      composeCall(say, call);
    } catch (error) {
      turn.emit({
        type: "log",
        message: `the reply of ${call.tool} could not be written: ${error instanceof Error ? error.message : error}`,
      });
      say.blocks.splice(
        0,
        say.blocks.length,
        `I have the result of ${call.tool.replaceAll("_", " ")}, but could not put it into words.`,
      );
    }
    const form = shaped(say, call, turn.planner.preferences ?? {});
    found.push(...form.blocks);
    figures.push(...say.figures);
    charts.push(...form.charts);
    for (const note of form.notes) if (!turn.notes.includes(note)) turn.notes.push(note);
  });
  if (!turn.calls.length && !turn.clarify) found.push(smalltalk(turn.decision, turn.channel));
  if (turn.clarify && !found.some((b) => b.includes(turn.clarify as string))) found.push(turn.clarify);
  const beside: string[] = [];
  const failed = turn.calls.length > 0 && turn.calls.every((c) => c.status === "error");
  if (turn.notes.length && !failed) beside.push(`Taken: ${turn.notes.map((n) => n.replace(/[.;]$/, "")).join("; ")}.`);
  if (turn.undone) beside.push(turn.undone);
  // What was asked before and is still open is said again, so that its answer is understood.
  if (state.asked?.age && !turn.clarify) beside.push(`Still open: ${state.asked.question}`);
  if (state.pending.length && !(turn.channel === "chat" && showsAll(turn.calls, state.pending.length)))
    beside.push(describePending(state.pending, turn.channel));
  return { found, beside, figures, charts };
}

/** True where the one proposal of the turn is all that waits: its own words end with how to decide. */
function showsAll([call, more]: readonly Call[], waiting: number): boolean {
  if (!call || more || call.status !== "proposed") return false;
  return ((call.result.proposals as unknown[] | undefined)?.length ?? 1) >= waiting;
}

function composeCall(say: Say, call: Call): void {
  if (call.status === "error") {
    say.bound("/message", "/facts");
    return;
  }
  const composer = composers[call.tool];
  if (!composer) throw new Error("it has no composer");
  composer(say);
}
