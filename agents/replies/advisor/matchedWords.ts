import type { Unit } from "../../../data/common/format.ts";
import { listed } from "../../../data/common/words.ts";
import type { Say } from "../say.ts";
import { counted } from "./words.ts";

/** Two groups of promotions on equal footing, as the tools say it. */
export interface MatchedJson {
  readonly raw: number | null;
  readonly adjusted: number | null;
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly clear: boolean;
  readonly misleads: boolean;
  readonly reason: string | null;
  readonly apart: readonly string[];
}

/** What two groups differed in, as a person says it. */
const CONDITIONS: Readonly<Record<string, string>> = {
  season: "the time of the year",
  holiday: "how often they ran before a holiday",
  competitor: "how often a competitor's promotion ran beside them",
  out_of_stock: "how much was out of stock",
  after_own: "how often they followed another promotion of ours",
  size: "the size of what was promoted",
  weeks: "their length",
  depth: "the depth of the discount",
};

/** What is held alike, for the ground of an answer. */
export const ALIKE =
  "On equal footing means: promotions of the same support, weighted so that season, holidays, competitors, stock, our own promotions just before, size, length, depth, brand, account and mechanic are alike, save what is compared itself.";

interface Pair {
  /** The first group and the other, as they are named in a sentence. */
  readonly first: string;
  readonly other: string;
  /** "net ROI", "uplift". */
  readonly metric: string;
  /** Unit of a difference of the metric. */
  readonly unit: Unit;
  /** Whether this is the answer, and not what stands beside it. */
  readonly answers?: boolean;
}

/** The difference of the first group to the other between like promotions, as a sentence or two; how many, and what the raw figures say. */
export function matchedSentence(say: Say, path: string, matched: MatchedJson, pair: Pair): string {
  const counts = `${say.fig(`${path}/promotions`, "count")} against ${counted(say, `${path}/others`, "promotion")}`;
  if (matched.adjusted === null) return noMatch(say, path, matched, pair, counts);
  const way = matched.adjusted >= 0 ? "higher" : "lower";
  const claim = `On equal footing the ${pair.metric} of ${pair.first} was ${way} than that of ${pair.other}`;
  const found = `${pair.answers ? `**${claim}**` : claim}: a difference of ${say.fig(`${path}/adjusted`, pair.unit)}`;
  const sure = matched.clear ? "" : ", which may be chance";
  const overlap = `${counts}, ${say.fig(`${path}/overlap`, "%")} of them with a counterpart`;
  return [
    `${found} (${say.fig("/interval", "%")} interval ${say.range(`${path}/range`, pair.unit)}; ${overlap})${sure}.`,
    rawWords(say, path, matched, pair),
  ]
    .filter(Boolean)
    .join(" ");
}

function rawWords(say: Say, path: string, matched: MatchedJson, pair: Pair): string {
  if (matched.raw === null) return "";
  const raw = say.fig(`${path}/raw`, pair.unit);
  const apart = apartWords(matched);
  return matched.misleads
    ? `**The plain figures mislead**: as they ran, the difference was ${raw}, with the opposite sign${apart ? `; what differed most was ${apart}` : ""}.`
    : `As they ran, the difference was ${raw}${apart ? `; what differed most was ${apart}` : ""}.`;
}

const apartWords = (matched: MatchedJson): string => listed(matched.apart.flatMap((name) => CONDITIONS[name] ?? []));

const WHY: Readonly<Record<string, string>> = {
  too_few: "one of the two has too few promotions",
  no_common_stratum: "they hardly ever ran with the same support",
  no_overlap: "they ran under conditions too different to set them side by side",
};

function noMatch(say: Say, path: string, matched: MatchedJson, pair: Pair, counts: string): string {
  const why = WHY[matched.reason ?? ""] ?? "there are too few of them";
  const raw =
    matched.raw === null
      ? ""
      : ` As they ran, the difference in ${pair.metric} was ${say.fig(`${path}/raw`, pair.unit)}, and what else differed may be behind it.`;
  return `There is not enough overlap to compare ${pair.first} with ${pair.other} on equal footing: ${why} (${counts}).${raw}`;
}

/** Each group's difference to the others as they ran and on equal footing. */
export function matchedTable(
  say: Say,
  [thing, others]: readonly [string, string],
  rows: readonly { readonly name: string; readonly path: string; readonly matched: MatchedJson }[],
  unit: Unit,
): void {
  if (!rows.some((row) => row.matched.adjusted !== null)) return;
  say.p(`**Against ${others}: as they ran, and on equal footing**`);
  say.table(
    [thing, "As they ran", "On equal footing", "Interval", "With a counterpart"],
    rows.map(({ name, path, matched }) => [
      `${name}${matched.misleads ? " (plain figures mislead)" : ""}`,
      say.figOr(`${path}/raw`, unit),
      matched.adjusted === null ? "not enough overlap" : say.fig(`${path}/adjusted`, unit),
      matched.range ? say.range(`${path}/range`, unit) : "–",
      say.fig(`${path}/overlap`, "%"),
    ]),
  );
}
