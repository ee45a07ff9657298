import type { UndonePart } from "../../../../tools/assistant/changes/undonePart.ts";
import { atPointer, type Composer, type Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";
import { measureName, measureUnit } from "../accounts/targets.ts";
import { CLAIM_STATES } from "../accounts/words.ts";
import { checkLines, goOn } from "../promotions/draftParts.ts";
import { differences } from "../promotions/updatePromotion.ts";

type Of<E extends UndonePart["entity"]> = Extract<UndonePart, { entity: E }>;

/** What the change did to a promotion, and its state after it is taken back, in words. */
const DID: Readonly<Record<string, string>> = {
  create: "was drafted",
  update: "was changed",
  cancel: "was cancelled",
  submit: "was submitted",
  approve: "was approved",
  reject: "was rejected",
};
const STATE: Readonly<Record<string, string>> = {
  draft: "a draft",
  submitted: "submitted and waiting for a decision",
  approved: "approved",
  cancelled: "cancelled, and its money free",
};

/** What was changed last and what would be again; one line a change, the old values of a promotion under it. */
export const composeUndoChange: Composer = (say) => {
  const { parts, counts } = say.call.result as { parts: readonly UndonePart[]; counts: { block: number } };
  say.p("Your change, and what taking it back would do:");
  say.list(parts.flatMap((part, i) => partLines(say, part, `/parts/${i}`)));
  if (counts.block) checkLines(say, "/proposals/0");
  say.p(goOn(counts.block > 0, "undo it"));
};

function partLines(say: Say, part: UndonePart, path: string): string[] {
  switch (part.entity) {
    case "promotion":
      return promotionLines(say, part, path);
    case "fund_transfer": {
      const what = `${say.fig(`${path}/amount`, part.currency)} from ${part.from_account}, ${part.from_fund} to ${part.to_account}, ${part.to_fund}`;
      return [
        part.status === "done"
          ? `${what} were moved; they would go back.`
          : `Your request for ${what} would be withdrawn.`,
      ];
    }
    case "claim":
      return [claimLine(part)];
    case "fund":
      return [fundLine(part)];
    case "accrual":
      return [`The accruals up to ${say.date(part.to)} would leave the books by reversing journals.`];
    case "activity":
      return [
        `Your note for ${part.account} (${part.activity} on ${say.date(part.date)}, ${quote(say, `${path}/quote`)}) would leave the log.`,
      ];
    case "next_step":
      return [`The next step with ${part.account}, ${quote(say, `${path}/quote`)}, would be open again.`];
    case "target": {
      const { measure, category, currency, from, to } = part.target;
      const unit = measureUnit(measure, currency);
      const what = `Your target for ${part.account}, ${measureName(measure, category)} of ${say.fig(`${path}/target/value`, unit)} for ${say.period({ from, to })},`;
      return [part.old ? `${what} would be ${say.fig(`${path}/old/value`, unit)} again.` : `${what} would be gone.`];
    }
  }
}

function promotionLines(say: Say, part: Of<"promotion">, path: string): string[] {
  const { promotion, name, action, old, to_status } = part;
  const was = `${promotion}, ${name} ${DID[action] ?? "was changed"}`;
  if (!old) return [`${was}; it would be ${STATE[to_status] ?? to_status}${action === "create" ? "" : " again"}.`];
  const changed = (atPointer(say.call.result, `${path}/changed`) as string[]).filter((field) => field !== "note");
  const back = differences(say, changed, `${path}/now`, `${path}/old`).join("; ");
  return [`${was}; it would have its old values again: ${back || "the note as it was"}.`];
}

const claimLine = ({ claim, account, from_status, to_status, match }: Of<"claim">): string =>
  match
    ? `What ${claim} of ${account} is matched to would be as it was before.`
    : to_status === null
      ? `Your request to finance about ${claim} of ${account} would be withdrawn.`
      : `${claim} of ${account} is ${CLAIM_STATES[from_status]}; it would be ${CLAIM_STATES[to_status]} again.`;

const fundLine = ({ fund, account, created }: Of<"fund">): string => {
  const named = account ? `${account}, ${fund}` : fund;
  return created
    ? `${named} was set up; its money would be taken back.`
    : `${named} was changed; it would have its old name, dates and money again.`;
};

/** What became of it. */
export const composeUndone: Composer = (say) => {
  const { parts } = say.call.result as { parts: readonly UndonePart[] };
  say.p(`Undone: ${parts.map(done).join("; ")}.`);
};

function done(part: UndonePart): string {
  switch (part.entity) {
    case "promotion": {
      const now = part.old ? "has its old values again" : `is now ${STATE[part.to_status] ?? part.to_status}`;
      return `${part.promotion}, ${part.name} ${now}`;
    }
    case "fund_transfer":
      return part.status === "done" ? "the money is back in its fund" : "your request to finance is withdrawn";
    case "claim":
      if (part.match) return `what ${part.claim} is matched to is as before`;
      return part.to_status === null
        ? `your request about ${part.claim} is withdrawn`
        : `${part.claim} is ${CLAIM_STATES[part.to_status]} again`;
    case "fund":
      return part.created ? `${part.fund} has no money any more` : `${part.fund} is as it was`;
    case "accrual":
      return "those accruals are reversed";
    case "activity":
      return `the note for ${part.account} is out of the log`;
    case "next_step":
      return `the next step with ${part.account} is open again`;
    case "target":
      return `the target for ${part.account} ${part.old ? "has its old value again" : "is out of the plan"}`;
  }
}
