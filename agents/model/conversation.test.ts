import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { conversation, shortened } from "./conversation.ts";
import { call, calls, fails, fakeServices, type Seen, says } from "./testing.ts";

const made = (id: string, name = "one") => ({ id, name, args: {}, type: "tool_call" as const });
const answer = (id: string, content = "{}") => new ToolMessage({ tool_call_id: id, name: "one", content });

/** What an OpenAI-compatible service refuses a conversation for. */
function refusals(messages: readonly Seen["messages"][number][]): string[] {
  const wrong: string[] = [];
  const ids = new Set<string>();
  let open: string[] = [];
  messages.forEach((m, i) => {
    if (m.role === "tool") {
      if (!open.includes(m.tool_call_id ?? "")) wrong.push(`${i}: an answer without a call`);
      open = open.filter((id) => id !== m.tool_call_id);
      return;
    }
    if (open.length) wrong.push(`${i}: ${open.length} calls unanswered`);
    open = (m.tool_calls ?? []).map(({ id }) => id);
    for (const id of open) {
      if (ids.has(id)) wrong.push(`${i}: the id ${id} again`);
      ids.add(id);
    }
    if (m.role === "system" && i > 0) wrong.push(`${i}: a system message in the middle`);
    if (!m.content && !open.length) wrong.push(`${i}: empty`);
  });
  if (open.length) wrong.push("the last calls are unanswered");
  return wrong;
}

const asSeen = (messages: readonly BaseMessage[]): Seen["messages"] =>
  messages.map((m) => ({
    role: ({ human: "user", ai: "assistant", tool: "tool", system: "system" } as Record<string, string>)[m.getType()]!,
    content: m.text,
    ...(AIMessage.isInstance(m)
      ? { tool_calls: (m.tool_calls ?? []).map((c) => ({ id: c.id!, function: { name: c.name } })) }
      : {}),
    ...(ToolMessage.isInstance(m) ? { tool_call_id: m.tool_call_id } : {}),
  }));

describe("a thread as a service accepts it", () => {
  const human = new HumanMessage("what?");
  it.each<[string, BaseMessage[]]>([
    [
      "a call that was never answered",
      [human, new AIMessage({ content: "", tool_calls: [made("a"), made("b")] }), answer("b"), human],
    ],
    ["an answer whose call was pruned", [answer("a"), human]],
    [
      "an answer after something else",
      [human, new AIMessage({ content: "", tool_calls: [made("a")] }), human, answer("a")],
    ],
    [
      "the same ids in every turn",
      [
        human,
        new AIMessage({ content: "", tool_calls: [made("a")] }),
        answer("a"),
        human,
        new AIMessage({ content: "", tool_calls: [made("a")] }),
        answer("a"),
      ],
    ],
    ["empty words", [human, new AIMessage(""), human]],
    ["a thread that broke off", [human, new AIMessage({ content: "", tool_calls: [made("a")] })]],
  ])("mends %s", (_, messages) => {
    const sent = asSeen(conversation([new SystemMessage("policy"), ...messages]));
    expect(refusals(sent)).toEqual([]);
    expect(sent.filter((m) => m.role === "user")).toHaveLength(
      messages.filter((m) => HumanMessage.isInstance(m)).length,
    );
  });

  it("keeps each answer with its call", () => {
    const twins = [
      human,
      new AIMessage({ content: "", tool_calls: [made("a"), made("b")] }),
      answer("b", "B"),
      answer("a", "A"),
    ];
    expect(conversation(twins).map((m) => m.text)).toEqual(["what?", "", "A", "B"]);
  });

  it("is its last turn only where it was too long, with what came of it", () => {
    const long = answer("b", "x".repeat(9_000));
    const all = [
      new SystemMessage("policy"),
      human,
      new AIMessage("old"),
      new HumanMessage("now?"),
      new AIMessage({ content: "", tool_calls: [made("b")] }),
      long,
    ];
    const short = shortened(all);
    expect(short.map((m) => m.getType())).toEqual(["system", "human", "ai", "tool"]);
    expect(short.at(-1)!.text.length).toBeLessThan(2_000);
  });
});

describe("every conversation that is sent", () => {
  const fake = fakeServices();
  const ROI = { name: "compare_promotions", args: { metric: "net_roi", by: "account" } };
  const BUDGET = { name: "budget_status", args: {} };
  const draft = (start: string) =>
    call("create_promotion", {
      account: "Albion Fresh",
      products: [{ brand: "Kestrel" }],
      start,
      end: start.replace(/..$/, "14"),
      mechanic: "tpr",
      discount: 0.2,
    });

  it("is valid over a long thread with drafts, decisions, talk while something waits, mistakes, failures and fallbacks", async () => {
    const agent = await demoAgent(await fake.model("openai"));
    const sent: Seen[] = [];
    const turn = async (text: string, ...steps: Parameters<typeof fake.plays>[1][]) => {
      const seen = fake.plays("openai", ...steps);
      const answer = await agent.converse({ text, thread: "t" });
      sent.push(...seen);
      return answer;
    };
    const question = "Which retailer gives us the highest promotion ROI?";
    for (let round = 0; round < 2; round++) {
      await turn(question, calls(ROI, BUDGET), says("See the table."));
      await turn(question, calls({ ...ROI, id: "same" }, { ...BUDGET, id: "same" }), fails(401));
      await turn(
        "Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %",
        draft(`2027-0${round + 6}-01`),
        fails(500),
        fails(500),
        fails(500),
      );
      await turn("How much budget is left at Albion?", calls(BUDGET), says("See above."));
      await turn("no", says("never asked"));
      await turn(question, call("compare_promotions", '{"metric"'), calls(ROI), says(""));
      await turn(question, call("nothing"), call("nothing"));
      await turn(question, says("I would say Albion."));
      const { pending } = await turn(
        "Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %",
        draft(`2028-0${round + 1}-01`),
        says("Waits."),
      );
      expect(pending.length).toBeGreaterThan(0);
      await agent.converse({
        thread: "t",
        resume: { decisions: pending.map(({ id }) => ({ id, approve: round % 2 === 0 })) },
      });
    }
    expect(sent.length).toBeGreaterThan(20);
    for (const [i, { messages }] of sent.entries()) expect([i, refusals(messages)]).toEqual([i, []]);
    await agent.close();
  });
});
