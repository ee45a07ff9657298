import { listed } from "../../../data/common/words.ts";
import { DOUBT_WORDS, type Doubt } from "../doubtWords.ts";
import { atPointer, type Say } from "../say.ts";
import { signalLine } from "./marketSignals.ts";
import type { RiskRow } from "./riskRow.ts";
import { watchWords } from "./watchWords.ts";
import { counted } from "./words.ts";

export const KIND_WORDS: Readonly<Record<string, string>> = {
  budget: "Budget",
  approval: "Approval",
  stock_out: "Stock",
  execution: "Execution",
  claim: "Claim",
  competitor: "Competitor",
  decline: "Declining brand",
  off_track: "Off track",
  contract: "Contract",
  fund_unused: "Fund not used",
  waiting: "Waiting for approval",
  promotion_stock: "Stock before a promotion",
  next_step: "Next step overdue",
  blackout: "Blackout ahead",
  bonus: "Bonus tier near",
  target: "Target off track",
};

/** One risk in a sentence, its figures bound; `path` is its place in the result. */
export function riskWords(say: Say, risk: RiskRow, path: string): string {
  const e = risk.evidence;
  const at = `${path}/evidence`;
  const promotion = `${e.promotion}, ${e.name}`;
  switch (risk.kind) {
    case "budget": {
      const left = say.fig(`${at}/left`, risk.currency);
      const amount = say.fig(`${at}/amount`, risk.currency);
      return risk.severity === "high"
        ? `${e.fund} is overdrawn: ${left} left of ${amount}, to last until ${say.date(risk.date)}`
        : `${e.fund} is nearly used: ${left} left of ${amount} (${say.figOr(`${at}/left_share`, "%")}), to last until ${say.date(risk.date)}`;
    }
    case "approval": {
      const notice = `${counted(say, `${at}/notice_days`, "day")} notice`;
      const state = e.status === "draft" ? "is still a draft" : "waits for approval";
      return risk.severity === "high"
        ? `${promotion} ${state}; it starts on ${say.date(String(e.start))} and with ${notice} the last day was ${say.date(risk.date)}`
        : `${promotion} ${state}; it starts on ${say.date(String(e.start))} and with ${notice} the last day is ${say.date(risk.date)}`;
    }
    case "stock_out":
      return `${e.product} was out of stock for ${say.fig(`${at}/out_of_stock`, "%")} of the time in ${counted(say, `${at}/weeks`, "week")}, last in the week from ${say.date(risk.date)}`;
    case "execution": {
      const seen = (["display", "feature"] as const).flatMap((part) =>
        typeof e[`${part}_share`] === "number" ? [`the ${part} stood in ${say.fig(`${at}/${part}_share`, "%")}`] : [],
      );
      const paid = risk.at_stake ? `; ${say.fig(`${at}/fixed_spend`, risk.currency)} of fees hang on it` : "";
      return `${promotion}: ${seen.join(", ")} of ${counted(say, `${at}/stores`, "store")} checked, the last on ${say.date(risk.date)}${paid}`;
    }
    case "claim": {
      const about = e.promotion ? ` for ${e.promotion}, ${e.promotion_name}` : "";
      const doubts = (e.doubts as readonly Doubt[]).map((doubt) => DOUBT_WORDS[doubt]);
      const why = doubts.length ? `: ${listed(doubts)}` : "";
      return `${e.claim_kind === "deduction" ? "Deduction" : "Claim"} ${e.claim} of ${say.fig(`${at}/amount`, risk.currency)}${about}, open since ${say.date(risk.date)} (${counted(say, `${at}/days_open`, "day")})${why}`;
    }
    case "competitor": {
      const meets = e.meets as readonly { promotion: string; name: string }[];
      const ours = meets.length ? `; it meets ${listed(meets.map((m) => `${m.promotion}, ${m.name}`))}` : "";
      const signal = atPointer(say.call.result, `${at}/signal`) as Parameters<typeof signalLine>[1];
      return `${signalLine(say, signal, `${at}/signal`)}${ours}`;
    }
    case "decline":
      return `${e.brand} sells ${say.fig(`${at}/weekly_units`, "units")} units in a week without promotion, ${say.fig(`${at}/change`, "%")} against a year before (${say.period({ from: String(e.from), to: String(e.to) })}); about ${say.fig(`${path}/at_stake`, risk.currency)} of net sales less`;
    case "off_track":
      return `${promotion} sold ${say.fig(`${at}/units`, "units")} of the ${say.fig(`${at}/planned_units`, "units")} units planned for its first ${counted(say, `${at}/weeks`, "week")} (${say.fig(`${at}/share`, "%")}); it ends on ${say.date(risk.date)}`;
    case "contract":
      return `the contract ends on ${say.date(risk.date)}, in ${counted(say, `${at}/days_left`, "day")}, and none follows it yet`;
    default:
      return watchWords(say, risk, path);
  }
}
