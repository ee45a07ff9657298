import { listed } from "../../../data/common/words.ts";
import { quote } from "../assistant/accounts/quote.ts";
import { measureName, measureUnit } from "../assistant/accounts/targets.ts";
import type { Say } from "../say.ts";
import type { RiskRow } from "./riskRow.ts";
import { counted } from "./words.ts";

/** What is due, near or left over, in a sentence, its figures bound; `path` is its place in the result. */
export function watchWords(say: Say, risk: RiskRow, path: string): string {
  const e = risk.evidence;
  const at = `${path}/evidence`;
  const promotion = `${e.promotion}, ${e.name}`;
  switch (risk.kind) {
    case "fund_unused":
      return `${say.fig(`${at}/left`, risk.currency)} of ${e.fund} (${say.fig(`${at}/left_share`, "%")} of ${say.fig(`${at}/amount`, risk.currency)}) are not planned, and it ends on ${say.date(risk.date)}, in ${counted(say, `${at}/days_left`, "day")}`;
    case "waiting":
      return `${promotion} is submitted and waits; the last day to approve it is ${say.date(risk.date)}, in ${counted(say, `${at}/days_left`, "day")}`;
    case "promotion_stock":
      return `${promotion} ${risk.severity === "high" ? "runs" : `starts on ${say.date(risk.date)}`}, and ${listed(e.products as string[])} ran out of stock in ${counted(say, `${at}/weeks`, "week")} lately, up to ${say.fig(`${at}/out_of_stock`, "%")} of the time`;
    case "next_step":
      return `${quote(say, `${at}/quote`)} was due on ${say.date(risk.date)}, ${counted(say, `${at}/days_late`, "day")} ago (from the ${e.talk} of ${say.date(String(e.talk_date))})`;
    case "blackout": {
      const inside = e.inside as readonly { promotion: string; name: string }[];
      const meets = inside.length ? `; in it lie ${listed(inside.map((p) => `${p.promotion}, ${p.name}`))}` : "";
      return `no promotions ${say.period({ from: String(e.start), to: String(e.end) })}${meets}`;
    }
    case "bonus": {
      const unit = e.measure === "units" ? "units" : risk.currency;
      const side = Number(e.over) < 0 ? "just below" : "just above";
      return `the year is expected to end at ${say.fig(`${at}/expected`, unit)}, ${side} the ${say.fig(`${at}/from`, unit)} from which the bonus is ${say.fig(`${at}/rate`, "%")}; passing it costs ${say.fig(`${at}/extra_bonus`, risk.currency)}`;
    }
    case "target": {
      const unit = measureUnit(String(e.measure), risk.currency);
      const category = typeof e.category === "string" ? e.category : null;
      return `${measureName(String(e.measure), category)} expected at ${say.figOr(`${at}/expected`, unit)} by ${say.date(risk.date)}, agreed are ${say.fig(`${at}/value`, unit)}`;
    }
    default:
      return "";
  }
}
