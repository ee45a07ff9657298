import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { type Split, sayEffect } from "./categoryEffect.ts";
import { type Ground, sayGround } from "./ground.ts";
import { counted, PERCENT_AXIS } from "./words.ts";

interface Category {
  readonly category: string;
  readonly growth: number | null;
  readonly volume_unit: string | null;
  readonly volume_growth: number | null;
  readonly own_growth: number | null;
  readonly own_share_change: number | null;
  readonly private_label_share_change: number | null;
  readonly from_us: number | null;
  readonly price_index_change: number | null;
  readonly fair_share: { readonly index: number; readonly gap_value: number } | null;
}
interface View extends Ground {
  readonly currency: string;
  readonly promotion: string | null;
  readonly before: { readonly from: string; readonly to: string };
  readonly categories: readonly Category[];
  readonly named: { readonly name: string; readonly share: number | null; readonly share_change: number | null } | null;
  readonly trend: readonly { readonly category: string; readonly month: string }[];
  readonly promotions: readonly Split[];
}

const ONE_BY_ONE = 2;
/** Asked for shares alone, promotions are no part of the answer. */
const SHARES: readonly unknown[] = ["private_label", "competitors", "own"];

/** The category as the retailer sees it, whose growth it was, and whether our promotions grew it. */
export const composeCategory: Composer = (say) => {
  const result = say.call.result as unknown as View;
  const effectFirst = result.promotion !== null || say.call.args.focus === "promotions";
  if (effectFirst) sayEffect(say);
  if (result.promotion === null) {
    say.p(result.categories.map((row, at) => categoryWords(say, result, row, at)).join("\n\n"));
    const named = namedWords(say, result);
    if (named) say.p(named);
    if (!effectFirst && !SHARES.includes(say.call.args.focus)) sayEffect(say);
  }
  sayGround(say, result, `Compared with ${say.period(result.before)}, ${counted(say, "/weeks", "week")} each.`);
  if (result.promotion === null) table(say, result);
  chart(say, result);
};

function categoryWords(say: Say, result: View, row: Category, at: number): string {
  const path = `/categories/${at}`;
  const value = say.fig(`${path}/value`, result.currency);
  const head =
    row.growth === null
      ? `**${row.category}** is worth ${value} there.`
      : `**${row.category} ${moved(say, `${path}/growth`)}** to ${value}${volumeWords(say, path, row)}.`;
  const asked = say.call.args.focus;
  const lead = SHARES.includes(asked);
  const shares = [
    ["own", "Our", "ours", "own_share"],
    ["competitors", "Competitors'", "competitors'", "competitor_share"],
    ["private_label", "Private label's", "private label's", "private_label_share"],
  ] as const;
  const ordered = shares.toSorted((a, b) => Number(b[0] === asked) - Number(a[0] === asked));
  const where = result.account ? ` at ${result.account}` : "";
  const words = ordered.map(([, , name, key], i) => {
    const share = say.figOr(`${path}/${key}`, "%");
    const change = say.figOr(`${path}/${key}_change`, "pp", "");
    return `${i === 0 ? `${ordered[0]![1]} share of ${lead ? `${row.category}${where}` : "its value"} is` : name} ${share}${change ? ` (${change})` : ""}`;
  });
  const first = `${words[0]}; ${words.slice(1).join(", ")}.`;
  return [
    ...(lead ? [`**${first}**`, head] : [head, first]),
    sourceWords(say, path, row),
    priceWords(say, path, row),
    fairWords(say, result, path, row),
  ]
    .filter(Boolean)
    .join(" ");
}

const moved = (say: Say, path: string): string => `changed by ${say.fig(path, "%")}`;

const volumeWords = (say: Say, path: string, row: Category): string =>
  row.volume_growth === null ? "" : `, its volume by ${say.fig(`${path}/volume_growth`, "%")}`;

/** Who made the growth. */
function sourceWords(say: Say, path: string, row: Category): string {
  if (row.growth === null || row.from_us === null) return "";
  const parts = (["from_us", "from_competitors", "from_private_label"] as const).map((key) =>
    say.fig(`${path}/${key}`, "pp"),
  );
  const verdict =
    row.from_us < 0 && row.growth > 0
      ? " The category grew without us."
      : row.from_us > 0 && row.growth > 0 && row.own_share_change! > 0
        ? " We grew faster than it."
        : row.from_us > 0 && row.growth > 0
          ? " We grew with it, though slower."
          : "";
  return `Of the change ${parts[0]} came from us, ${parts[1]} from competitors and ${parts[2]} from private label.${verdict}`;
}

const priceWords = (say: Say, path: string, row: Category): string =>
  row.price_index_change === null ? "" : `Its price index moved by ${say.fig(`${path}/price_index_change`, "%")}.`;

function fairWords(say: Say, result: View, path: string, row: Category): string {
  if (!row.fair_share) return "";
  const at = `${path}/fair_share`;
  const share = `Our share at ${counted(say, `${at}/accounts`, "other account")} together is ${say.fig(`${at}/share`, "%")}, so ${result.account} stands at ${say.fig(`${at}/index`, "ratio")} of our fair share`;
  return row.fair_share.gap_value > 0
    ? `${share}; the gap is worth ${say.fig(`${at}/gap_value`, result.currency)} of shelf value.`
    : `${share}: above it.`;
}

function namedWords(say: Say, result: View): string {
  if (!result.named || result.named.share === null) return "";
  const change = result.named.share_change === null ? "" : ` (${say.fig("/named/share_change", "pp")})`;
  return `**${result.named.name}** holds ${say.fig("/named/share", "%")} of it${change}, by what shoppers paid (${say.fig("/named/value", result.currency)}).`;
}

function table(say: Say, result: View): void {
  if (result.categories.length < ONE_BY_ONE) return;
  say.table(
    ["Category", "Value", "Growth", "Volume", "Ours", "Change", "Private label", "Change", "Price index"],
    result.categories.map((row, at) => {
      const path = `/categories/${at}`;
      return [
        row.category,
        say.fig(`${path}/value`, result.currency),
        say.figOr(`${path}/growth`, "%"),
        say.figOr(`${path}/volume_growth`, "%"),
        say.figOr(`${path}/own_share`, "%"),
        say.figOr(`${path}/own_share_change`, "pp"),
        say.figOr(`${path}/private_label_share`, "%"),
        say.figOr(`${path}/private_label_share_change`, "pp"),
        say.figOr(`${path}/price_index_change`, "%"),
      ];
    }),
  );
}

function chart(say: Say, result: View): void {
  const categories = [...new Set(result.trend.map((row) => row.category))];
  if (result.trend.length < 3) return;
  const label = say.call.args.focus === "private_label" ? "private_label_share" : "own_share";
  const title =
    label === "own_share" ? "Our share of the category's value" : "Private label's share of the category's value";
  say.chart(`${title}, ${listed(categories)}`, {
    data: { values: result.trend },
    mark: { type: "line", point: true, tooltip: true },
    encoding: {
      x: { field: "month", type: "ordinal", title: "Month" },
      y: { field: label, type: "quantitative", title, axis: PERCENT_AXIS },
      color: { field: "category", type: "nominal", title: "Category" },
    },
  });
}
