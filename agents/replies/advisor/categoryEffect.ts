import { listed } from "../../../data/common/words.ts";
import { atPointer, type Say } from "../say.ts";
import { counted } from "./words.ts";

/** Whose the gain of promotions was, as the result holds it. */
export interface Split {
  readonly category: string;
  readonly unit: string;
  readonly promotions?: number;
  readonly name?: string;
  readonly promotion?: string;
  readonly verdict: "grew_category" | "only_us" | "no_gain";
  readonly new_share: { readonly mean: number } | null;
  readonly after?: { readonly category_growth: { readonly low: number; readonly high: number } } | null;
}

/** Did promotions grow the category or only us: all of a category together, then one by one. */
export function sayEffect(say: Say): void {
  const result = say.call.result as unknown as {
    readonly promotions: readonly Split[];
    readonly rows: readonly Split[];
    readonly promotion: string | null;
    readonly promotion_name: string | null;
    readonly promotions_judged: number;
    readonly account: string | null;
  };
  if (!result.promotions.length) {
    say.p("Of our promotions there none could be held against the category: too few weeks were free of them.");
    return;
  }
  if (result.promotions.length > 1) together(say, result.promotions);
  else say.p(effectWords(say, result.promotions[0]!, "/promotions/0", result));
  if (result.promotion === null && result.promotions_judged > 1) {
    say.p(
      `One by one, ${say.fig("/grew_category", "count")} of ${counted(say, "/promotions_judged", "promotion")} grew the category beyond doubt; the range of the others includes no growth.`,
    );
    say.table(
      ["Promotion", "Our gain", "Category growth", "Range", "From competitors", "From private label"],
      result.rows.map((row, at) => {
        const path = `/rows/${at}`;
        return [
          `${row.promotion}, ${row.name}`,
          `${say.fig(`${path}/own_gain/mean`, "units")} ${row.unit}`,
          `${say.fig(`${path}/category_growth/mean`, "units")} ${row.unit}`,
          say.range(`${path}/category_growth`, "units"),
          say.fig(`${path}/from_competitors/mean`, "units"),
          say.fig(`${path}/from_private_label/mean`, "units"),
        ];
      }),
    );
  }
}

/** Several categories: the verdict of each in a sentence, the figures in a table. */
function together(say: Say, splits: readonly Split[]): void {
  const of = (verdict: Split["verdict"]): string =>
    listed(splits.filter((s) => s.verdict === verdict).map((s) => s.category));
  const words = (Object.keys(VERDICTS) as Split["verdict"][])
    .filter((verdict) => of(verdict) !== "")
    .map((verdict) => `in ${of(verdict)} they ${VERDICTS[verdict]}`);
  const shares = splits.flatMap((split, at) =>
    split.new_share ? [`${split.category} ${say.fig(`/promotions/${at}/new_share/mean`, "%")}`] : [],
  );
  const pulled = splits.filter((s) => s.after && s.after.category_growth.high < 0).map((s) => s.category);
  say.p(
    [
      `**Our promotions: ${listed(words)}.**`,
      shares.length
        ? `Of our gain this part was new to the category: ${listed(shares)}; the rest came from competitors and private label.`
        : "",
      pulled.length
        ? `In the four weeks after them ${listed(pulled)} sold less than usual: part of it was only pulled forward.`
        : "",
    ]
      .filter(Boolean)
      .join(" "),
  );
  say.table(
    ["Category", "Promotions", "Our gain", "Category growth", "Range", "New to the category", "Range", "Quiet weeks"],
    splits.map((split, at) => {
      const path = `/promotions/${at}`;
      return [
        split.category,
        say.fig(`${path}/promotions`, "count"),
        `${say.fig(`${path}/own_gain/mean`, "units")} ${split.unit}`,
        `${say.fig(`${path}/category_growth/mean`, "units")} ${split.unit}`,
        say.range(`${path}/category_growth`, "units"),
        say.figOr(`${path}/new_share/mean`, "%"),
        split.new_share ? say.range(`${path}/new_share`, "%") : "–",
        say.fig(`${path}/quiet_weeks`, "count"),
      ];
    }),
  );
}

const VERDICTS: Readonly<Record<Split["verdict"], string>> = {
  grew_category: "grew the category, not only us",
  only_us: "grew us, not the category as far as can be told",
  no_gain: "brought us no gain that can be told from chance",
};

function effectWords(
  say: Say,
  split: Split,
  path: string,
  {
    promotion,
    promotion_name,
    account,
  }: { promotion: string | null; promotion_name: string | null; account: string | null },
): string {
  const who = promotion
    ? `${promotion}, ${promotion_name}`
    : `Our ${split.category} promotions (${counted(say, `${path}/promotions`, "promotion")})`;
  const unit = split.unit;
  const words = [
    `**${who} ${VERDICTS[split.verdict]}.** In ${promotion ? "its" : "their"} ${counted(say, `${path}/weeks`, "week")} we sold ${say.fig(`${path}/own_gain/mean`, "units")} ${unit} more of the category than without ${promotion ? "it" : "them"} (${say.range(`${path}/own_gain`, "units")}), and the whole category${account ? ` at ${account}` : ""} ${say.fig(`${path}/category_growth/mean`, "units")} ${unit} more (${say.range(`${path}/category_growth`, "units")}, ${say.fig("/interval", "%")} range).`,
  ];
  if (split.new_share)
    words.push(
      `So ${say.fig(`${path}/new_share/mean`, "%")} of our gain was new to the category (${say.range(`${path}/new_share`, "%")}); ${taken(say, path, unit)}.`,
    );
  const after = split.after;
  if (after && after.category_growth.high < 0)
    words.push(
      `In the four weeks after, the category stood at ${say.fig(`${path}/after/category_growth/mean`, "units")} ${unit} against its baseline: part of it was only pulled forward.`,
    );
  words.push(`Evidence: at least ${counted(say, `${path}/quiet_weeks`, "week")} without promotions an account.`);
  return words.join(" ");
}

/** What came from whom; below zero nobody lost. */
function taken(say: Say, path: string, unit: string): string {
  const part = (key: string, name: string): string => {
    const value = atPointer(say.call.result, `${path}/${key}/mean`) as number;
    const text = say.fig(`${path}/${key}/mean`, "units");
    return value >= 0 ? `${text} ${unit} came from ${name}` : `none from ${name} (${text} ${unit})`;
  };
  return `${part("from_competitors", "competitors")} and ${part("from_private_label", "private label")}`;
}
