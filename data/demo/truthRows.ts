import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import {
  BLUNTING,
  CATEGORY_PRICE,
  DISPLAY_X_FEATURE,
  DRIFT,
  type Grid,
  HALO,
  MECHANIC,
  NOISE_SHARES,
  PANTRY_DECAY,
  SATURATION,
} from "./parameters.ts";
import { PRODUCTS } from "./products.ts";
import { type Booked, isPast } from "./promotions.ts";
import type { Outcome } from "./response.ts";
import type { Tables } from "./tables.ts";
import { effectOf } from "./truth.ts";
import type { DemoWorld } from "./world.ts";

/** What is true, for scoring: an account_id or product_id of 0 means that it is the same for all of them. */
export function truthRows(
  world: DemoWorld,
  booked: readonly Booked[],
  outcomes: readonly Outcome[],
  baselines: readonly (readonly Float64Array[])[],
): Pick<Tables, "truth_parameter" | "truth_promotion" | "truth_baseline"> {
  const { frame } = world;
  return {
    truth_parameter: parameterRows(world),
    truth_promotion: booked
      .filter((b) => isPast(b.event.status))
      .map((b) => {
        const a = b.event.account;
        const own = world.events.filter((event) => event.account === a && event.status !== "cancelled");
        const effect = effectOf(world, own, b.event, outcomes[a]!);
        return {
          promotion_id: b.id,
          baseline: effect.baseline,
          gross_incremental: effect.grossIncremental,
          dip: effect.dip,
          cannibalised: effect.cannibalised,
          halo: effect.halo,
          true_incremental: effect.trueIncremental,
          cause: b.event.cause,
        };
      }),
    truth_baseline: baselines.flatMap((products, a) =>
      products.flatMap((series, p) => {
        const listing = frame.listings[a]![p];
        if (!listing) return [];
        const rows: Tables["truth_baseline"][number][] = [];
        for (let t = listing.from; t < HISTORY && t <= listing.to; t++)
          rows.push({
            account_id: a + 1,
            product_id: p + 1,
            week: frame.weeks[t]!,
            baseline: Math.round(1000 * series[t]!) / 1000,
          });
        return rows;
      }),
    ),
  };
}

function parameterRows({ frame, parameters: q }: DemoWorld): Tables["truth_parameter"] {
  const rows: Tables["truth_parameter"][number][] = [];
  const global = (name: string, value: number): void => void rows.push({ name, account_id: 0, product_id: 0, value });
  const byAccount = (name: string, values: readonly number[]): void =>
    values.forEach((value, a) => void rows.push({ name, account_id: a + 1, product_id: 0, value }));
  const byProduct = (name: string, values: readonly number[]): void =>
    values.forEach((value, p) => void rows.push({ name, account_id: 0, product_id: p + 1, value }));
  const byBoth = (name: string, grid: Grid): void =>
    grid.forEach((row, a) => {
      row.forEach((value, p) => {
        if (frame.listings[a]![p]) rows.push({ name, account_id: a + 1, product_id: p + 1, value });
      });
    });
  byBoth("level", q.level);
  byBoth("depth", q.depth);
  byBoth("display", q.display);
  byBoth("feature", q.feature);
  byBoth("competitor", q.competitor);
  byBoth("noise", q.noise);
  byProduct("trend", q.trend);
  byProduct(
    "everyday_elasticity",
    q.everyday.map((value) => -value),
  );
  byProduct("pantry", q.pantry);
  byAccount("season_scale", q.seasonScale);
  byAccount(
    "cannibalisation",
    ACCOUNTS.map((account) => account.cannibalisation),
  );
  byAccount(
    "funding",
    ACCOUNTS.map((account) => account.funding),
  );
  global("saturation", SATURATION);
  global("display_x_feature", DISPLAY_X_FEATURE);
  global("pantry_decay", PANTRY_DECAY);
  global("halo", HALO);
  global("blunting", BLUNTING);
  global("category_price", CATEGORY_PRICE);
  global("drift", DRIFT);
  for (const [mechanic, value] of Object.entries(MECHANIC)) global(`mechanic_${mechanic}`, value);
  for (const [part, value] of Object.entries(NOISE_SHARES)) global(`noise_share_${part}`, value);
  global("products", PRODUCTS.length);
  return rows;
}
