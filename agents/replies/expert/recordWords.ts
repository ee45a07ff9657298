import { MECHANIC_WORDS } from "../../../data/promotions/words.ts";
import { counted } from "../advisor/words.ts";
import { atPointer, type Say } from "../say.ts";

interface Group {
  readonly account: string | null;
  readonly mechanic: keyof typeof MECHANIC_WORDS | null;
  readonly band: { readonly to: number | null } | null;
}

interface RecordJson {
  readonly asked: Group & { readonly n: number };
  readonly group: Group | null;
  readonly wider: boolean;
  readonly score: { readonly n: number } | null;
  readonly of: "promotions" | "weeks";
  readonly untried: boolean;
}

/** What forecasts are counted by. */
export const unitsOfRecord = (of: "promotions" | "weeks"): [one: string, many: string] =>
  of === "weeks" ? ["promoted week", "promoted weeks"] : ["promotion", "promotions"];

/** "TPRs of 15 % to 25 % at Albion Fresh": the group of forecasts at `path`. */
export function groupWords(say: Say, path: string, of: RecordJson["of"]): string {
  const { account, mechanic, band } = atPointer(say.call.result, path) as Group;
  const bare = band?.to === 0;
  const what = mechanic && !bare ? `${MECHANIC_WORDS[mechanic].short}s` : unitsOfRecord(of)[1];
  const depth = band ? (bare ? " without a price cut" : ` of ${bandWords(say, `${path}/band`)}`) : "";
  return `${what}${depth}${account ? ` at ${account}` : ""}`;
}

/** "15 % to 25 %": the band of depths at `path`. */
export const bandWords = (say: Say, path: string): string => say.words(`${path}/words`, [`${path}/from`, `${path}/to`]);

/** How good forecasts like the one beside the record at `path` were, in a sentence or two; that there is not enough evidence is one. */
export function recordWords(say: Say, path: string): string {
  const record = atPointer(say.call.result, path) as RecordJson;
  if (record.untried)
    return "How good such forecasts are has not been tried in this store yet: ask how good the forecasts are, and they are tried on its past.";
  if (record.score && !record.wider) return offBy(say, path, "Forecasts");
  const few =
    `There is not enough evidence on forecasts of ${groupWords(say, `${path}/asked`, record.of)} ` +
    `(${counted(say, `${path}/asked/n`, ...unitsOfRecord(record.of))}, where ${say.fig(`${path}/least`, "count")} are the least)`;
  return record.score ? `${few}; ${offBy(say, path, "those")}` : `${few}.`;
}

/** "Forecasts of TPRs at Albion Fresh were off by 12 % of the units sold (9 promotions; the 80 % range held 8 of them)." */
export function offBy(say: Say, path: string, forecasts: string): string {
  const { of, group, score } = atPointer(say.call.result, path) as RecordJson;
  if (!group || !score) return "";
  const { account, mechanic, band } = group;
  const all = account || mechanic || band ? "" : "all ";
  return (
    `${forecasts} of ${all}${groupWords(say, `${path}/group`, of)} were off by ${say.fig(`${path}/score/wape`, "%")} of the units sold ` +
    `(${counted(say, `${path}/score/n`, ...unitsOfRecord(of))}; the ${say.fig(`${path}/interval`, "%")} range held ${say.fig(`${path}/score/held`, "count")} of them).`
  );
}
