import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fieldsOf, KINDS } from "./fields.ts";
import { parseMapping } from "./mapping.ts";
import { loadMapping, presetNames } from "./mappingFile.ts";
import { salesMap } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "kam-map-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (map: unknown): string => {
  try {
    loadMapping(map);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "mapping" });
    return (thrown as Error).message;
  }
  return "";
};

describe("a mapping that is wrong", () => {
  it.each<[string, unknown, string]>([
    [
      "an unknown field",
      salesMap({}, { unitz: "Units" }),
      'the mapping: unknown word "unitz" in columns; did you mean "units"?',
    ],
    ["an unknown word", salesMap({ collumns: {} }), 'the mapping: unknown word "collumns"; did you mean "columns"?'],
    ["an unknown kind", salesMap({ kind: "sale" }), "the mapping: kind: "],
    ["a field that is needed", { kind: "sales", columns: { account: "a" } }, "columns.product is missing"],
    ["a field that is taken away", salesMap({}, { units: null }), "columns.units is missing"],
    [
      "a word in a column",
      salesMap({}, { price: { column: "p", units: "cents" } }),
      'unknown word "units" in columns.price',
    ],
    [
      "a column and a constant",
      salesMap({}, { price: { column: "p", constant: 1 } }),
      "columns.price: needs exactly one of",
    ],
    [
      "tax without a rate",
      salesMap({}, { price: { column: "p", tax: "excl" } }),
      "columns.price: tax and rate go together",
    ],
    [
      "cents of units",
      salesMap({}, { units: { column: "u", unit: "cents" } }),
      'unit "cents" means nothing for a quantity field',
    ],
    ["tax of a share", salesMap({}, { feature: { column: "f", tax: "excl", rate: 0.2 } }), "tax means nothing"],
    ["a bound of a price", salesMap({}, { price: { column: "f", at_least: 1 } }), "at_least means nothing"],
    ["a date format", salesMap({ dates: "DD.MM.YYYY" }), "dates: must be excel or made of"],
    ["a number format", salesMap({ numbers: "1234" }), "numbers: "],
    ["a week without its beginning", salesMap({ week: { format: "integer" } }), "week.week1"],
    [
      "a week that begins on no day",
      salesMap({ week: { format: "integer", week1: "2026-02-30" } }),
      "week.week1: must be a date",
    ],
    [
      "an own calendar without its week 1",
      salesMap({ week: { format: "year_week", calendar: "own" } }),
      "week.own_week1 is missing",
    ],
    [
      "a filter of nothing",
      salesMap({ filters: { skip: [{ column: "a" }] } }),
      "filters.skip.0: needs exactly one of in,",
    ],
    ["what cannot be made", salesMap({ create: ["promotions"] }), "create.0: "],
    ["a currency", salesMap({ defaults: { currency: "euro" } }), "defaults.currency: must be three capital letters"],
    [
      "a preset that is not there",
      { preset: "retailer-scaner" },
      'there is no preset "retailer-scaner", the nearest is "retailer-scanner"',
    ],
    [
      "a path as a preset",
      { preset: "../presets/cheese" },
      "preset: must be the name of one of cheese, dms-orders, erp-orders, orange_juice, retailer-scanner, shop-orders",
    ],
    ["no object", [1], "the mapping: the mapping: expected object"],
  ])("%s", (_, map, sentence) => {
    expect(refusal(map)).toContain(sentence);
  });
  it("a file that is missing, or is no JSON", () => {
    expect(refusal(join(folder, "no.json"))).toContain("There is no mapping file");
    const path = join(folder, "broken.json");
    writeFileSync(path, "{ kind: sales }");
    expect(refusal(path)).toContain("broken.json is not JSON");
  });
  it("keys that would reach an object's prototype", () => {
    const json = JSON.parse(
      '{"kind":"sales","columns":{"__proto__":{"column":"x"},"account":"a","product":"p","week":"w","units":"u"}}',
    );
    try {
      loadMapping(json);
    } catch {
      // Refusing it is as good as leaving it out.
    }
    expect(({} as { column?: string }).column).toBeUndefined();
  });
});

describe("presets", () => {
  it("are all sound", () => {
    const kinds = new Map(presetNames().map((name) => [name, loadMapping(name).mapping.kind]));
    expect([...kinds].filter(([, kind]) => kind === "sales").map(([name]) => name)).toEqual([
      "cheese",
      "orange_juice",
      "retailer-scanner",
    ]);
    expect([...kinds].filter(([, kind]) => kind === "orders").map(([name]) => name)).toEqual([
      "dms-orders",
      "erp-orders",
      "shop-orders",
    ]);
  });
  it("are extended word by word, and a field is taken away with null", () => {
    const path = join(folder, "own.json");
    const own = {
      preset: "retailer-scanner",
      columns: { account: "Shop", display: null },
      numbers: "1.234,56",
      create: ["accounts"],
    };
    writeFileSync(path, `\ufeff${JSON.stringify(own)}`);
    const { mapping } = loadMapping(path);
    expect(mapping.columns.get("account")).toEqual({ column: "Shop" });
    expect(mapping.columns.has("display")).toBe(false);
    expect(mapping.columns.has("feature")).toBe(true);
    expect(mapping).toMatchObject({ numbers: "1.234,56", week: { format: "ending" }, create: ["accounts"] });
  });
  it("hash by what they say, not by the order in which they say it", () => {
    const a = salesMap();
    const b = Object.fromEntries(Object.entries(salesMap()).reverse());
    expect(loadMapping(a).hash).toBe(loadMapping(b).hash);
    expect(loadMapping(salesMap({ numbers: "1,234.56" })).hash).not.toBe(loadMapping(a).hash);
  });
});

describe("docs/import.md", () => {
  const text = readFileSync(new URL("../../docs/import.md", import.meta.url), "utf8");
  const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
    (match) => JSON.parse(match[1]!) as { kind?: string },
  );
  it("has a sound example of every kind", () => {
    const kinds = examples.map((example) => loadMapping(example).mapping.kind);
    expect(new Set(kinds)).toEqual(new Set(KINDS));
  });
  it("lists every field of every kind", () => {
    for (const kind of KINDS) {
      const section = text.split(`### ${kind}\n`)[1]?.split("\n### ")[0] ?? "";
      for (const field of fieldsOf(kind).keys()) expect(section, `${kind}.${field}`).toContain(`\`${field}\``);
    }
  });
});

it("reads the mapping's own name in its errors", () => {
  expect(() => parseMapping({}, "map.json")).toThrow(/^map\.json: kind/);
});
