import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("the settings of a language model", () => {
  it("have defaults, and no price", () => {
    expect(readConfig({})).toMatchObject({ model: "offline", limits: { calls: 12, tokens: 200_000 }, price: null });
    expect(readConfig({}).timeoutMs).toBeUndefined();
  });

  it("are read with their units", () => {
    const env = {
      KAM_MODEL_TIMEOUT: "2.5",
      KAM_MODEL_CALLS: "3",
      KAM_MODEL_TOKENS: "5000",
      KAM_MODEL_PRICE: "2.50/10 USD",
    };
    expect(readConfig(env)).toMatchObject({
      timeoutMs: 2_500,
      limits: { calls: 3, tokens: 5_000 },
      price: { prompt: 2.5, completion: 10, currency: "USD" },
    });
  });

  it.each([
    ["KAM_MODEL", "claude"],
    ["KAM_MODEL_TIMEOUT", "0"],
    ["KAM_MODEL_TIMEOUT", "soon"],
    ["KAM_MODEL_CALLS", "-1"],
    ["KAM_MODEL_TOKENS", "1e3"],
    ["KAM_MODEL_PRICE", "2.50/10"],
    ["KAM_MODEL_PRICE", "-1/10 USD"],
  ])("are refused by name: %s=%s", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} is "${value}": it `);
  });
});
