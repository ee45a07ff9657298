/** Categories, brands and products of Alder Foods. Money in EUR; `weekly` is units a week at a middling account. */
export interface CategorySpec {
  readonly name: string;
  /** Volume's unit in category_week. */
  readonly unit: "kg" | "l";
  /** Log amplitude of the annual wave and the day of the year of its peak. */
  readonly season: readonly [amplitude: number, peakDay: number];
  /** Log effects of the Easter week, the two weeks before Christmas and New Year's week. */
  readonly holidays: readonly [easter: number, christmas: number, newYear: number];
  /** Share of a promotion's increment that comes out of the following weeks. */
  readonly pantry: number;
  readonly everydayElasticity: number;
  readonly competitors: readonly string[];
  /** Own and private-label share of volume at a middling account. */
  readonly ownShare: number;
  readonly privateLabelShare: number;
}

export const CATEGORIES: readonly CategorySpec[] = [
  {
    name: "Coffee",
    unit: "kg",
    season: [0.12, 15],
    holidays: [0.1, 0.2, -0.05],
    pantry: 0.22,
    everydayElasticity: 1.5,
    competitors: ["Harrow Roast", "Café Lumen"],
    ownShare: 0.26,
    privateLabelShare: 0.3,
  },
  {
    name: "Ice cream",
    unit: "l",
    season: [0.62, 196],
    holidays: [0.14, 0.24, 0.02],
    pantry: 0.1,
    everydayElasticity: 1.8,
    competitors: ["Glacier Bay", "Dolce Riva"],
    ownShare: 0.22,
    privateLabelShare: 0.36,
  },
  {
    name: "Pet food",
    unit: "kg",
    season: [0.03, 330],
    holidays: [0.01, 0.05, 0],
    pantry: 0.24,
    everydayElasticity: 1.2,
    competitors: ["Rover's Choice", "Whiskerly"],
    ownShare: 0.3,
    privateLabelShare: 0.25,
  },
  {
    name: "Laundry",
    unit: "l",
    season: [0.05, 120],
    holidays: [-0.02, -0.05, 0.04],
    pantry: 0.32,
    everydayElasticity: 1.4,
    competitors: ["Brightwell", "Sudsy"],
    ownShare: 0.24,
    privateLabelShare: 0.32,
  },
];

export interface BrandSpec {
  readonly name: string;
  readonly category: number;
  /** Yearly log trend shared by its products; a weak brand is promoted more. */
  readonly trend: number;
}

export const BRANDS: readonly BrandSpec[] = [
  { name: "Kestrel", category: 0, trend: 0.03 },
  { name: "Morning Row", category: 0, trend: -0.06 },
  { name: "Polar Lane", category: 1, trend: -0.02 },
  { name: "Gelato Nove", category: 1, trend: 0.06 },
  { name: "Bramble & Paw", category: 2, trend: 0.02 },
  { name: "Tailwind", category: 2, trend: -0.04 },
  { name: "Clearwater", category: 3, trend: 0.01 },
  { name: "Lintel", category: 3, trend: -0.07 },
];

export interface ProductSpec {
  readonly name: string;
  readonly brand: number;
  readonly pack: number;
  readonly packUnit: "g" | "kg" | "ml" | "l";
  readonly list: number;
  readonly cost: number;
  readonly weekly: number;
  /** Weeks before the present week in which it came or went, where it did. */
  readonly launchedWeeksAgo?: number;
  readonly delistedWeeksAgo?: number;
}

type Row = readonly [name: string, pack: string, list: number, cost: number, weekly: number];

const ROWS: readonly (readonly Row[])[] = [
  [
    ["Espresso Beans", "500 g", 5.6, 2.45, 900],
    ["Espresso Beans", "1 kg", 10.4, 4.6, 620],
    ["Crema Beans", "500 g", 5.5, 2.4, 700],
    ["Crema Beans", "1 kg", 10.2, 4.5, 480],
    ["Ground Classic", "250 g", 2.9, 1.2, 1150],
    ["Ground Decaf", "250 g", 3.1, 1.3, 420],
  ],
  [
    ["Ground Mild", "250 g", 2.3, 1.0, 1050],
    ["Ground Mild", "500 g", 4.3, 1.9, 820],
    ["Ground Strong", "250 g", 2.35, 1.0, 880],
    ["Ground Strong", "500 g", 4.4, 1.95, 640],
    ["Filter Decaf", "250 g", 2.5, 1.1, 360],
  ],
  [
    ["Vanilla", "500 ml", 2.1, 0.85, 1200],
    ["Vanilla", "1 l", 3.7, 1.5, 980],
    ["Chocolate", "500 ml", 2.15, 0.88, 1050],
    ["Chocolate", "1 l", 3.8, 1.55, 820],
    ["Strawberry", "500 ml", 2.15, 0.88, 780],
    ["Caramel Swirl", "500 ml", 2.25, 0.95, 460],
  ],
  [
    ["Pistachio", "450 ml", 3.4, 1.35, 560],
    ["Stracciatella", "450 ml", 3.2, 1.25, 640],
    ["Stracciatella", "900 ml", 5.7, 2.3, 380],
    ["Lemon Sorbet", "450 ml", 3.0, 1.15, 470],
    ["Hazelnut", "450 ml", 3.4, 1.35, 520],
  ],
  [
    ["Adult Dog Chicken", "2 kg", 7.2, 3.1, 620],
    ["Adult Dog Chicken", "10 kg", 28.5, 12.9, 190],
    ["Adult Dog Beef", "2 kg", 7.4, 3.2, 520],
    ["Puppy Chicken", "2 kg", 7.8, 3.3, 360],
    ["Senior Dog Turkey", "2 kg", 7.6, 3.25, 310],
    ["Adult Dog Beef", "10 kg", 28.9, 13.1, 150],
  ],
  [
    ["Cat Salmon", "400 g", 2.2, 0.9, 980],
    ["Cat Salmon", "1.5 kg", 6.6, 2.85, 540],
    ["Cat Chicken", "400 g", 2.1, 0.86, 900],
    ["Cat Chicken", "1.5 kg", 6.4, 2.75, 500],
    ["Kitten Chicken", "400 g", 2.4, 1.0, 410],
  ],
  [
    ["Liquid Original", "1 l", 3.6, 1.5, 860],
    ["Liquid Original", "2 l", 6.5, 2.75, 640],
    ["Liquid Color", "1 l", 3.7, 1.55, 740],
    ["Liquid Color", "2 l", 6.7, 2.85, 520],
    ["Liquid Sensitive", "1 l", 3.9, 1.6, 420],
  ],
  [
    ["Gel Fresh", "900 ml", 3.1, 1.3, 720],
    ["Gel Fresh", "1.8 l", 5.6, 2.4, 500],
    ["Gel Color", "900 ml", 3.2, 1.35, 640],
    ["Gel Color", "1.8 l", 5.8, 2.5, 430],
    ["Gel Wool & Silk", "900 ml", 3.6, 1.5, 330],
    ["Gel Black", "900 ml", 3.3, 1.4, 360],
  ],
];

const LAUNCHED = { "Gelato Nove Hazelnut 450 ml": 34 };
const DELISTED = { "Polar Lane Caramel Swirl 500 ml": 42 };

export const PRODUCTS: readonly ProductSpec[] = ROWS.flatMap((rows, brand) =>
  rows.map(([kind, size, list, cost, weekly]) => {
    const name = `${BRANDS[brand]!.name} ${kind} ${size}`;
    const [pack, packUnit] = size.split(" ") as [string, ProductSpec["packUnit"]];
    const launchedWeeksAgo = (LAUNCHED as Record<string, number>)[name];
    const delistedWeeksAgo = (DELISTED as Record<string, number>)[name];
    return {
      name,
      brand,
      pack: Number(pack),
      packUnit,
      list,
      cost,
      weekly,
      ...(launchedWeeksAgo === undefined ? {} : { launchedWeeksAgo }),
      ...(delistedWeeksAgo === undefined ? {} : { delistedWeeksAgo }),
    };
  }),
);

export const categoryOf = (product: number): number => BRANDS[PRODUCTS[product]!.brand]!.category;
/** Kilograms or litres in a pack. */
export const packVolume = (product: ProductSpec): number =>
  product.packUnit === "g" || product.packUnit === "ml" ? product.pack / 1000 : product.pack;
