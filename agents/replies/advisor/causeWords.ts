export { causeTitle } from "../../../tools/advisor/explain/causeTitles.ts";

import { atPointer, type Say } from "../say.ts";
import { signalLine } from "./marketSignals.ts";
import { counted } from "./words.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What in the store speaks for a cause, in sentences; `path` is the cause's place in the result. */
export function evidenceWords(say: Say, cause: string, path: string): string {
  const at = (key: string): unknown => atPointer(say.call.result, `${path}/evidence/${key}`);
  const has = (key: string): boolean => typeof at(key) === "number";
  const figure = (key: string, unit: string): string => say.fig(`${path}/evidence/${key}`, unit);
  switch (cause) {
    case "competitor": {
      const signals = at("signals") as Rows;
      return signals
        .slice(0, 3)
        .map((signal, i) => signalLine(say, signal as never, `${path}/evidence/signals/${i}`))
        .join("; ");
    }
    case "display":
    case "feature": {
      const stood = cause === "display" ? "the display" : "the feature";
      const parts: string[] = [];
      if (at("checked") && has("checked/share"))
        parts.push(
          `${counted(say, `${path}/evidence/checked/stores`, "store")} checked, ${stood} found in ${figure("checked/share", "%")} of them`,
        );
      if (has("measured_share"))
        parts.push(`the sales data show ${stood} in ${figure("measured_share", "%")} of stores`);
      if (has("usual_share")) parts.push(`usual here is ${figure("usual_share", "%")}`);
      return parts.join("; ");
    }
    case "stock_out": {
      const parts = [
        `out of stock for ${figure("out_of_stock", "%")} of the time on average, ${counted(say, `${path}/evidence/products`, "product")} in ${counted(say, `${path}/evidence/weeks`, "week")}`,
      ];
      if (has("fill_rate"))
        parts.push(
          `${figure("shipped", "units")} units delivered of ${figure("ordered", "units")} ordered (${figure("fill_rate", "%")})`,
        );
      if (at("checked") && has("checked/share"))
        parts.push(`on the shelf in ${figure("checked/share", "%")} of the stores checked`);
      return parts.join("; ");
    }
    case "pull_forward":
      return (at("before") as Rows)
        .map((row, i) => {
          const days = say.fig(`${path}/evidence/before/${i}/days_before`, "days");
          const extra = say.fig(`${path}/evidence/before/${i}/gross_incremental`, "units");
          return `${row.promotion}, ${row.name}, ended on ${say.date(String(row.end))} (${days} days between) and sold ${extra} units above its baseline`;
        })
        .join("; ");
    case "own_promotions":
      return (at("beside") as Rows)
        .slice(0, 4)
        .map((row) => `${row.promotion}, ${row.name} (${say.period({ from: String(row.start), to: String(row.end) })})`)
        .join("; ");
    case "price":
      return has("planned_cut") && has("seen_cut")
        ? `planned ${figure("planned_cut", "%")} off the shelf, seen ${figure("seen_cut", "%")}`
        : "";
    case "distribution":
      return has("during") ? `carried by ${figure("during", "%")} of stores in these weeks` : "";
    default:
      return "";
  }
}
