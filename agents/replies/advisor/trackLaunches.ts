import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { type Ground, sayGround } from "./ground.ts";
import { counted } from "./words.ts";

interface Launched {
  readonly product: string;
  readonly kind: "launch" | "listing";
  readonly from: string;
  readonly accounts: number;
  readonly index: number | null;
  readonly ahead: number;
  readonly on_track: number;
  readonly behind: number;
  readonly building: number;
  readonly too_early: number;
  readonly cannibalised: { readonly told: boolean } | null;
}
interface Row {
  readonly account: string;
  readonly product: string;
  readonly from: string;
  readonly status: keyof typeof STATUS;
  readonly build: readonly { readonly week: number }[];
}
interface Launches extends Ground {
  readonly tracked: number;
  readonly shown: number;
  readonly products: readonly Launched[];
  readonly rows: readonly Row[];
  readonly ahead: readonly { readonly account: string; readonly product: string; readonly from: string }[];
  readonly newest: { readonly product: string; readonly account: string; readonly from: string } | null;
}

const STATUS = {
  ahead: "ahead",
  on_track: "on track",
  behind: "behind",
  building: "still building",
  too_early: "too early to tell",
  not_known: "not known",
  gone: "no longer sold",
} as const;

/** How what is new does, product by product and account by account. */
export const composeLaunches: Composer = (say) => {
  const result = say.call.result as unknown as Launches;
  if (!result.tracked) say.p(nothingWords(say, result));
  for (const [at, product] of result.products.entries()) say.p(productWords(say, result, product, at));
  if (result.ahead.length)
    say.p(
      `Agreed and to come: ${listed(result.ahead.map((a) => `${a.product} at ${a.account} from ${say.date(a.from)}`))}.`,
    );
  sayGround(say, result, "");
  table(say, result);
};

function nothingWords(say: Say, result: Launches): string {
  const what = result.product ?? result.category ?? "our range";
  const where = result.account ? ` at ${result.account}` : "";
  const newest = result.newest
    ? ` The last to come was ${result.newest.product} at ${result.newest.account}, on ${say.date(result.newest.from)}.`
    : " Everything of it was there when the sales data begin.";
  return `**Nothing of ${what} was launched or newly listed${where}** between ${say.date(result.period.from)} and today.${newest}`;
}

function productWords(say: Say, result: Launches, of: Launched, at: number): string {
  const path = `/products/${at}`;
  const came =
    of.kind === "launch"
      ? `came on ${say.date(of.from)} and stands at ${counted(say, `${path}/accounts`, "account")}`
      : `was newly listed at ${counted(say, `${path}/accounts`, "account")} on ${say.date(of.from)}`;
  const tally = (["ahead", "on_track", "behind", "building", "too_early"] as const)
    .filter((key) => of[key] > 0)
    .map((key) => `${STATUS[key]} at ${say.fig(`${path}/${key}`, "count")}`);
  const pace =
    of.index === null
      ? ""
      : ` Where it stands it sells at ${say.fig(`${path}/index`, "ratio")} of the brand's middle product, store for store.`;
  const verdict = accountsOf(result, of.product);
  return `**${of.product}** ${came}, ${counted(say, `${path}/weeks`, "week")} ago: ${tally.length ? listed(tally) : "not known"}. It sold ${say.fig(`${path}/units`, "units")} units so far, ${say.fig(`${path}/units_week`, "units")} a week lately.${pace}${verdict}${lostWords(say, of, path)}`;
}

/** Which accounts are ahead and which behind, by name. */
function accountsOf(result: Launches, product: string): string {
  const of = (status: Row["status"]): string[] =>
    result.rows.filter((r) => r.product === product && r.status === status).map((r) => r.account);
  const [ahead, behind] = [of("ahead"), of("behind")];
  return [ahead.length ? ` Ahead: ${listed(ahead)}.` : "", behind.length ? ` Behind: ${listed(behind)}.` : ""].join("");
}

function lostWords(say: Say, { cannibalised }: Launched, path: string): string {
  if (!cannibalised) return "";
  const range = say.range(`${path}/cannibalised/units`, "units");
  return cannibalised.told
    ? ` The brand's other products lost ${say.fig(`${path}/cannibalised/units/mean`, "units")} units since (${range}, ${say.fig("/interval", "%")} range).`
    : ` What it took from the brand's other products cannot be told from nothing (${range} units, ${say.fig("/interval", "%")} range).`;
}

function table(say: Say, result: Launches): void {
  say.table(
    [
      "Product",
      "Account",
      "Since",
      "Weeks",
      "Distribution",
      "Usual there",
      "Units a week",
      "Of its peers",
      "Earlier launches",
      "Status",
    ],
    result.rows.map((row, i) => {
      const path = `/rows/${i}`;
      return [
        row.product,
        row.account,
        say.date(row.from),
        say.fig(`${path}/weeks`, "count"),
        buildWords(say, row, path),
        say.figOr(`${path}/distribution_usual`, "%"),
        say.figOr(`${path}/units_week`, "units"),
        say.figOr(`${path}/index`, "ratio"),
        say.figOr(`${path}/earlier_index`, "ratio"),
        STATUS[row.status],
      ];
    }),
  );
  if (result.tracked > result.shown) say.p(`Shown: ${say.fig("/shown", "count")} of ${say.fig("/tracked", "count")}.`);
}

/** "46 % in week 4, now 91 %" */
function buildWords(say: Say, row: Row, path: string): string {
  const [first] = row.build;
  const now = say.figOr(`${path}/distribution`, "%");
  return first
    ? `${say.fig(`${path}/build/0/distribution`, "%")} in week ${say.fig(`${path}/build/0/week`, "count")}, now ${now}`
    : now;
}
