import { linesOf, titleOf } from "./change.js";
import { el } from "./dom.js";

const MARKS = { pass: "✓", warn: "!", block: "✕" };
const VERDICTS = { pass: "Passed", warn: "Warning", block: "Blocks" };

/**
 * An item that waits: the change in words, the checks, and the two decisions.
 * @param decide called with (id, approve)
 */
export function cardOf(item, decide) {
  const blocked = item.checks.some((check) => check.verdict === "block");
  const title = `waits-${item.id}`;
  const why = `why-${item.id}`;
  return el(
    "article",
    { class: "card", "aria-labelledby": title },
    el("h3", { id: title }, titleOf(item)),
    el(
      "dl",
      {},
      ...linesOf(item).flatMap((line) => [
        el("dt", {}, line.label),
        el("dd", {}, line.changed ? el("mark", {}, line.value) : line.value),
      ]),
    ),
    checksOf(item.checks),
    el(
      "div",
      { class: "decide" },
      el(
        "button",
        {
          type: "button",
          class: "approve",
          disabled: blocked,
          "aria-describedby": blocked ? why : null,
          onclick: () => decide(item.id, true),
        },
        "Approve",
      ),
      el("button", { type: "button", class: "reject", onclick: () => decide(item.id, false) }, "Reject"),
      blocked
        ? el("p", { id: why }, "A check blocks this. Say what to change, or reject it.")
        : el("p", {}, "Or say what to change."),
    ),
  );
}

/** What is wrong stands open; what passed is folded away. */
function checksOf(checks) {
  const order = ["block", "warn", "pass"];
  const line = (check) =>
    el(
      "li",
      { class: check.verdict },
      el("span", { class: "mark", "aria-hidden": "true" }, MARKS[check.verdict]),
      el("span", { class: "unseen" }, `${VERDICTS[check.verdict]}: `),
      el("span", {}, check.message),
    );
  const open = checks
    .filter((c) => c.verdict !== "pass")
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const passed = checks.filter((c) => c.verdict === "pass");
  if (!checks.length) return null;
  return el(
    "div",
    { class: "checks" },
    open.length ? el("ul", { "aria-label": "Checks that need a look" }, ...open.map(line)) : null,
    passed.length
      ? el(
          "details",
          { open: open.length === 0 && passed.length < 3 },
          el("summary", {}, passed.length === 1 ? "1 check passed" : `${passed.length} checks passed`),
          el("ul", { "aria-label": "Checks that passed" }, ...passed.map(line)),
        )
      : null,
  );
}
