import { describe, expect, it } from "vitest";
import { demoLexicon } from "../demoLexicon.ts";
import { accountsIn, goodsIn } from "../mentions.ts";
import { readSentence } from "../reading.ts";

const accounts = (text: string, channel: "chat" | "voice" = "chat") =>
  accountsIn(readSentence(text, demoLexicon, channel), demoLexicon);
const goods = (text: string) => goodsIn(readSentence(text, demoLexicon, "chat"), demoLexicon).goods;

describe("accounts", () => {
  it.each([
    ["at Albion Fresh", ["Albion Fresh"]],
    ["for Retailer A", ["Albion Fresh"]],
    ["retailer bee", ["Bramley Stores"]],
    ["account C", ["Cormorant Hyper"]],
    ["Bramley's fund", ["Bramley Stores"]],
    ["bramly", ["Bramley Stores"]],
    ["Cormorent", ["Cormorant Hyper"]],
    ["delfi", ["Delphi Discount"]],
    ["harbor", ["Harbour Pet & Home"]],
    ["Fairway online", ["Fairway Online"]],
    ["fair way", ["Fairway Online"]],
    ["Galleon C&C", ["Galleon Cash & Carry"]],
    ["for retailers A, B and C", ["Albion Fresh", "Bramley Stores", "Cormorant Hyper"]],
    ["at a and b", ["Albion Fresh", "Bramley Stores"]],
    ["give the retailer a discount", []],
    ["which retailers see a lift", []],
    ["a discount online, home delivery and express service", []],
    ["a fresh start", []],
    ["P-1042 in H1", []],
  ])("%s", (text, want) => {
    expect(accounts(text).names).toEqual(want);
  });

  it("leaves out what is excluded", () => {
    expect(accounts("all retailers except C and D")).toMatchObject({
      all: true,
      names: [],
      excluded: ["Cormorant Hyper", "Delphi Discount"],
    });
    expect(accounts("Retailer A, not Retailer B")).toMatchObject({
      names: ["Albion Fresh"],
      excluded: ["Bramley Stores"],
    });
  });

  it("passes on a name that nobody knows", () => {
    expect(accounts("a promotion at Tesco").unknown).toBe("Tesco");
    expect(accounts("for Retailer Z").unknown).toBe("Retailer Z");
    expect(accounts("a promotion at Albion").unknown).toBeNull();
  });
});

describe("products", () => {
  it.each([
    ["Kestrel", [{ brand: "Kestrel" }]],
    ["our coffee", [{ category: "Coffee" }]],
    ["Kestrel coffee", [{ brand: "Kestrel" }]],
    ["ice creams", [{ category: "Ice cream" }]],
    ["Kestrel 500 g", ["Kestrel Espresso Beans 500 g", "Kestrel Crema Beans 500 g"]],
    ["500g Kestrel", ["Kestrel Espresso Beans 500 g", "Kestrel Crema Beans 500 g"]],
    ["Kestrel Espresso Beans 1000 g", ["Kestrel Espresso Beans 1 kg"]],
    ["Morning Row 500 g", ["Morning Row Ground Mild 500 g", "Morning Row Ground Strong 500 g"]],
    ["stracciatella 450 ml", ["Gelato Nove Stracciatella 450 ml"]],
    ["Bramble and Paw", [{ brand: "Bramble & Paw" }]],
    ["polar line", [{ brand: "Polar Lane" }]],
    ["clear water", [{ brand: "Clearwater" }]],
    ["Kestrel and Polar Lane", [{ brand: "Kestrel" }, { brand: "Polar Lane" }]],
    ["Kestrel 1 June", [{ brand: "Kestrel" }]],
    ["good morning", []],
  ])("%s", (text, want) => {
    expect(goods(text)).toEqual(want);
  });
});

it("names all accounts that a part of a name fits", () => {
  const cities = ["NORTHPORT - MARLOW", "NORTHPORT - QUILL", "EASTHAM - MARLOW", "EASTHAM - TOP & GO"];
  const market = {
    ...demoLexicon,
    accounts: cities.map((name, i) => ({
      id: i + 1,
      name,
      aliases: [],
      calendar: "iso" as const,
      ownWeek1: null,
      owner: null,
    })),
  };
  const of = (text: string) => accountsIn(readSentence(text, market, "chat"), market);
  expect(of("at Northport - Marlow").names).toEqual(["NORTHPORT - MARLOW"]);
  expect(of("at Quill").names).toEqual(["NORTHPORT - QUILL"]);
  expect(of("at Marlow in Eastham").names).toEqual(["EASTHAM - MARLOW"]);
  expect(of("at Northport").unsure?.names).toEqual(["NORTHPORT - MARLOW", "NORTHPORT - QUILL"]);
});
