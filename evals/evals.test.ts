import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { demoAgent } from "../agents/testing.ts";
import { gradeAnswer } from "./grade.ts";
import { readTasks, runTask } from "./run.ts";

async function bench() {
  const agent = await demoAgent();
  const reader = new Database(agent.store.path, { readonly: true });
  return {
    converse: agent.converse,
    sql: async (query: string) => reader.prepare(query).pluck().get() ?? null,
    async close() {
      reader.close();
      await agent.close();
    },
  };
}

describe("the main job, offline", () => {
  it.each(readTasks().filter((task) => task.suite === "main"))("$id: $about", async (task) => {
    const fresh = await bench();
    const result = await runTask(task, fresh).finally(() => fresh.close());
    expect({ wrong: result.wrong, untraced: result.untraced, wrongWrites: result.wrongWrites }).toEqual({
      wrong: [],
      untraced: 0,
      wrongWrites: 0,
    });
  });
});

it("the grader sees what is wrong", async () => {
  const answer = {
    thread: "t",
    role: "advisor",
    reply: "Albion leads with 0.44.",
    calls: [{ tool: "compare_promotions", args: { metric: "net_roi" }, status: "ok", result: { best: 0.44 }, ms: 1 }],
    pending: [],
    figures: [{ text: "0.44", value: 0.44, unit: "ratio", call: 0, path: "/best" }],
    charts: [],
    clarify: null,
    model: "offline",
    ms: 1,
  } as const;
  const sql = async (query: string): Promise<unknown> =>
    ({ good: 0.44, bad: 0.45, name: "Albion", other: "Bramley" })[query];
  expect(
    await gradeAnswer(
      answer,
      {
        role: "advisor",
        calls: [{ tool: "compare_promotions", args: { metric: "net_roi" }, status: "ok" }],
        pending: 0,
        clarify: false,
        says: ["albion"],
        not: ["P-1"],
        figure: "good",
        name: "name",
      },
      sql,
    ),
  ).toEqual([]);
  const wrong = await gradeAnswer(
    answer,
    {
      role: "expert",
      calls: [{ tool: "compare_promotions", args: { metric: "uplift" }, status: "error" }, { tool: "guide" }],
      pending: 1,
      clarify: true,
      says: ["Bramley"],
      not: ["Albion"],
      figure: "bad",
      name: "other",
    },
    sql,
  );
  expect(wrong).toHaveLength(10);
});
