import type { Call } from "../answer.ts";
import { composeUndone } from "./assistant/changes/undoChange.ts";
import type { Composer } from "./say.ts";

const DONE: Readonly<Record<string, string>> = {
  create_promotion: "saved as a draft",
  update_promotion: "changed",
  copy_promotion: "saved as a draft",
  cancel_promotion: "cancelled",
  submit_promotion: "submitted for approval",
  comment_promotion: "commented; the comment stands in its file",
  attach_evidence: "the richer by a proof in its file",
  override_check: "let pass that check until it changes",
};

const POLICY: Readonly<Record<string, string>> = {
  proposed: "proposed; another manager or finance puts it in force",
  in_force: "in force",
  turned_down: "turned down",
};

const NEXT: Readonly<Record<string, string>> = {
  create_promotion: 'Say "submit it" when it is ready for approval, or "undo that" to take it back.',
  copy_promotion: 'Say "submit it" when it is ready for approval, or "undo that" to take it back.',
};

/** True for the call of a write that a person decided about: applied, or thrown away. */
export const isDecided = (call: Call): boolean => call.result.committed === true || call.result.discarded === true;

/** What became of a decided write, in words: which one, and what can be done next. */
export const composeDecided: Composer = (say) => {
  const { tool, result } = say.call;
  const id = [result.promotion ?? result.code ?? result.claim, result.name]
    .filter((part) => typeof part === "string")
    .join(", ");
  const what = id || tool.replaceAll("_", " ");
  if (result.discarded === true) {
    say.p(`Discarded: ${tool === "undo_change" ? "taking back the change" : what}. Nothing was written.`);
    return;
  }
  if (tool === "undo_change") {
    composeUndone(say);
    return;
  }
  const to = result.matched_to as { promotion?: string; name?: string } | undefined;
  if (to) {
    say.p(
      `Done: ${what} is matched to ${[to.promotion, to.name].filter(Boolean).join(", ")}. Say "undo that" to take it back.`,
    );
    return;
  }
  const status =
    DONE[tool] ?? (typeof result.status === "string" ? `now ${result.status.replaceAll("_", " ")}` : "done");
  if (tool === "set_policy") {
    say.p(`Done: policy ${say.fig("/policy", "count")} for the ${what} is ${POLICY[String(result.status)]}.`);
    return;
  }
  if (tool === "close_promotion" && result.requested === true) {
    say.p(`Done: finance and the managers are asked to close ${what}.`);
    return;
  }
  if (tool === "decide_promotion" && typeof result.waits_for === "string") {
    const next = result.waits_for === "finance" ? "finance" : "a manager";
    say.p(
      `Done: your approval of ${what} is kept. Above its amount the policy asks for ${next} too, so it stays submitted until then.`,
    );
    return;
  }
  const state = tool === "decide_promotion" && typeof result.status === "string" ? `now ${result.status}` : status;
  say.p([`Done: ${what} is ${state}.`, NEXT[tool]].filter(Boolean).join(" "));
};
