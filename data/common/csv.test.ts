import { expect, it } from "vitest";
import { csvField, notFormula } from "./csv.ts";

it.each(["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "|cmd", "\nx"])("makes text of %j", (text) => {
  expect(notFormula(text)).toBe(`'${text}`);
});

it.each(["Kestrel 20 % at Albion", "1-2", "a=b", ""])("leaves %j as it is", (text) => {
  expect(notFormula(text)).toBe(text);
});

it.each([
  ["plain", "plain"],
  ["a,b", '"a,b"'],
  ['say "go"', '"say ""go"""'],
  ["two\nlines", '"two\nlines"'],
  [" padded", '" padded"'],
])("writes %j as the field %s", (text, field) => {
  expect(csvField(text)).toBe(field);
});
