import { useId, useState } from "react";
import type { Pending } from "../../../agents/answer.ts";
import type { Check } from "../../../tools/define.ts";
import type { ItemDecision } from "../app/conversation.tsx";
import { t } from "../words/text.ts";
import { linesOf, titleOf } from "./change.ts";
import { EditForm } from "./EditForm.tsx";
import { fieldsOf } from "./edits.ts";

interface CardProps {
  readonly item: Pending;
  readonly busy: boolean;
  readonly decide: (decision: ItemDecision) => void;
}

/** An item that waits: the change in words, the checks, and what can be done with it. */
export function Card({ item, busy, decide }: CardProps) {
  const id = useId();
  const [editing, setEditing] = useState(false);
  const blocked = item.checks.some((check) => check.verdict === "block");
  const editable = fieldsOf(item).length > 0;
  return (
    <article className="card" aria-labelledby={`${id}title`}>
      <h3 id={`${id}title`}>{titleOf(item)}</h3>
      <dl>
        {linesOf(item).map((line) => (
          <div key={line.label}>
            <dt>{line.label}</dt>
            <dd>{line.changed ? <mark>{line.value}</mark> : line.value}</dd>
          </div>
        ))}
      </dl>
      <Checks checks={item.checks} />
      {editing ? (
        <EditForm
          item={item}
          busy={busy}
          close={() => setEditing(false)}
          approve={(edit) => decide({ id: item.id, approve: true, edit })}
        />
      ) : (
        <div className="decide">
          <button
            type="button"
            className="approve"
            disabled={busy || blocked}
            aria-describedby={blocked ? `${id}why` : undefined}
            onClick={() => decide({ id: item.id, approve: true })}
          >
            {t("card.approve")}
          </button>
          {editable && (
            <button type="button" className="quiet" disabled={busy} onClick={() => setEditing(true)}>
              {t("card.edit")}
            </button>
          )}
          <button
            type="button"
            className="reject"
            disabled={busy}
            onClick={() => decide({ id: item.id, approve: false })}
          >
            {t("card.reject")}
          </button>
          <p id={`${id}why`}>{t(blocked ? "card.blocked" : "card.orSay")}</p>
        </div>
      )}
    </article>
  );
}

const MARKS = { pass: "✓", warn: "!", block: "✕" } as const;
const VERDICTS = { pass: "check.pass", warn: "check.warn", block: "check.block" } as const;
const ORDER = ["block", "warn", "pass"];

/** What is wrong stands open; what passed is folded away. */
export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  const open = checks
    .filter((c) => c.verdict !== "pass")
    .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const passed = checks.filter((c) => c.verdict === "pass");
  if (!checks.length) return null;
  return (
    <div className="checks">
      {open.length > 0 && <CheckList name={t("check.open")} checks={open} />}
      {passed.length > 0 && (
        <details open={open.length === 0 && passed.length < 3}>
          <summary>{passed.length === 1 ? t("check.onePassed") : t("check.passed", { n: passed.length })}</summary>
          <CheckList name={t("check.passedList")} checks={passed} />
        </details>
      )}
    </div>
  );
}

function CheckList({ name, checks }: { readonly name: string; readonly checks: readonly Check[] }) {
  return (
    <ul aria-label={name}>
      {checks.map((check) => (
        <li key={`${check.rule} ${check.message}`} className={check.verdict}>
          <span className="mark" aria-hidden="true">
            {MARKS[check.verdict]}
          </span>
          <span className="unseen">{t(VERDICTS[check.verdict])}: </span>
          <span>{check.message}</span>
        </li>
      ))}
    </ul>
  );
}
