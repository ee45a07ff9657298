import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, calls, fails, fakeServices, KINDS } from "./testing.ts";

const fake = fakeServices();
const draft = (account: string, more = {}) => ({
  name: "create_promotion",
  args: {
    account,
    products: [{ brand: "Kestrel" }],
    start: "2027-06-01",
    end: "2027-06-14",
    mechanic: "tpr",
    discount: 0.2,
    ...more,
  },
});
const BOTH = "Create a promotion for Albion and for Bramley on Kestrel from June 1 to June 14 with 20 %";
const ONE = "Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %";

describe.each(KINDS)("the planner takes over from %s in the middle of a turn", (kind) => {
  it("and does not propose again what waits already, worded another way", async () => {
    fake.plays(kind, calls(draft("albion fresh", { note: "as asked", payment: "scan_back" })), fails(401));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: ONE });
    expect(answer.model).toBe("offline");
    expect(answer.pending).toHaveLength(1);
    expect(answer.calls.map((c) => c.status)).toEqual(["proposed"]);
    await agent.close();
  });

  it("and proposes what is still missing", async () => {
    fake.plays(kind, calls(draft("Albion Fresh")), fails(401));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: BOTH });
    expect(answer.pending.map((p) => p.change.account ?? p.change.account_name)).toHaveLength(2);
    expect(JSON.stringify(answer.pending[1]!.change)).toMatch(/Bramley/i);
    expect(answer.calls.map((c) => c.status)).toEqual(["proposed", "proposed"]);
    await agent.close();
  });

  it("and has nothing to add where the model made all of it, one by one", async () => {
    fake.plays(kind, calls(draft("Albion Fresh"), draft("Bramley Stores")), fails(401));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: BOTH });
    expect(answer.pending).toHaveLength(2);
    await agent.close();
  });

  it("and proposes it after calls that brought nothing", async () => {
    fake.plays(kind, call("create_promotion", '{"account'), call("make_promo", {}));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: ONE });
    expect(answer.pending).toHaveLength(1);
    expect(answer.calls.map((c) => c.status)).toEqual(["error", "proposed"]);
    await agent.close();
  });

  it("and goes on from what was read, to the second step of a request", async () => {
    const text = "Find the best discount for Kestrel at Albion from June 1 to June 14 2027 and draft it";
    const offline = await demoAgent();
    const whole = await offline.converse({ text });
    expect(whole.calls.map((c) => c.status)).toEqual(["ok", "proposed"]);
    await offline.close();
    const { tool, args } = whole.calls[0]!;
    fake.plays(kind, call(tool, args), fails(401));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text });
    expect(answer.calls.map((c) => [c.tool, c.status])).toEqual(whole.calls.map((c) => [c.tool, c.status]));
    expect(answer.calls[1]!.args).toEqual(whole.calls[1]!.args);
    await agent.close();
  });
});
