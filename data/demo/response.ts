import { ACCOUNTS } from "./accounts.ts";
import { type Frame, isListed } from "./frame.ts";
import type { Market } from "./market.ts";
import {
  BLUNTING,
  DISPLAY_X_FEATURE,
  HALO,
  MECHANIC,
  PANTRY_DECAY,
  type Parameters,
  SATURATION,
} from "./parameters.ts";
import { categoryOf, PRODUCTS } from "./products.ts";
import type { DemoEvent } from "./types.ts";

/** All that decides what sells, given the promotions. */
export interface World {
  readonly frame: Frame;
  readonly parameters: Parameters;
  readonly market: Market;
}

/** What of an event counts in the response; the rest is money and paper. */
export type Activity = Pick<
  DemoEvent,
  | "account"
  | "brand"
  | "category"
  | "products"
  | "start"
  | "weeks"
  | "offer"
  | "featureShare"
  | "displayShare"
  | "stockOut"
>;

/** Bends the log depth, so that ever deeper cuts bring ever less. */
const saturate = (depth: number): number => {
  const x = -Math.log(1 - depth);
  return x / (1 + SATURATION * x);
};

/** Log response of a product to a promotion in one week, before pantry and cross effects. */
export function responseTo(
  world: World,
  event: Activity,
  product: number,
  week: number,
  rival = world.market.rivalDepth[event.account]![event.category]![week]!,
): number {
  const { parameters } = world;
  const a = event.account;
  const response =
    parameters.depth[a]![product]! * MECHANIC[event.offer.mechanic] * saturate(event.offer.depth) +
    parameters.display[a]![product]! * event.displayShare +
    parameters.feature[a]![product]! * event.featureShare +
    DISPLAY_X_FEATURE * event.displayShare * event.featureShare;
  return response * Math.max(0, 1 - BLUNTING * rival);
}

/** What lies in the cupboards after a week that sold `lift` times its baseline, in weeks of baseline. */
export const stockAfter = (stock: number, lift: number): number =>
  PANTRY_DECAY * (stock + Math.min(4, Math.max(0, lift - 1)));

/** Units by [product][week] at one account; `sales` after empty shelves, `demand` before. */
export interface Outcome {
  readonly demand: readonly Float64Array[];
  readonly sales: readonly Float64Array[];
}

export interface Without {
  /** This event does not happen. */
  readonly event?: Activity;
  /** This event happens, but takes nothing from the firm's other products. */
  readonly cannibalisationOf?: Activity;
}

/** Runs one account: every product and week, under these events. The formulas stand in README.md. */
export function simulate(world: World, account: number, events: readonly Activity[], without: Without = {}): Outcome {
  const total = world.frame.weeks.length;
  const blank = (): Float64Array[] => PRODUCTS.map(() => new Float64Array(total));
  const [response, taken, gained, empty] = [blank(), blank(), blank(), blank()];
  for (const event of events) {
    if (event.account !== account || event === without.event) continue;
    for (let i = 0; i < event.weeks; i++) {
      const t = event.start + i;
      if (t >= total) break;
      for (const p of event.products) {
        response[p]![t] = responseTo(world, event, p, t);
        empty[p]![t] = event.stockOut[i] ?? 0;
      }
      const cross = crossEffects(world, event, t, (p) => Math.exp(response[p]![t]!) * (1 - empty[p]![t]!) - 1);
      for (const { product, share, halo } of cross) {
        if (event !== without.cannibalisationOf) taken[product]![t]! += share;
        gained[product]![t]! += halo;
      }
    }
  }
  const demand = blank();
  const sales = blank();
  PRODUCTS.forEach((_, p) => {
    const logBase = world.market.logBase[account]![p]!;
    const gap = world.market.outOfStock[account]![p]!;
    const pantry = world.parameters.pantry[p]!;
    let stock = 0;
    for (let t = 0; t < total; t++) {
      const r = response[p]![t]!;
      if (!Number.isNaN(logBase[t]!)) {
        const units = Math.exp(logBase[t]! + r - pantry * stock + gained[p]![t]!) * (1 - Math.min(0.6, taken[p]![t]!));
        demand[p]![t] = units;
        sales[p]![t] = units * (1 - Math.max(gap[t]!, empty[p]![t]!));
      }
      stock = stockAfter(stock, Math.exp(r) * (1 - empty[p]![t]!));
    }
  });
  return { demand, sales };
}

/** What an event takes from, and lends to, each of the firm's other products of its category in a week. */
function crossEffects(world: World, event: Activity, week: number, lift: (product: number) => number) {
  const { frame, parameters } = world;
  const a = event.account;
  const others = PRODUCTS.flatMap((product, p) => {
    if (categoryOf(p) !== event.category || event.products.includes(p) || !isListed(frame, a, p, week, week)) return [];
    return [{ product: p, same: product.brand === event.brand, volume: Math.exp(parameters.level[a]![p]!) }];
  });
  const weight = (same: boolean): number => (same ? 2 : 1);
  const gain = event.products.reduce((sum, p) => sum + Math.exp(parameters.level[a]![p]!) * Math.max(0, lift(p)), 0);
  const pool = others.reduce((sum, other) => sum + weight(other.same) * other.volume, 0);
  return others.map(({ product, same }) => ({
    product,
    share: (ACCOUNTS[a]!.cannibalisation * gain * weight(same)) / pool,
    halo: same ? HALO * (event.displayShare + event.featureShare) : 0,
  }));
}
