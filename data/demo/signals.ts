import { addDays, earliest } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { categoryMoves } from "./market.ts";
import { CATEGORIES } from "./products.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

type Signal = Omit<Tables["signal"][number], "id">;

/** What was seen of the market: competitors' promotions, price moves of categories and competitors, and news. */
export function signalRows(world: DemoWorld): Tables["signal"] {
  const { today, weeks } = world.frame;
  const seen = new Set<string>();
  const promotions = world.rivals.flatMap((rival): Signal[] => {
    const draw = random("signal", rival.account, rival.category, rival.start);
    const start = weeks[rival.start]!;
    const key = `${rival.account}/${rival.category}/${rival.competitor}/${start}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const account = ACCOUNTS[rival.account]!;
    const percent = Math.round(100 * rival.depth);
    const where =
      rival.depth >= 0.45
        ? "front page of the leaflet and a display in most stores"
        : draw.pick(["in the leaflet", "shelf price only", "on an end of aisle", "in the loyalty app"]);
    const reported = addDays(start, draw.int(-5, 4));
    return [
      {
        account_id: rival.account + 1,
        category_id: rival.category + 1,
        kind: "competitor_promotion",
        competitor: rival.competitor,
        start,
        end: addDays(start, 7 * rival.weeks - 1),
        value: rival.depth,
        text: `${rival.competitor} ${percent} % off at ${account.short}, ${where}`,
        source: draw.pick(["Leaflet monitor", "Field sales report", "Price tracker"]),
        reported: reported < today ? reported : addDays(today, -draw.int(1, 4)),
      },
    ];
  });
  const prices = CATEGORIES.flatMap((category, c) =>
    categoryMoves(c).map(({ week, change }): Signal => {
      const start = weeks[week]!;
      const [way, size] = [change > 0 ? "up" : "down", Math.abs(100 * change).toFixed(1)];
      return {
        account_id: null,
        category_id: c + 1,
        kind: "category_price",
        competitor: null,
        start,
        end: addDays(start, 27),
        value: change,
        text: `${category.name} shelf prices ${way} ${size} % across the market`,
        source: "Retail panel",
        reported: earliest(addDays(start, 9), today),
      };
    }),
  );
  return [...promotions, ...prices, ...news(world)]
    .sort((x, y) => (x.reported < y.reported ? -1 : x.reported > y.reported ? 1 : 0))
    .map((row, i) => ({ id: i + 1, ...row }));
}

/** Things to know that move nothing in the simulation. */
function news(world: DemoWorld): Signal[] {
  const { today } = world.frame;
  const at = (ago: number): string => addDays(today, -ago);
  const rows: readonly (readonly [
    ago: number,
    account: number | null,
    category: number | null,
    kind: Signal["kind"],
    competitor: string | null,
    value: number | null,
    text: string,
    source: string,
  ])[] = [
    [
      12,
      null,
      1,
      "news",
      null,
      null,
      "Green coffee futures at their highest in six months; roasters speak of list-price rounds in spring",
      "Trade press",
    ],
    [
      19,
      3,
      null,
      "news",
      null,
      null,
      "Cormorant is remodelling twelve hypermarkets; end-of-aisle space is short there until the spring",
      "Field sales report",
    ],
    [
      26,
      null,
      4,
      "competitor_price",
      "Brightwell",
      -0.04,
      "Brightwell lowered the list price of its 2 l liquids by 4 %",
      "Price list",
    ],
    [33, 6, null, "event", null, null, "Fairway's app week: free delivery from EUR 40", "Buyer's newsletter"],
    [40, null, 2, "competitor_price", "Glacier Bay", 0.03, "Glacier Bay raised its tubs by 3 %", "Price tracker"],
    [54, 4, null, "news", null, null, "Delphi adds a private-label gel detergent at EUR 2.49", "Field sales report"],
    [
      61,
      null,
      3,
      "news",
      null,
      null,
      "Whiskerly recalls one lot of its cat food; shelves are short of it",
      "Trade press",
    ],
    [
      75,
      2,
      null,
      "event",
      null,
      null,
      "Bramley's birthday month: doubled loyalty points on fresh food",
      "Buyer's newsletter",
    ],
  ];
  return rows.map(([ago, account_id, category_id, kind, competitor, value, text, source]) => ({
    account_id,
    category_id,
    kind,
    competitor,
    start: at(ago),
    end: at(ago - 14),
    value,
    text,
    source,
    reported: at(ago - 1),
  }));
}
