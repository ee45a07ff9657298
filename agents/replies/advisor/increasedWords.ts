import { listed } from "../../../data/common/words.ts";
import type { Increased } from "../../../tools/advisor/increased.ts";
import type { Say } from "../say.ts";
import { counted } from "./words.ts";

/** "98 of 107 promotions increased sales: …", where promotions are listed by what they brought. */
export function increasedWords(say: Say, of: Increased): string {
  const why = "the interval of their true incremental units, after the dip and cannibalisation, lies above zero";
  const rest = [
    of.unclear ? `${say.fig("/increased/unclear", "count")} cannot be told from none` : "",
    of.down ? `${say.fig("/increased/down", "count")} sold less than without` : "",
  ].filter(Boolean);
  const head = of.up
    ? `**${say.fig("/increased/up", "count")} of ${counted(say, "/events", "promotion")} increased sales**: ${why} (${say.fig("/interval", "%")}).`
    : `**No promotion increased sales beyond doubt**: of none ${why.replace("their", "its")} (${say.fig("/interval", "%")}).`;
  const others = rest.length ? ` Of the others ${listed(rest)}.` : "";
  const paid = of.up
    ? ` More sales are not yet a gain: ${say.fig("/increased/earned", "count")} of those ${say.fig("/increased/up", "count")} also earned back what was spent.`
    : "";
  return head + others + paid;
}

/** The promotions that increased sales most, and those that did not, with what they are told by. */
export function increasedTables(say: Say, of: Increased): void {
  const table = (head: string, list: "best" | "others"): void => {
    say.table(
      [head, "True incremental", "Interval", "Net ROI"],
      of[list].map((row, at) => [
        `${row.promotion}, ${row.name}`,
        say.fig(`/increased/${list}/${at}/true_incremental`, "units"),
        say.range(`/increased/${list}/${at}`, "units"),
        say.figOr(`/increased/${list}/${at}/net_roi`, "ratio"),
      ]),
    );
  };
  table("Increased sales", "best");
  table("Did not, as far as can be told", "others");
  say.chart("True incremental units of the promotions that increased sales", {
    data: { values: of.best },
    encoding: { y: { field: "name", type: "nominal", sort: "-x", title: "Promotion" } },
    layer: [
      {
        mark: { type: "bar", tooltip: true },
        encoding: { x: { field: "true_incremental", type: "quantitative", title: "Units" } },
      },
      { mark: "rule", encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } } },
    ],
  });
}
