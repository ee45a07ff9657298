import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser, listUsers, setUserAccounts } from "../data/users/users.service.ts";
import { demoAgent } from "./testing.ts";

let agent: Awaited<ReturnType<typeof demoAgent>>;

beforeAll(async () => {
  agent = await demoAgent();
  await addUser(agent.store, { id: "mia", name: "Mia", role: "reader" }, undefined);
  await addUser(agent.store, { id: "rob", name: "Rob", role: "reader" }, ["Bramley Stores"]);
});
afterAll(() => agent.close());

const ask = (user: string, text: string, thread: string) => agent.converse({ user, text, thread, channel: "chat" });

describe("a reader", () => {
  it("sees the figures that a manager sees", async () => {
    for (const [i, text] of [
      "Which retailer gives us the highest promotion ROI?",
      "How much is left in the fund of Bramley?",
      "Did our promotions grow the coffee category or only us at Albion?",
      "Where would shelf space pay?",
    ].entries()) {
      const [dan, mia] = [await ask("dan", text, `d${i}`), await ask("mia", text, `m${i}`)];
      expect(mia.calls.map((c) => c.status)).toEqual(["ok"]);
      expect(mia.figures.map((f) => [f.text, f.path])).toEqual(dan.figures.map((f) => [f.text, f.path]));
      expect(mia.figures.length).toBeGreaterThan(3);
    }
  });

  it("may change nothing, and is told whose right it is", async () => {
    for (const [text, whose] of [
      ["Create a promotion for Bramley from 1 June to 14 June 2027 with 20% off Kestrel", /Ana/],
      ["Submit P-1334", /Ana|reads?|cannot/],
      ["Approve P-1339", /manager/],
      ["Cancel P-1336", /Ana|cannot/],
      ["Pay claim C-2238", /finance/i],
      ["Move 1,000 euros from the Albion fund 2027 to the Bramley fund 2027", /finance|reads|ask/i],
      ["Log a call with Bramley today: spoke about displays", /Ana|reads/],
    ] as const) {
      const answer = await ask("mia", text, `w${text.length}`);
      expect([text, answer.pending]).toEqual([text, []]);
      expect([text, answer.calls.map((c) => c.status)]).toEqual([text, ["error"]]);
      expect([text, answer.calls[0]!.result.code]).toEqual([text, "no_right"]);
      expect(answer.reply).toMatch(whose);
    }
  });

  it("sees of the accounts only what she was granted", async () => {
    const own = await ask("rob", "What does Bramley not list that sells elsewhere?", "r1");
    expect(own.calls[0]).toMatchObject({ tool: "assortment_gaps", status: "ok" });
    const other = await ask("rob", "What does Albion not list that sells elsewhere?", "r2");
    expect(other.calls[0]).toMatchObject({ status: "error", result: { code: "no_right" } });
    expect(other.reply).toContain("Ana");
    expect(other.figures).toEqual([]);
  });

  it("is listed with her accounts, and these can be changed", async () => {
    await setUserAccounts(agent.store, "rob", ["Albion", "Retailer C"]);
    const users = await listUsers(agent.store);
    expect(users.find((u) => u.id === "rob")?.accounts).toEqual(["Albion Fresh", "Cormorant Hyper"]);
    expect(users.find((u) => u.id === "mia")?.accounts).toBe("all");
    expect(users.find((u) => u.id === "ana")?.accounts).toEqual(["Albion Fresh", "Bramley Stores", "Cormorant Hyper"]);
  });

  it("cannot be added twice, nor to an account that there is not", async () => {
    const taken = { id: "mia", name: "Mia", role: "reader" } as const;
    await expect(addUser(agent.store, taken, undefined)).rejects.toMatchObject({ code: "wrong_state" });
    await expect(addUser(agent.store, { ...taken, id: "eve", name: "Eve" }, ["Nowhere"])).rejects.toMatchObject({
      code: "unknown_name",
    });
    expect((await listUsers(agent.store)).map((u) => u.id)).not.toContain("eve");
    await expect(setUserAccounts(agent.store, "eva", ["Albion"])).rejects.toMatchObject({ code: "bad_input" });
  });
});
