/** What the test of killed imports and its child share; the child loads nothing else. */
export const KILL_BATCH = 50;
export const KILL_MAP = {
  kind: "sales",
  columns: { account: "account", product: "product", week: "week", units: "units", price: "price" },
  defaults: { brand: "Kestrel", category: "Coffee" },
  create: ["accounts", "products", "brands", "categories"],
};
