/** What the views read of find_promotions and get_promotion. */
export interface PromotionRow {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly owner: string | null;
  readonly brand: string;
  readonly products: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly status: string;
  readonly mechanic: string;
  readonly discount: number | null;
  readonly offer: string;
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: string;
  readonly fixed_spend: number;
  readonly currency: string;
  readonly series: string | null;
  readonly spend: number | null;
  readonly net_roi: number | null;
  readonly [key: string]: unknown;
}

export interface FoundPromotions {
  readonly n: number;
  readonly promotions: readonly PromotionRow[];
  readonly totals: { readonly net_roi: number | null };
}
