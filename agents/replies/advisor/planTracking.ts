import { listed } from "../../../data/common/words.ts";
import { measureName, measureUnit } from "../assistant/accounts/targets.ts";
import type { Composer, Say } from "../say.ts";
import { counted } from "./words.ts";

interface Row {
  readonly account: string;
  readonly measure: string;
  readonly category: string | null;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly ceiling: boolean;
  readonly state: string;
  readonly actual: number | null;
  readonly expected: number | null;
  readonly low: number | null;
  readonly gap: number | null;
  readonly chance: number | null;
  readonly drivers: readonly { readonly driver: "brand" | "share"; readonly name: string }[];
  readonly not_known: string | null;
}
interface Tracking {
  readonly account: string | null;
  readonly as_of: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly targets: number;
  readonly rows: readonly Row[];
  readonly basis: readonly string[];
  readonly missing: readonly string[];
}

export const STATE_WORDS: Readonly<Record<string, string>> = {
  reached: "reached",
  on_track: "on track",
  at_risk: "at risk",
  off_track: "off track",
  missed: "missed",
  not_known: "not known",
};

/** Which targets are on track, each with what it will probably come to; the figures in a table; what drives them. */
export const composePlanTracking: Composer = (say) => {
  const r = say.call.result as unknown as Tracking;
  const where = r.account ? ` at ${r.account}` : "";
  if (!r.targets) {
    say.p(
      `No target is agreed${where} for ${say.period(r.period)}. Say “set a target of … net sales for … in …” to agree one.`,
    );
    return;
  }
  const counts = `${say.fig("/on_track", "count")} of ${counted(say, "/targets", "target")} on track, ${say.fig("/at_risk", "count")} at risk, ${say.fig("/off_track", "count")} off track`;
  say.p(`**The plan${where}, ${say.period(r.period)}**, as of ${say.date(r.as_of)}: ${counts}.`);
  const one = r.account !== null;
  const named = r.rows.map((row, i) => ({ row, at: `/rows/${i}` }));
  if (one) say.list(named.map(({ row, at }) => line(say, row, at)));
  say.table(
    [...(one ? [] : ["Account"]), "Target", "Period", "Agreed", "To date", "Expected", "Range", "Chance", "State"],
    named.map(({ row, at }) => {
      const unit = measureUnit(row.measure, row.currency);
      const range = row.low === null ? "–" : `${say.fig(`${at}/low`, unit)} to ${say.fig(`${at}/high`, unit)}`;
      return [
        ...(one ? [] : [row.account]),
        measureName(row.measure, row.category),
        say.period({ from: row.from, to: row.to }),
        say.fig(`${at}/value`, unit),
        say.figOr(`${at}/actual`, unit),
        say.figOr(`${at}/expected`, unit),
        range,
        say.figOr(`${at}/chance`, "%"),
        STATE_WORDS[row.state] ?? row.state,
      ];
    }),
  );
  say.p(["**Basis.**", ...r.basis, ...r.missing].join(" "));
};

function line(say: Say, row: Row, at: string): string {
  const unit = measureUnit(row.measure, row.currency);
  const name = `**${measureName(row.measure, row.category)}**: ${STATE_WORDS[row.state] ?? row.state}`;
  if (row.actual === null) return `${name}; ${row.not_known ?? "nothing of it is measured"}.`;
  const parts = [`${say.fig(`${at}/actual`, unit)} to date`];
  if (row.expected !== null && row.expected !== row.actual)
    parts.push(`${say.fig(`${at}/expected`, unit)} expected by the end`);
  const limit = row.ceiling ? "at most" : "agreed are";
  parts.push(`${limit} ${say.fig(`${at}/value`, unit)}`);
  if (row.chance !== null) parts.push(`a chance of ${say.fig(`${at}/chance`, "%")}`);
  const drivers = row.drivers.map(
    (driver, i) => `${driver.name} ${say.fig(`${at}/drivers/${i}/change`, driver.driver === "share" ? "pp" : "%")}`,
  );
  const why = drivers.length ? `; against a year before moved by ${listed(drivers)}` : "";
  const open = row.not_known ? ` (${row.not_known})` : "";
  return `${name}: ${parts.join(", ")}${why}${open}.`;
}
