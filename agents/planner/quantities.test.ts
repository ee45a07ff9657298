import { describe, expect, it } from "vitest";
import { demoLexicon } from "./demoLexicon.ts";
import { parseDigits } from "./numbers.ts";
import { offersIn, supportIn, termsIn } from "./offer.ts";
import { readSentence } from "./reading.ts";

const read = (text: string) => readSentence(text, demoLexicon, "chat");

it.each([
  ["1.234,56", 1234.56],
  ["1,234.56", 1234.56],
  ["1.234", 1234],
  ["0.5", 0.5],
  ["0,50", 0.5],
  ["1.234.567", 1234567],
  ["12,5", 12.5],
])("digits %s", (raw, value) => {
  expect(parseDigits(raw)).toBe(value);
});

describe("offers", () => {
  it.each([
    ["20%", [{ discount: 0.2 }]],
    ["12.5 percent", [{ discount: 0.125 }]],
    ["twenty-five per cent", [{ discount: 0.25 }]],
    ["fünfundzwanzig Prozent", [{ discount: 0.25 }]],
    ["vingt-cinq pour cent", [{ discount: 0.25 }]],
    ["vijfentwintig procent", [{ discount: 0.25 }]],
    ["a fifth off", [{ discount: 0.2 }]],
    ["one third off", [{ discount: 0.3333 }]],
    ["half price", [{ discount: 0.5 }]],
    ["a quarter off", [{ discount: 0.25 }]],
    ["3 for 2", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["three for the price of two", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["3-for-2", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["buy one get one free", [{ mechanic: "multibuy", get: 2, pay: 1 }]],
    ["buy 2, get 1 free", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["2+1 gratis", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["BOGOF", [{ mechanic: "multibuy", get: 2, pay: 1 }]],
    ["two for one", [{ mechanic: "multibuy", get: 2, pay: 1 }]],
    ["buy 3 pay 2", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
    ["50 cents off", [{ price_off: { amount: 0.5, currency: "EUR" } }]],
    ["€0.50 off", [{ price_off: { amount: 0.5, currency: "EUR" } }]],
    ["0,50 € off", [{ price_off: { amount: 0.5, currency: "EUR" } }]],
    ["£1 off per pack", [{ price_off: { amount: 1, currency: "GBP" } }]],
    ["10, 15 or 20 %", [{ discount: 0.1 }, { discount: 0.15 }, { discount: 0.2 }]],
    ["3 for 2 weeks", []],
    ["3 for 2 instead of 25 %", [{ mechanic: "multibuy", get: 3, pay: 2 }]],
  ])("%s", (text, want) => {
    expect(offersIn(read(text))).toEqual(want);
  });
});

describe("support", () => {
  it.each([
    ["with display", { display: true }],
    ["supported by a leaflet", { feature: true }],
    ["no display", { display: false }],
    ["without display or leaflet", { display: false, feature: false }],
    ["leaflet but no display", { feature: true, display: false }],
    ["no display and a leaflet", { display: false, feature: true }],
    ["with a second placement", { display: true }],
    ["unsupported", { display: false, feature: false }],
    ["display and feature", { display: true, feature: true }],
  ])("%s", (text, want) => {
    expect(supportIn(read(text))).toEqual(want);
  });
});

it("tells the fee of a display from a cut of the price", () => {
  expect(termsIn(read("20% off, 5k for display, off-invoice"))).toEqual({
    mechanic: "tpr",
    discount: 0.2,
    display: true,
    payment: "off_invoice",
    fixed_spend: { amount: 5000, currency: "EUR" },
  });
  expect(termsIn(read("1.234,56 € for the leaflet"))).toMatchObject({
    feature: true,
    fixed_spend: { amount: 1234.56, currency: "EUR" },
  });
});
