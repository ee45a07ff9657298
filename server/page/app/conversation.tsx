import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { Answer, Pending } from "../../../agents/answer.ts";
import { converse, type Step } from "../api/events.ts";
import { PageError, type Proposed, propose as postProposal } from "../api/http.ts";
import { titleOf } from "../chat/change.ts";
import { type Entry, forget, keepSaid, keepThread, keptThread, saidIn } from "../chat/transcript.ts";
import { t } from "../words/text.ts";
import { useSession } from "./session.tsx";

/** What a person decided about an item that waits; `edit` is what she changed while approving. */
export interface ItemDecision {
  readonly id: string;
  readonly approve: boolean;
  readonly edit?: Readonly<Record<string, unknown>>;
}

/** The one conversation of the page: the chat speaks in it, and what a view asks for waits in it. */
export interface Conversation {
  readonly entries: readonly Entry[];
  readonly pending: readonly Pending[];
  readonly busy: boolean;
  /** What has happened of the answer that is being made. */
  readonly steps: readonly Step[];
  /** What went wrong last, and the way to try it again. */
  readonly failure: { readonly error: PageError; readonly retry: () => void } | null;
  /** Counts what may have changed the store: views read again. */
  readonly written: number;
  /** A conversation of before goes on, whose messages are not kept here. */
  readonly goesOn: boolean;
  say(text: string): Promise<Answer | null>;
  decide(decisions: readonly ItemDecision[]): Promise<Answer | null>;
  propose(what: Proposed): Promise<Answer | null>;
  restart(): void;
}

const ConversationContext = createContext<Conversation | null>(null);

export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (!conversation) throw new Error("no conversation above");
  return conversation;
}

const lastAnswer = (entries: readonly Entry[]): Answer | undefined =>
  entries.findLast((entry) => "answer" in entry)?.answer;

export function ConversationProvider({ children }: { readonly children: ReactNode }) {
  const { person } = useSession();
  const thread = useRef(keptThread(person.id));
  const [entries, setEntries] = useState<readonly Entry[]>(() => (thread.current ? saidIn(thread.current) : []));
  const [busy, setBusy] = useState(false);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [failure, setFailure] = useState<Conversation["failure"]>(null);
  const [written, setWritten] = useState(0);
  const [goesOn, setGoesOn] = useState(thread.current !== null && entries.length === 0);
  const running = useRef(false);

  const turn = useCallback(
    async (said: string, ask: (thread: string) => Promise<Answer>): Promise<Answer | null> => {
      if (running.current) return null;
      running.current = true;
      const at = thread.current ?? crypto.randomUUID();
      thread.current = at;
      keepThread(person.id, at);
      setBusy(true);
      setGoesOn(false);
      setSteps([]);
      setFailure(null);
      setEntries((before) => [...before, { text: said }]);
      try {
        const answer = await ask(at);
        setEntries((before) => {
          const after = [...before, { answer }];
          keepSaid(at, after);
          return after;
        });
        if (answer.calls.some((call) => call.result.committed)) setWritten((n) => n + 1);
        return answer;
      } catch (thrown) {
        const error = thrown instanceof PageError ? thrown : new PageError("internal", t("error.page"));
        if (!(thrown instanceof PageError)) console.error(thrown);
        const retry = (): void => {
          setEntries((before) => before.slice(0, -1));
          void turn(said, ask);
        };
        setFailure({ error, retry });
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [person.id],
  );

  const value = useMemo((): Conversation => {
    const pending = lastAnswer(entries)?.pending ?? [];
    const body = (at: string) => ({ thread: at, user: person.id });
    const onStep = (step: Step): void => setSteps((before) => [...before, step]);
    return {
      entries,
      pending,
      busy,
      steps,
      failure,
      written,
      goesOn,
      say: (text) => turn(text, (at) => converse({ ...body(at), text }, onStep)),
      decide: (decisions) => {
        // The decision stands in the conversation, though nothing was typed.
        const said = decisions.map(({ id, approve, edit }) => {
          const item = pending.find((one) => one.id === id);
          const what = item ? titleOf(item) : id;
          return t(approve ? (edit ? "said.approvedWithChanges" : "said.approved") : "said.rejected", { what });
        });
        return turn(said.join("\n"), (at) => converse({ ...body(at), resume: { decisions } }, onStep));
      },
      propose: (what) => turn(what.text, (at) => postProposal(what, at, person.id)),
      restart: () => {
        if (running.current) return;
        forget(person.id);
        thread.current = null;
        setEntries([]);
        setFailure(null);
        setGoesOn(false);
      },
    };
  }, [entries, busy, steps, failure, written, goesOn, turn, person.id]);

  return <ConversationContext value={value}>{children}</ConversationContext>;
}
