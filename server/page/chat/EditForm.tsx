import { type FormEvent, useEffect, useId, useRef } from "react";
import type { Pending } from "../../../agents/answer.ts";
import { t, termOf } from "../words/text.ts";
import { editOf, type Field, fieldsOf, shownIn } from "./edits.ts";

const PAYMENTS = ["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"];

interface EditFormProps {
  readonly item: Pending;
  readonly busy: boolean;
  readonly close: () => void;
  readonly approve: (edit: Readonly<Record<string, unknown>>) => void;
}

/** Changes a draft while approving it; the server plans, forecasts and checks it anew before it writes. */
export function EditForm({ item, busy, close, approve }: EditFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new Map([...new FormData(event.currentTarget)].map(([key, value]) => [key, String(value)]));
    approve(editOf(item, typed));
  };
  return (
    <form ref={form} className="edit" aria-label={t("card.editForm")} onSubmit={submit}>
      <div className="fields">
        {fieldsOf(item).map((field) => (
          <EditField key={field.key} field={field} value={shownIn(field, item.change)} />
        ))}
      </div>
      <div className="decide">
        <button type="submit" className="approve" disabled={busy}>
          {t("card.approveChanged")}
        </button>
        <button type="button" className="quiet" onClick={close}>
          {t("card.keep")}
        </button>
        <p>{t("card.checkedAgain")}</p>
      </div>
    </form>
  );
}

function EditField({ field, value }: { readonly field: Field; readonly value: string }) {
  const id = useId();
  const { key, type } = field;
  return (
    <div className={type === "text" ? "field wide" : "field"}>
      <label htmlFor={id}>{t(field.label)}</label>
      {type === "date" && <input id={id} name={key} type="date" defaultValue={value} required />}
      {type === "percent" && (
        <input id={id} name={key} type="number" min="0" max="99" step="any" defaultValue={value} required />
      )}
      {type === "money" && <input id={id} name={key} type="number" min="0" step="0.01" defaultValue={value} />}
      {type === "text" && <textarea id={id} name={key} rows={2} maxLength={1000} defaultValue={value} />}
      {type === "yesNo" && (
        <select id={id} name={key} defaultValue={value}>
          <option value="yes">{t("word.yes")}</option>
          <option value="no">{t("word.no")}</option>
        </select>
      )}
      {type === "payment" && (
        <select id={id} name={key} defaultValue={value}>
          {PAYMENTS.map((payment) => (
            <option key={payment} value={payment}>
              {termOf("payment", payment)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
