import { useId, useState } from "react";
import { periodInWords } from "../../../../data/common/format.ts";
import { useConversation } from "../../app/conversation.tsx";
import { t } from "../../words/text.ts";

interface MoveFormProps {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

/** Other dates for a draft. */
export function MoveForm({ id, name, start, end }: MoveFormProps) {
  const { propose, busy } = useConversation();
  const [open, setOpen] = useState(false);
  const [from, to] = [useId(), useId()];
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t("move.button")}
      </button>
    );
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const dates = { start: String(data.get("start")), end: String(data.get("end")) };
        setOpen(false);
        void propose(moveOf({ id, name, ...dates }));
      }}
    >
      <label htmlFor={from}>{t("label.start")}</label>
      <input id={from} type="date" name="start" defaultValue={start} required />
      <label htmlFor={to}>{t("label.end")}</label>
      <input id={to} type="date" name="end" defaultValue={end} required />
      <button type="submit" className="approve" disabled={busy}>
        {t("move.propose")}
      </button>
      <button type="button" className="quiet" onClick={() => setOpen(false)}>
        {t("card.keep")}
      </button>
    </form>
  );
}

/** A draft at other dates, as it is proposed: by the form here and by the calendar. */
export const moveOf = ({ id, name, start, end }: MoveFormProps) => ({
  tool: "update_promotion",
  args: { promotion: id, start, end },
  text: t("move.said", { what: `${id} (${name})`, dates: periodInWords({ from: start, to: end }) }),
});
