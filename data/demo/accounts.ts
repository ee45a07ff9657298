import type { ContactTable } from "../store/schema/contracts.ts";
import type { PersonTable } from "../store/schema/people.ts";
import type { Mechanic, Payment } from "./types.ts";

export const PEOPLE: readonly PersonTable[] = [
  { id: "ana", name: "Ana", role: "kam" },
  { id: "ben", name: "Ben", role: "kam" },
  { id: "chloe", name: "Chloe", role: "kam" },
  { id: "eva", name: "Eva", role: "finance" },
];

/** An account: what the store says of it, and (from `size` on) how its shoppers behave, which the store does not say. */
export interface AccountSpec {
  readonly code: string;
  readonly name: string;
  /** As it stands in the names of promotions. */
  readonly short: string;
  readonly aliases: readonly string[];
  readonly channel: string;
  readonly country: "NL" | "BE" | "DE" | "FR";
  readonly vat: number;
  readonly calendar: "iso" | "nrf454";
  readonly owner: "ana" | "ben" | "chloe";
  readonly offInvoice: number;
  readonly rebate: number;
  readonly paymentDays: number;
  readonly usualPayment: Payment;
  readonly maxDiscount: number;
  readonly noticeDays: 14 | 21;
  readonly mechanics: readonly Mechanic[];
  readonly stores: readonly string[];
  readonly contacts: readonly (readonly [name: string, title: string, influence: ContactTable["influence"]])[];
  /** Volume against a middling account. */
  readonly size: number;
  /** Shelf price without VAT over list price. */
  readonly markup: number;
  /** Multiples of the category's response to depth, display and feature. */
  readonly priceResponse: number;
  readonly displayResponse: number;
  readonly featureResponse: number;
  /** Share of the shelf-price cut that the firm pays; pass-through is its inverse. */
  readonly funding: number;
  /** Share of its promotions with a display, and the display's fee in EUR for an account of size 1. */
  readonly displayRate: number;
  readonly displayFee: number;
  /** Weeks of baseline that it buys ahead under an off-invoice allowance. */
  readonly forwardWeeks: number;
  /** Share of a promotion's increment that its other Alder products lose. */
  readonly cannibalisation: number;
  /** Promotions a brand in three years. */
  readonly pace: number;
}

const towns = (prefix: string, names: string): string[] => names.split(", ").map((name) => `${prefix} ${name}`);

export const ACCOUNTS: readonly AccountSpec[] = [
  {
    code: "ALB",
    name: "Albion Fresh",
    short: "Albion",
    aliases: ["Retailer A", "Albion"],
    channel: "supermarket",
    country: "NL",
    vat: 0.09,
    calendar: "iso",
    owner: "ana",
    offInvoice: 0.05,
    rebate: 0.03,
    paymentDays: 30,
    usualPayment: "scan_back",
    maxDiscount: 0.35,
    noticeDays: 14,
    mechanics: ["tpr", "multibuy", "loyalty_price", "coupon"],
    stores: towns(
      "Albion",
      "Utrecht Centrum, Rotterdam Zuid, Haarlem, Breda, Zwolle, Arnhem, Leiden, Delft, Tilburg, Almere",
    ),
    contacts: [
      ["Marit de Wilde", "Category Manager Food", "decides"],
      ["Joost Hartman", "Buyer Household", "decides"],
      ["Femke Bos", "Promotion Planner", "influences"],
      ["Ruud Smit", "Supply Planner", "informed"],
    ],
    size: 1.6,
    markup: 1.38,
    priceResponse: 1.22,
    displayResponse: 1.0,
    featureResponse: 1.1,
    funding: 0.54,
    displayRate: 0.45,
    displayFee: 900,
    forwardWeeks: 0.5,
    cannibalisation: 0.14,
    pace: 5.4,
  },
  {
    code: "BRA",
    name: "Bramley Stores",
    short: "Bramley",
    aliases: ["Retailer B", "Bramley"],
    channel: "supermarket",
    country: "BE",
    vat: 0.06,
    calendar: "iso",
    owner: "ana",
    offInvoice: 0.045,
    rebate: 0.035,
    paymentDays: 45,
    usualPayment: "bill_back",
    maxDiscount: 0.3,
    noticeDays: 21,
    mechanics: ["tpr", "multibuy", "loyalty_price", "coupon", "edlp"],
    stores: towns("Bramley", "Gent, Antwerpen Noord, Leuven, Mechelen, Brugge, Hasselt, Namur, Liège, Kortrijk, Aalst"),
    contacts: [
      ["Luc Verhaegen", "Head of Buying", "decides"],
      ["Sofie Claes", "Buyer Coffee and Frozen", "decides"],
      ["Pieter Maes", "Space Planner", "influences"],
    ],
    size: 1.2,
    markup: 1.4,
    priceResponse: 0.95,
    displayResponse: 1.35,
    featureResponse: 0.9,
    funding: 0.59,
    displayRate: 0.5,
    displayFee: 700,
    forwardWeeks: 0.5,
    cannibalisation: 0.16,
    pace: 5.2,
  },
  {
    code: "COR",
    name: "Cormorant Hyper",
    short: "Cormorant",
    aliases: ["Retailer C", "Cormorant"],
    channel: "hypermarket",
    country: "FR",
    vat: 0.055,
    calendar: "nrf454",
    owner: "ana",
    offInvoice: 0.06,
    rebate: 0.04,
    paymentDays: 60,
    usualPayment: "off_invoice",
    maxDiscount: 0.4,
    noticeDays: 21,
    mechanics: ["tpr", "multibuy", "loyalty_price", "coupon"],
    stores: towns(
      "Cormorant",
      "Lille Est, Lyon Sud, Nantes, Bordeaux Lac, Toulouse, Rennes, Metz, Dijon, Reims, Tours",
    ),
    contacts: [
      ["Claire Fontaine", "Category Director", "decides"],
      ["Hugo Mercier", "Buyer Dry Goods", "influences"],
      ["Inès Laurent", "Trade Marketing", "influences"],
      ["Paul Girard", "Accounts Payable", "informed"],
    ],
    size: 1.4,
    markup: 1.34,
    priceResponse: 1.12,
    displayResponse: 0.85,
    featureResponse: 1.25,
    funding: 0.67,
    displayRate: 0.45,
    displayFee: 1300,
    forwardWeeks: 0.9,
    cannibalisation: 0.18,
    pace: 5.4,
  },
  {
    code: "DEL",
    name: "Delphi Discount",
    short: "Delphi",
    aliases: ["Retailer D", "Delphi"],
    channel: "discounter",
    country: "DE",
    vat: 0.07,
    calendar: "iso",
    owner: "ben",
    offInvoice: 0.08,
    rebate: 0.02,
    paymentDays: 30,
    usualPayment: "off_invoice",
    maxDiscount: 0.3,
    noticeDays: 14,
    mechanics: ["tpr", "multibuy", "edlp"],
    stores: towns("Delphi", "Köln West, Essen, Bremen, Kassel, Leipzig, Erfurt, Mainz, Ulm, Aachen, Jena"),
    contacts: [
      ["Jörg Brandt", "Head of Purchasing", "decides"],
      ["Silke Vogt", "Buyer", "influences"],
    ],
    size: 1.1,
    markup: 1.26,
    priceResponse: 0.64,
    displayResponse: 0.6,
    featureResponse: 0.7,
    funding: 0.63,
    displayRate: 0.3,
    displayFee: 500,
    forwardWeeks: 0.8,
    cannibalisation: 0.12,
    pace: 4.8,
  },
  {
    code: "EST",
    name: "Estuary Express",
    short: "Estuary",
    aliases: ["Retailer E", "Estuary"],
    channel: "convenience",
    country: "NL",
    vat: 0.09,
    calendar: "iso",
    owner: "ben",
    offInvoice: 0.03,
    rebate: 0.03,
    paymentDays: 30,
    usualPayment: "lump_sum",
    maxDiscount: 0.3,
    noticeDays: 14,
    mechanics: ["tpr", "multibuy", "loyalty_price"],
    stores: towns(
      "Estuary",
      "Schiphol, Den Haag HS, Amsterdam Zuid, Eindhoven, Utrecht CS, Groningen, Maastricht, Nijmegen, Rotterdam CS, Leiden CS",
    ),
    contacts: [
      ["Daan Kuipers", "Commercial Director", "decides"],
      ["Lotte Visser", "Assortment Manager", "influences"],
    ],
    size: 0.6,
    markup: 1.55,
    priceResponse: 0.74,
    displayResponse: 1.15,
    featureResponse: 0.8,
    funding: 0.45,
    displayRate: 0.5,
    displayFee: 700,
    forwardWeeks: 0.4,
    cannibalisation: 0.1,
    pace: 4.6,
  },
  {
    code: "FAI",
    name: "Fairway Online",
    short: "Fairway",
    aliases: ["Retailer F", "Fairway"],
    channel: "e-commerce",
    country: "DE",
    vat: 0.07,
    calendar: "iso",
    owner: "ben",
    offInvoice: 0.04,
    rebate: 0.05,
    paymentDays: 30,
    usualPayment: "scan_back",
    maxDiscount: 0.4,
    noticeDays: 14,
    mechanics: ["tpr", "multibuy", "coupon", "loyalty_price"],
    stores: towns(
      "Fairway",
      "Hub Hamburg, Hub Berlin, Hub München, Hub Frankfurt, Hub Stuttgart, Hub Hannover, Hub Dresden, Hub Nürnberg",
    ),
    contacts: [
      ["Nadia Okafor", "Category Lead Grocery", "decides"],
      ["Tim Lorenz", "Retail Media Manager", "influences"],
      ["Jana Beck", "Data Partnerships", "informed"],
    ],
    size: 0.8,
    markup: 1.32,
    priceResponse: 1.46,
    displayResponse: 0.65,
    featureResponse: 1.3,
    funding: 0.52,
    displayRate: 0.35,
    displayFee: 800,
    forwardWeeks: 0.2,
    cannibalisation: 0.16,
    pace: 5.2,
  },
  {
    code: "GAL",
    name: "Galleon Cash & Carry",
    short: "Galleon",
    aliases: ["Retailer G", "Galleon", "Galleon C&C"],
    channel: "wholesale",
    country: "BE",
    vat: 0.06,
    calendar: "iso",
    owner: "chloe",
    offInvoice: 0.07,
    rebate: 0.04,
    paymentDays: 45,
    usualPayment: "off_invoice",
    maxDiscount: 0.35,
    noticeDays: 21,
    mechanics: ["tpr", "multibuy", "coupon", "edlp"],
    stores: towns("Galleon", "Antwerpen, Brussel Zuid, Charleroi, Gent, Liège, Oostende, Hasselt, Mons"),
    contacts: [
      ["Erik Janssens", "Purchasing Director", "decides"],
      ["Nele Wouters", "Category Buyer", "influences"],
      ["Koen Peeters", "Logistics", "informed"],
    ],
    size: 0.9,
    markup: 1.22,
    priceResponse: 1.02,
    displayResponse: 0.55,
    featureResponse: 0.95,
    funding: 0.65,
    displayRate: 0.35,
    displayFee: 600,
    forwardWeeks: 1.3,
    cannibalisation: 0.15,
    pace: 4.7,
  },
  {
    code: "HAR",
    name: "Harbour Pet & Home",
    short: "Harbour",
    aliases: ["Retailer H", "Harbour", "Harbour Pet"],
    channel: "specialist",
    country: "NL",
    vat: 0.21,
    calendar: "iso",
    owner: "chloe",
    offInvoice: 0.04,
    rebate: 0.03,
    paymentDays: 30,
    usualPayment: "bill_back",
    maxDiscount: 0.35,
    noticeDays: 14,
    mechanics: ["tpr", "multibuy", "loyalty_price", "coupon"],
    stores: towns("Harbour", "Amersfoort, Apeldoorn, Dordrecht, Enschede, Gouda, Hoorn, Roermond, Venlo"),
    contacts: [
      ["Wendy Brouwer", "Head of Buying", "decides"],
      ["Sander Mulder", "Store Operations", "influences"],
    ],
    size: 0.7,
    markup: 1.42,
    priceResponse: 0.86,
    displayResponse: 1.25,
    featureResponse: 1.0,
    funding: 0.5,
    displayRate: 0.5,
    displayFee: 500,
    forwardWeeks: 0.4,
    cannibalisation: 0.13,
    pace: 5.5,
  },
];
