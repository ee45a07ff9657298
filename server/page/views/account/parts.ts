import type { Shape } from "../../parts/ToolLists.tsx";
import type { TextKey } from "../../words/text.ts";

/** The parts of an account's page that are one tool's result, in the order of their tabs. */
export const PARTS: readonly { readonly tool: string; readonly title: TextKey; readonly shape: Shape }[] = [
  {
    tool: "account_review",
    title: "account.review",
    shape: {
      facts: "period before risks open_claims open_claims_amount",
      lists: {
        brands: "label units net_sales net_sales_before growth",
        categories: "category value growth own_share own_share_change private_label_share competitor_share",
        "promotions.best": "promotion name start spend net_roi uplift",
        "promotions.worst": "promotion name start spend net_roi uplift",
        "gross_to_net.steps": "step amount",
        ahead: "promotion name start end status",
      },
    },
  },
  {
    tool: "negotiation_pack",
    title: "account.pack",
    shape: {
      facts: "period evaluated retailer_gain.gain retailer_gain.paid retailer_gain.extra_units",
      lists: {
        "promotions.worked": "promotion name start spend net_roi uplift",
        "promotions.failed": "promotion name start spend net_roi uplift",
        "prices.brands": "brand stops low high deepest_seen still_rising",
        growing: "label category net_sales growth",
        next_steps: "date due late",
        decides: "contact job",
        influences: "contact job",
        funds: "fund left amount end",
        risks: "kind severity date at_stake",
      },
    },
  },
  {
    tool: "category_view",
    title: "account.category",
    shape: {
      facts: "period promotions_judged grew_category",
      lists: {
        categories:
          "category value growth volume_growth own_share own_share_change private_label_share competitor_share price_index",
        promotions:
          "category promotions own_gain category_growth from_competitors from_private_label new_share verdict",
        rows: "promotion name category own_gain category_growth from_competitors new_share verdict",
      },
    },
  },
  {
    tool: "product_growth",
    title: "account.growth",
    shape: {
      facts: "period before",
      lists: {
        brands: "label units net_sales net_sales_before growth contribution",
        products: "label category net_sales growth contribution state",
        falling: "label category net_sales growth contribution state",
      },
    },
  },
  {
    tool: "assortment_gaps",
    title: "account.gaps",
    shape: {
      facts: "gaps net_sales profit accounts_compared",
      lists: {
        rows: "product category pack listed_at units_week net_sales profit retailer_profit",
        delisted: "product from",
      },
    },
  },
  {
    tool: "track_launches",
    title: "account.launches",
    shape: {
      facts: "period tracked",
      lists: { rows: "product kind from weeks units_week distribution distribution_usual index status" },
    },
  },
  {
    tool: "stock_cover",
    title: "account.stock",
    shape: {
      facts: "as_of stock weekly_demand cover_weeks due late cover_with_orders",
      lists: { rows: "product stock weekly_demand cover_weeks arrived due late cover_with_orders fill_rate" },
    },
  },
  {
    tool: "find_visits",
    title: "account.visits",
    shape: {
      facts: "found stores unsure",
      lists: { visits: "date store source promotion promotion_name display feature on_shelf confidence" },
    },
  },
];
