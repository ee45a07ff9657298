import { useEffect, useRef, useState } from "react";
import { Failed, Working } from "../chat/Message.tsx";
import { Reply } from "../chat/Reply.tsx";
import { Waiting } from "../chat/Waiting.tsx";
import { t } from "../words/text.ts";
import { useConversation } from "./conversation.tsx";

/**
 * What a view asked for, outside the chat: the draft that waits for a decision, or why there is none. It opens by itself when
 * a turn begins on a view, and what it shows stands in the conversation as well.
 */
export function DecisionDialog({ atChat }: { readonly atChat: boolean }) {
  const { entries, busy, steps, failure, pending } = useConversation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (atChat) setOpen(false);
    else if (busy) setOpen(true);
  }, [busy, atChat]);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  const last = entries.at(-1);
  const said = entries.findLast((entry) => "text" in entry);
  if (atChat) return null;
  return (
    <>
      {pending.length > 0 && !open && (
        <button type="button" className="waiting-button" onClick={() => setOpen(true)}>
          {pending.length === 1 ? t("waiting.name") : t("waiting.many", { n: pending.length })}
        </button>
      )}
      <dialog ref={dialog} className="decision" aria-labelledby="decision-title" onClose={() => setOpen(false)}>
        {open && (
          <>
            <header>
              <h2 id="decision-title">{said && "text" in said ? said.text : t("waiting.name")}</h2>
              <button type="button" className="quiet" onClick={() => setOpen(false)}>
                {t("dialog.close")}
              </button>
            </header>
            {busy && (
              <ol>
                <Working steps={steps} />
              </ol>
            )}
            {failure && (
              <ol>
                <Failed {...failure} />
              </ol>
            )}
            {!busy && !failure && last && "answer" in last && pending.length === 0 && <Reply answer={last.answer} />}
            {!busy && <Waiting />}
          </>
        )}
      </dialog>
    </>
  );
}
