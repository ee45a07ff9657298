import { chartOf } from "./charts.js";
import { el } from "./dom.js";
import { replyOf } from "./reply.js";
import { advice, doing, label, roleName } from "./words.js";

const STEP_MARKS = { running: "…", ok: "✓", proposed: "✎", error: "✕" };

export const saidByPerson = (text) =>
  el("li", { class: "said" }, el("h3", { class: "unseen" }, "You said"), el("p", {}, text));

/** A message that is being made: its steps appear as they happen. */
export function workingMessage() {
  const steps = el(
    "ul",
    { class: "steps", "aria-hidden": "true" },
    el("li", { class: "running" }, "Reading your message"),
  );
  const node = el("li", { class: "answer working" }, steps);
  const rows = new Map();
  return {
    node,
    step({ tool, status }) {
      if (!rows.size) steps.replaceChildren();
      let row = rows.get(tool);
      if (!row || (status === "running" && row.className !== "running")) {
        row = el("li", {});
        rows.set(tool, row);
        steps.append(row);
      }
      row.className = status;
      row.replaceChildren(el("span", { class: "mark" }, STEP_MARKS[status] ?? "…"), doing(tool));
    },
  };
}

/** An answer: who speaks, the reply with its figures, the charts, and how it was made. */
export function answerMessage(answer) {
  return el(
    "li",
    { class: "answer", tabindex: "-1" },
    el("h3", {}, roleName(answer.role)),
    replyOf(answer),
    ...answer.charts.map(chartOf),
    workOf(answer),
  );
}

/** How the answer was made: each call with its arguments, for whoever wants to check it. */
function workOf(answer) {
  if (!answer.calls.length) return null;
  const seconds = (answer.ms / 1000).toFixed(answer.ms < 1000 ? 2 : 1);
  return el(
    "details",
    { class: "work" },
    el(
      "summary",
      {},
      `How this was made (${seconds} s, ${answer.model === "offline" ? "built-in planner" : answer.model})`,
    ),
    el(
      "ul",
      {},
      ...answer.calls.map((call) =>
        el(
          "li",
          { class: call.status },
          el("span", { class: "mark", "aria-hidden": "true" }, STEP_MARKS[call.status] ?? ""),
          el("span", {}, label(call.tool)),
          el("code", {}, JSON.stringify(call.args)),
        ),
      ),
    ),
  );
}

/** What went wrong, what to do, and the way to try it again. */
export function errorMessage(error, retry) {
  return el(
    "li",
    { class: "answer failed", role: "alert" },
    el("h3", {}, "That did not work"),
    el("p", {}, error.message),
    advice(error.code) ? el("p", {}, advice(error.code)) : null,
    el("button", { type: "button", class: "quiet", onclick: retry }, "Try again"),
  );
}
