import { addDays, type Period } from "../../data/common/dates.ts";
import { allContracts, type ContractRow } from "../../data/contracts/contracts.repo.ts";
import type { AgreedPromotion } from "../../data/models/fitInput.repo.ts";
import { listings } from "../../data/models/fitInput.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { hasEnded } from "../fitting/events.ts";
import type { FittedModels } from "../fitting/fittedModels.ts";
import type { SeriesFacts } from "../fitting/ground.ts";
import { type MarketBook, readMarketBook } from "../fitting/marketBook.ts";
import type { StoreModel } from "../fitting/storeModel.ts";
import { median } from "../statistics.ts";
import { readScorings, type Scorings } from "./record/scorings.ts";

/** Everything that forecasts of one moment are made from: read once, then any number of forecasts without the store. */
export interface ForecastGround {
  readonly fitted: StoreModel;
  readonly book: MarketBook;
  readonly contracts: readonly ContractRow[];
  /** Promotions that ran and are over. */
  readonly past: readonly AgreedPromotion[];
  /** Listing periods by account; empty where the store knows none. */
  readonly listings: ReadonlyMap<
    number,
    readonly { readonly product_id: number; readonly start: string; readonly end: string | null }[]
  >;
  /** What was forecast before and came to an end. */
  readonly scorings: Scorings;
  readonly today: string;
}

/** @throws KamError no_data, no_model */
export async function readForecastGround(store: Store, models: FittedModels): Promise<ForecastGround> {
  const fitted = await models.current(store);
  const book = await readMarketBook(store);
  return {
    fitted,
    book,
    contracts: await allContracts(store),
    past: book.promotions.filter((promotion) => hasEnded(promotion, store.today)),
    listings: Map.groupBy(await listings(store), (listing) => listing.account_id),
    scorings: await readScorings(store, addDays(fitted.lastWeek, 6)),
    today: store.today,
  };
}

/** What was seen of a product at an account; null where it was never measured there. */
export function factsAt(ground: ForecastGround, accountId: number, productId: number): SeriesFacts | null {
  const { accountIndex, productIndex, productIds, ground: seen } = ground.fitted;
  const account = accountIndex.get(accountId);
  const product = productIndex.get(productId);
  if (account === undefined || product === undefined) return null;
  return seen.series[account * productIds.length + product] ?? null;
}

/** Weeks without sales after which a product counts as gone, where no listing says so. */
const GONE_WEEKS = 8;

/** Products that an account sells over a period: by its listings, or where it has none by what it still sold at the end of the data. */
export function soldAt(ground: ForecastGround, accountId: number, period: Period): number[] {
  const known = ground.listings.get(accountId);
  if (known?.length) {
    const listed = known.filter((l) => l.start <= period.from && (l.end === null || l.end >= period.to));
    return [...new Set(listed.map((l) => l.product_id))];
  }
  const facts = ground.fitted.productIds.map((id) => ({ id, facts: factsAt(ground, accountId, id) }));
  const last = Math.max(...facts.map((f) => f.facts?.last ?? Number.NEGATIVE_INFINITY));
  return facts.flatMap((f) => (f.facts && f.facts.last > last - GONE_WEEKS ? [f.id] : []));
}

/** Everyday shelf price, major units incl. tax: the product's own here, else the middle one of other accounts, else null. */
export function everydayPrice(ground: ForecastGround, accountId: number, productId: number): number | null {
  const own = factsAt(ground, accountId, productId)?.everyday;
  if (own) return own;
  return median(ground.fitted.accountIds.flatMap((id) => factsAt(ground, id, productId)?.everyday ?? []));
}
