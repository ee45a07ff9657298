import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, calls, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";

const WRONG = [
  ["arguments that are no JSON", call("compare_promotions", '{"metric": "net_roi", "by": ')],
  ["arguments that are no object", call("compare_promotions", "[1, 2]")],
  ["a tool that there is not", call("get_roi", { of: "Albion" })],
  ["a value outside its list", call("compare_promotions", { metric: "happiness", by: "account" })],
  [
    "an argument that the tool does not have",
    call("compare_promotions", { metric: "net_roi", by: "account", sql: "DROP" }),
  ],
  ["an argument of another kind", call("compare_promotions", { metric: "net_roi", by: "account", top: "many" })],
] as const;

describe.each(KINDS)("calls through %s that no tool takes", (kind) => {
  it.each(WRONG)("%s: the model is told, and mends it", async (_, wrong) => {
    const seen = fake.plays(kind, wrong, ROI, says("See the table."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => c.status)).toEqual(["error", "ok"]);
    const told = seen[1]!.messages.at(-1)!;
    expect(told.role).toBe("tool");
    expect(told.content).toContain('"status":"error"');
    expect(answer.reply).toMatch(/^See the table\.\n\n/);
    expect(answer.model).toBe(`${kind}:m`);
    await agent.close();
  });

  it.each(WRONG)("%s, twice: the built-in planner answers, and says why once", async (_, wrong) => {
    const seen = fake.plays(kind, wrong, wrong, says("never asked"));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen).toHaveLength(2);
    expect(answer.model).toBe("offline");
    expect(answer.calls.map((c) => c.status)).toEqual(["error", "ok"]);
    expect(answer.reply.match(/built-in offline planner/g)).toHaveLength(1);
    expect(answer.reply).not.toMatch(/no tool called|cannot take that|JSON object/);
    expect(answer.figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("run nothing where the arguments of a write were cut off", async () => {
    fake.plays(
      kind,
      call("cancel_promotion", '{"promotion": "P-1001", "reason": "no'),
      call("cancel_promotion", '{"promotion'),
    );
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.pending).toEqual([]);
    await agent.close();
  });

  it("take null for what is left out, and arguments that were encoded twice", async () => {
    const nulls = { metric: "net_roi", by: "account", account: null, top: null };
    const twice = JSON.stringify(JSON.stringify({ metric: "uplift", by: "mechanic" }));
    fake.plays(
      kind,
      calls({ name: "compare_promotions", args: nulls }, { name: "compare_promotions", args: twice }),
      says("See."),
    );
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => [c.args.metric, c.status])).toEqual([
      ["net_roi", "ok"],
      ["uplift", "ok"],
    ]);
    await agent.close();
  });

  it("do not hold back the good ones beside them", async () => {
    fake.plays(
      kind,
      calls({ name: "compare_promotions", args: { metric: "net_roi", by: "account" } }, { name: "nothing", args: {} }),
      says("See the table."),
    );
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => c.status)).toEqual(["ok", "error"]);
    expect(answer.reply).toMatch(/^See the table\.\n\n/);
    await agent.close();
  });
});
