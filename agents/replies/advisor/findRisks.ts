import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import type { RiskRow } from "./riskRow.ts";
import { KIND_WORDS, riskWords } from "./riskWords.ts";
import { counted } from "./words.ts";

interface Found {
  readonly account: string | null;
  readonly without: readonly string[];
  readonly as_of: string;
  readonly risks: number;
  readonly kinds: readonly { readonly kind: string }[];
  readonly rows: readonly RiskRow[];
  readonly missing: readonly string[];
}

const MOST = 12;

/** What needs attention, worst first. */
export const composeRisks: Composer = (say) => {
  const result = say.call.result as unknown as Found;
  const where = result.account ? ` at ${result.account}` : "";
  if (!result.risks) say.p(`Nothing needs attention${where} as of ${say.date(result.as_of)}.`);
  else {
    const kinds = result.kinds.map(
      (row, at) => `${(KIND_WORDS[row.kind] ?? row.kind).toLowerCase()} (${say.fig(`/kinds/${at}/risks`, "count")})`,
    );
    say.p(
      `**${counted(say, "/risks", "thing")} ${result.risks === 1 ? "needs" : "need"} attention${where}**, ${say.fig("/high", "count")} of them urgently: ${listed(kinds)}.`,
    );
    const shown = result.rows.slice(0, MOST);
    for (const [severity, title] of [
      ["high", "Urgent"],
      ["medium", "Soon"],
      ["low", "To know"],
    ] as const) {
      const rows = shown.filter((row) => row.severity === severity);
      if (!rows.length) continue;
      say.p(`**${title}**`);
      say.list(rows.map((row) => line(say, row, `/rows/${result.rows.indexOf(row)}`, result.account === null)));
    }
    if (result.risks > shown.length)
      say.p(`The others are of the same kinds; ask for one account to see all of its own.`);
  }
  say.p([ground(say, result), ...result.missing].join(" "));
};

const line = (say: Say, row: RiskRow, path: string, named: boolean): string =>
  `${KIND_WORDS[row.kind]}${named ? `, ${row.account}` : ""}: ${riskWords(say, row, path)}.`;

/** What was looked for, so that silence means something. */
function ground(say: Say, result: Found): string {
  const t = (name: string, unit: string): string => say.fig(`/thresholds/${name}`, unit);
  return (
    `**Ground.** As of ${say.date(result.as_of)}.${result.without.length ? ` Filter: without ${listed(result.without)}.` : ""} Looked for: funds with less than ${t("budget_left", "%")} left; promotions not approved within ${t("approval_days", "days")} days of their last day; ` +
    `products out of stock for ${t("out_of_stock", "%")} of a week or more in the last ${t("stock_weeks", "weeks")} weeks; paid support missing in the last ${t("execution_weeks", "weeks")} weeks; ` +
    `open claims in doubt or older than ${t("claim_days", "days")} days; competitors' moves from ${t("competitor_days_back", "days")} days back to ${t("competitor_days_ahead", "days")} days ahead; ` +
    `brands that sell ${t("decline", "%")} less in weeks without promotion, over ${t("decline_weeks", "weeks")} weeks against a year before; running promotions below ${t("off_track", "%")} of plan; contracts that end within ${t("contract_days", "days")} days.`
  );
}
