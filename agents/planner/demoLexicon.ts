import type { Lexicon, LexiconAccount, LexiconProduct, LexiconPromotion } from "./types.ts";

/** A demo market by hand: the accounts, brands and products of market.md, a few promotions and claims. Today is a Saturday. */
const account = (
  id: number,
  name: string,
  letter: string,
  owner: string,
  calendar: LexiconAccount["calendar"] = "iso",
  more: string[] = [],
): LexiconAccount => ({
  id,
  name,
  aliases: [`Retailer ${letter}`, name.split(" ")[0]!, name.slice(0, 3).toUpperCase(), ...more],
  calendar,
  ownWeek1: null,
  owner,
});

const BRANDS: readonly { name: string; category: string; packs: string }[] = [
  {
    name: "Kestrel",
    category: "Coffee",
    packs:
      "Espresso Beans 500 g|Espresso Beans 1 kg|Crema Beans 500 g|Crema Beans 1 kg|Ground Classic 250 g|Ground Decaf 250 g",
  },
  {
    name: "Morning Row",
    category: "Coffee",
    packs: "Ground Mild 250 g|Ground Mild 500 g|Ground Strong 250 g|Ground Strong 500 g|Filter Decaf 250 g",
  },
  {
    name: "Polar Lane",
    category: "Ice cream",
    packs: "Vanilla 500 ml|Vanilla 1 l|Chocolate 500 ml|Chocolate 1 l|Strawberry 500 ml|Caramel Swirl 500 ml",
  },
  {
    name: "Gelato Nove",
    category: "Ice cream",
    packs: "Pistachio 450 ml|Stracciatella 450 ml|Stracciatella 900 ml|Lemon Sorbet 450 ml|Hazelnut 450 ml",
  },
  {
    name: "Bramble & Paw",
    category: "Pet food",
    packs:
      "Adult Dog Chicken 2 kg|Adult Dog Chicken 10 kg|Adult Dog Beef 2 kg|Puppy Chicken 2 kg|Senior Dog Turkey 2 kg|Adult Dog Beef 10 kg",
  },
  {
    name: "Tailwind",
    category: "Pet food",
    packs: "Cat Salmon 400 g|Cat Salmon 1.5 kg|Cat Chicken 400 g|Cat Chicken 1.5 kg|Kitten Chicken 400 g",
  },
  {
    name: "Clearwater",
    category: "Laundry",
    packs: "Liquid Original 1 l|Liquid Original 2 l|Liquid Color 1 l|Liquid Color 2 l|Liquid Sensitive 1 l",
  },
  {
    name: "Lintel",
    category: "Laundry",
    packs: "Gel Fresh 900 ml|Gel Fresh 1.8 l|Gel Color 900 ml|Gel Color 1.8 l|Gel Wool & Silk 900 ml|Gel Black 900 ml",
  },
];
const products: LexiconProduct[] = BRANDS.flatMap(({ name, category, packs }) =>
  packs.split("|").map((pack) => {
    const [size, unit] = pack.split(" ").slice(-2) as [string, string];
    return {
      id: 0,
      name: `${name} ${pack}`,
      brand: name,
      category,
      aliases: [],
      packSize: Number(size),
      packUnit: unit,
    };
  }),
).map((product, i) => ({ ...product, id: i + 1 }));

const promotion = (
  code: string,
  name: string,
  accountName: string,
  brand: string,
  start: string,
  end: string,
  status: string,
): LexiconPromotion => ({
  id: Number(code.slice(2)),
  code,
  name,
  account: accountName,
  brand,
  start,
  end,
  status,
});

export const demoLexicon: Lexicon = {
  accounts: [
    account(1, "Albion Fresh", "A", "Ana"),
    account(2, "Bramley Stores", "B", "Ana"),
    account(3, "Cormorant Hyper", "C", "Ana", "nrf454"),
    account(4, "Delphi Discount", "D", "Ben"),
    account(5, "Estuary Express", "E", "Ben"),
    account(6, "Fairway Online", "F", "Ben"),
    account(7, "Galleon Cash & Carry", "G", "Chloe", "iso", ["Galleon C&C"]),
    account(8, "Harbour Pet & Home", "H", "Chloe", "iso", ["Harbour Pet"]),
  ],
  products,
  brands: BRANDS.map(({ name, category }) => ({ name, category })),
  categories: ["Coffee", "Ice cream", "Pet food", "Laundry"],
  promotions: [
    promotion("P-1001", "Kestrel 20 % at Albion", "Albion Fresh", "Kestrel", "2026-03-23", "2026-04-05", "closed"),
    promotion(
      "P-1002",
      "Polar Lane 25 % at Bramley",
      "Bramley Stores",
      "Polar Lane",
      "2026-06-08",
      "2026-06-21",
      "ended",
    ),
    promotion(
      "P-1003",
      "Tailwind 3 for 2 at Cormorant",
      "Cormorant Hyper",
      "Tailwind",
      "2026-09-07",
      "2026-09-20",
      "ended",
    ),
    promotion(
      "P-1004",
      "Clearwater 15 % at Cormorant",
      "Cormorant Hyper",
      "Clearwater",
      "2026-10-12",
      "2026-10-25",
      "ended",
    ),
    promotion(
      "P-1005",
      "Gelato Nove 30 % at Delphi",
      "Delphi Discount",
      "Gelato Nove",
      "2026-07-06",
      "2026-07-19",
      "ended",
    ),
    promotion("P-1006", "Lintel 20 % at Harbour", "Harbour Pet & Home", "Lintel", "2026-05-04", "2026-05-17", "ended"),
    promotion("P-1007", "Kestrel 15 % at Bramley", "Bramley Stores", "Kestrel", "2025-04-07", "2025-04-20", "closed"),
    promotion("P-1008", "Kestrel 25 % at Albion", "Albion Fresh", "Kestrel", "2025-04-07", "2025-04-20", "closed"),
    promotion(
      "P-1009",
      "Morning Row coupon at Fairway",
      "Fairway Online",
      "Morning Row",
      "2026-08-03",
      "2026-08-16",
      "ended",
    ),
    promotion(
      "P-1010",
      "Bramble & Paw 20 % at Galleon",
      "Galleon Cash & Carry",
      "Bramble & Paw",
      "2026-11-09",
      "2026-11-22",
      "running",
    ),
    promotion("P-1042", "Kestrel 20 % at Albion", "Albion Fresh", "Kestrel", "2027-01-11", "2027-01-24", "submitted"),
    promotion(
      "P-1043",
      "Polar Lane 20 % at Bramley",
      "Bramley Stores",
      "Polar Lane",
      "2027-02-01",
      "2027-02-14",
      "approved",
    ),
    promotion(
      "P-1044",
      "Clearwater 25 % at Cormorant",
      "Cormorant Hyper",
      "Clearwater",
      "2027-01-18",
      "2027-01-31",
      "draft",
    ),
    promotion(
      "P-1045",
      "Tailwind 15 % at Harbour",
      "Harbour Pet & Home",
      "Tailwind",
      "2027-02-08",
      "2027-02-21",
      "draft",
    ),
  ],
  people: ["Ana", "Ben", "Chloe", "Dan", "Eva"],
  competitors: [
    "Harrow Roast",
    "Café Lumen",
    "Glacier Bay",
    "Dolce Riva",
    "Rover's Choice",
    "Whiskerly",
    "Brightwell",
    "Sudsy",
  ],
  claims: [
    { code: "C-2003", account: "Cormorant Hyper" },
    { code: "C-2004", account: "Delphi Discount", status: "open", amount: 8484.83, currency: "EUR" },
  ],
  today: "2026-11-21",
  planningToday: "2026-11-21",
  locale: { dayFirst: true },
};
