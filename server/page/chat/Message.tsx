import { useEffect, useRef } from "react";
import type { Answer } from "../../../agents/answer.ts";
import type { Step } from "../api/events.ts";
import type { PageError } from "../api/http.ts";
import { advice, doing, label, roleName, t } from "../words/text.ts";
import { Chart } from "./Chart.tsx";
import type { Figured } from "./figures.ts";
import { Reply } from "./Reply.tsx";
import { ReportFiles } from "./ReportFiles.tsx";

const MARKS = { running: "…", ok: "✓", proposed: "✎", error: "✕" } as const;

export function Said({ text }: { readonly text: string }) {
  return (
    <li className="said">
      <h2 className="unseen">{t("chat.youSaid")}</h2>
      <p>{text}</p>
    </li>
  );
}

/** A message that is being made: its steps appear as they happen. */
export function Working({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <li className="answer working">
      <ul className="steps" aria-hidden="true">
        {steps.length === 0 && <li className="running">{t("chat.reading")}</li>}
        {stepsShown(steps).map(({ key, text, status }) => (
          <li key={key} className={status}>
            <span className="mark">{MARKS[status]}</span>
            {text}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Each call of a tool once, in the state that it is in; what a language model is about to do, as long as nothing followed. */
export function stepsShown(steps: readonly Step[]): { key: string; text: string; status: keyof typeof MARKS }[] {
  const shown: { key: string; tool: string; text: string; status: keyof typeof MARKS }[] = [];
  for (const step of steps) {
    if (shown.at(-1)?.tool === "" && shown.at(-1)?.status === "running") shown.pop();
    const open =
      step.type === "step" ? shown.findLast((one) => one.tool === step.tool && one.status === "running") : undefined;
    if (step.type === "thinking") shown.push({ key: `${shown.length}`, tool: "", text: step.says, status: "running" });
    else if (open) open.status = step.status;
    else shown.push({ key: `${shown.length}`, tool: step.tool, text: doing(step.tool), status: step.status });
  }
  return shown;
}

/** An answer: who speaks, the reply with its figures, the charts, and how it was made. */
export function AnswerMessage({
  answer,
  suggestions,
}: {
  readonly answer: Answer & Figured;
  readonly suggestions?: React.ReactNode;
}) {
  return (
    <li className="answer" tabIndex={-1}>
      <h2>{roleName(answer.role)}</h2>
      <Reply answer={answer} />
      {answer.charts.map((chart) => (
        <Chart key={chart.title} {...chart} />
      ))}
      <ReportFiles answer={answer} />
      <HowMade answer={answer} />
      {suggestions}
    </li>
  );
}

/** How the answer was made: each call with its arguments, for whoever wants to check it. */
function HowMade({ answer }: { readonly answer: Answer }) {
  if (!answer.calls.length) return null;
  const seconds = (answer.ms / 1000).toFixed(answer.ms < 1000 ? 2 : 1);
  const model = answer.model === "offline" ? t("chat.builtIn") : answer.model;
  return (
    <details className="work">
      <summary>{t("chat.howMade", { seconds, model })}</summary>
      <ul>
        {answer.calls.map((call, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the calls of an answer never move
          <li key={at} className={call.status}>
            <span className="mark" aria-hidden="true">
              {MARKS[call.status]}
            </span>
            <span>{label(call.tool)}</span>
            <code>{JSON.stringify(call.args)}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What went wrong, what to do, and the way to try it again. */
export function Failed({ error, retry }: { readonly error: PageError; readonly retry: () => void }) {
  const here = useRef<HTMLLIElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <li className="answer failed" ref={here}>
      <div role="alert">
        <h2>{t("error.title")}</h2>
        <p>{error.message}</p>
        {advice(error.code) && <p>{advice(error.code)}</p>}
      </div>
      <button type="button" className="quiet" onClick={retry}>
        {t("error.retry")}
      </button>
    </li>
  );
}
