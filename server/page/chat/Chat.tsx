import { useEffect, useRef } from "react";
import { useConversation } from "../app/conversation.tsx";
import { goTo, usePlace } from "../app/router.ts";
import { doing, t } from "../words/text.ts";
import { Composer } from "./Composer.tsx";
import { EXAMPLES } from "./examples.ts";
import { AnswerMessage, Failed, Said, Working } from "./Message.tsx";
import { suggestionsFor } from "./suggestions.ts";
import { Waiting } from "./Waiting.tsx";

/** The conversation: what was said, what waits, and the message box. */
export function Chat() {
  const { entries, busy, steps, failure, goesOn, say, restart } = useConversation();
  const log = useRef<HTMLOListElement>(null);
  const asked = usePlace().query.get("ask");
  const count = entries.length;
  // A question that another view brought along is asked once, and gone from the address.
  useEffect(() => {
    if (!asked) return;
    goTo("chat");
    void say(asked);
  }, [asked, say]);
  // A long answer is read from its beginning; what is being made is looked at from its end.
  useEffect(() => {
    if (!count) return;
    const items = [...(log.current?.children ?? [])];
    if (busy) items.at(-1)?.scrollIntoView({ block: "end" });
    else items.findLast((item) => item.classList.contains("said"))?.scrollIntoView({ block: "start" });
  }, [count, busy]);
  return (
    <div className="chat">
      <div className="talk">
        {(count > 0 || goesOn) && <h1 className="unseen">{t("view.chat")}</h1>}
        {count > 0 && (
          <button type="button" className="quiet new" disabled={busy} onClick={restart}>
            {t("chat.new")}
          </button>
        )}
        {count === 0 && !goesOn && <Start say={say} busy={busy} />}
        {goesOn && <p className="soft">{t("chat.goesOn")}</p>}
        <ol id="log" ref={log} aria-label={t("chat.log")}>
          {entries.map((entry, at) =>
            "text" in entry ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: what was said never moves
              <Said key={at} text={entry.text} />
            ) : (
              <AnswerMessage
                // biome-ignore lint/suspicious/noArrayIndexKey: what was said never moves
                key={at}
                answer={entry.answer}
                suggestions={at === count - 1 && <Suggestions sayings={suggestionsFor(entry.answer)} say={say} />}
              />
            ),
          )}
          {busy && <Working steps={steps} />}
          {failure && <Failed {...failure} />}
        </ol>
        <Waiting />
      </div>
      <Composer busy={busy} say={say} />
      <Announcer />
    </div>
  );
}

function Start({ say, busy }: { readonly say: (text: string) => void; readonly busy: boolean }) {
  return (
    <section id="start" aria-labelledby="start-title">
      <h1 id="start-title">{t("start.title")}</h1>
      <p>{t("start.text")}</p>
      <div id="examples">
        {EXAMPLES.map(({ title, sayings }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {sayings.map((text) => (
                <li key={text}>
                  <button type="button" className="example" disabled={busy} onClick={() => say(text)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function Suggestions({ sayings, say }: { readonly sayings: readonly string[]; readonly say: (text: string) => void }) {
  if (!sayings.length) return null;
  return (
    <ul className="suggestions" aria-label={t("chat.suggestions")}>
      {sayings.map((text) => (
        <li key={text}>
          <button type="button" onClick={() => say(text)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Says to whoever cannot see it what happens: what is being done, and the answer. */
function Announcer() {
  const { entries, busy, steps } = useConversation();
  const last = entries.at(-1);
  const step = steps.findLast((one) => one.type === "step");
  let text = "";
  if (busy) text = step?.type === "step" ? `${doing(step.tool)}.` : t("chat.working");
  else if (last && "answer" in last) text = last.answer.reply.replace(/[*|#_`>-]+/g, " ").slice(0, 600);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
