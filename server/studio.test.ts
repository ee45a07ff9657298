import { existsSync, readFileSync } from "node:fs";
import { Command, MemorySaver } from "@langchain/langgraph";
import { afterEach, expect, it, vi } from "vitest";
import type { ThreadState } from "../agents/state.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { demoContext } from "../tools/testing.ts";

type State = typeof ThreadState.State;
interface Graph {
  checkpointer?: unknown;
  invoke(input: unknown, config?: object): Promise<State>;
  getState(config: object): Promise<{ values: State }>;
}
const { graphs } = JSON.parse(readFileSync(new URL("../langgraph.json", import.meta.url), "utf8")) as {
  graphs: Record<string, string>;
};

/** The graph of a name as langgraph.json finds it; each test's over a store of its own, named by the environment. */
async function exported(name: string): Promise<Graph> {
  const [file, symbol] = graphs[name]!.split(":") as [string, string];
  const path = new URL(`../${file}`, import.meta.url);
  expect(existsSync(path)).toBe(true);
  return ((await import(path.href)) as Record<string, Graph>)[symbol]!;
}

async function overDemo() {
  const demo = await demoContext();
  vi.resetModules();
  vi.stubEnv("KAM_DB", demo.store.path);
  vi.stubEnv("KAM_TODAY", TEST_TODAY);
  vi.stubEnv("KAM_MODEL", "offline");
  return demo;
}
afterEach(() => vi.unstubAllEnvs());

const asked = (text: string) => ({ messages: [{ role: "user", content: text }] });

it.each([
  ["kam", "Which retailer gives us the highest promotion ROI?", "Albion Fresh"],
  ["assistant", "What is left in the fund at Bramley?", "Bramley Stores"],
  ["advisor", "Which retailer gives us the highest promotion ROI?", "Albion Fresh"],
  ["expert", "What is the baseline for Polar Lane at Bramley in the next four weeks?", "Polar Lane"],
])(
  "langgraph.json: %s loads without a checkpointer and answers over the store of the environment",
  async (name, text, says) => {
    const demo = await overDemo();
    const graph = await exported(name);
    expect(graph.checkpointer).toBeUndefined();
    const after = await graph.invoke(asked(text));
    expect(after.messages.at(-1)!.text).toContain(says);
    await demo.close();
  },
);

it("waits in Studio for a person as it does elsewhere, takes what else is said meanwhile, and writes what is approved", async () => {
  const demo = await overDemo();
  const graph = await exported("kam");
  graph.checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: "s", user: "ana" } };
  const count = async () =>
    (await demo.store.db.selectFrom("promotion").select("id").where("start", "=", "2027-06-01").execute()).length;
  const before = await count();
  await graph.invoke(asked("Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %"), config);
  expect((await graph.getState(config)).values.pending).toHaveLength(1);
  const meanwhile = await graph.invoke(asked("What is left in the fund at Albion?"), config);
  expect(meanwhile.messages.map((m) => m.text).join("\n")).toContain("Albion Fresh");
  const [item] = (await graph.getState(config)).values.pending;
  expect(await count()).toBe(before);
  await graph.invoke(new Command({ resume: { decisions: [{ id: item!.id, approve: true }] } }), config);
  expect((await graph.getState(config)).values.pending).toEqual([]);
  expect(await count()).toBe(before + 1);
  await demo.close();
});

it("knows a colleague's accounts as hers in Studio too", async () => {
  const demo = await overDemo();
  const graph = await exported("kam");
  const after = await graph.invoke(asked("What is left in the fund at Albion?"), { configurable: { user: "ben" } });
  const reply = after.messages.at(-1)!.text;
  expect(reply).toContain("Ana");
  expect(reply).not.toMatch(/\d{3}/);
  await demo.close();
});
