import { describe, expect, it } from "vitest";
import type { Answer } from "../agents/answer.ts";
import { gradeAnswer } from "./grade.ts";
import { numbersOutside } from "./outside.ts";
import { readTasks } from "./run.ts";

const answer = {
  thread: "t",
  role: "assistant",
  reply: "**Albion Fresh** has €12.50 left.",
  calls: [
    { tool: "budget_status", args: { account: "Albion Fresh", top: 3 }, status: "ok", result: { left: 12.5 }, ms: 1 },
  ],
  pending: [{ id: "w1", kind: "move_funds", change: { amount: 5, to: "b" }, checks: [] }],
  figures: [{ text: "€12.50", value: 12.5, unit: "EUR", call: 0, path: "/left" }],
  charts: [],
  clarify: null,
  model: "offline",
  ms: 1,
} as unknown as Answer;

const sql = async (query: string): Promise<unknown> => ({ one: 12.5, none: null, name: "Albion Fresh" })[query];
const grade = (expected: Parameters<typeof gradeAnswer>[1]) => gradeAnswer(answer, expected, sql);

describe("gradeAnswer", () => {
  it("finds nothing wrong where all is as expected", async () => {
    const wrong = await grade({
      role: "assistant",
      calls: [
        {
          tool: ["find_claims", "budget_status"],
          args: { account: { $or: ["x", "Albion Fresh"] }, display: { $absent: true } },
          status: "ok",
        },
      ],
      count: 1,
      pending: 1,
      waits: [{ kind: "move_funds", change: { amount: 5 } }],
      clarify: false,
      says: ["albion"],
      not: ["Bramley"],
      figure: ["one"],
      name: "name",
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    [{ role: "expert" }],
    [{ calls: [{ tool: "find_claims" }] }],
    [{ calls: [{ tool: "budget_status", args: { top: 4 } }] }],
    [{ calls: [{ tool: "budget_status", args: { top: { $absent: true } } }] }],
    [{ calls: [{ tool: "budget_status", args: { account: { $or: ["x"] } } }] }],
    [{ calls: [{ tool: "budget_status", status: "error" }] }],
    [{ count: 2 }],
    [{ pending: 0 }],
    [{ waits: [{ kind: "move_funds", change: { amount: 6 } }] }],
    [{ waits: [{ kind: "copy_promotion" }] }],
    [{ clarify: true }],
    [{ says: ["Bramley"] }],
    [{ not: ["Albion"] }],
    [{ figure: "none" }],
    [{ figure: ["one", "none"] }],
    [{ name: "none" }],
  ] as Parameters<typeof grade>[])("says what is wrong: %j", async (expected) => {
    expect(await grade(expected)).toHaveLength(1);
  });
});

describe("the tasks", () => {
  it("are many, on every tool's ground, and each has its own id", () => {
    const tasks = readTasks();
    expect(tasks.length).toBeGreaterThanOrEqual(250);
    expect(new Set(tasks.map((t) => t.id)).size).toBe(tasks.length);
    for (const task of tasks)
      expect(Boolean(task.end?.length) || task.turns.some((turn) => turn.expect), task.id).toBe(true);
  });
});

describe("numbersOutside", () => {
  const of = (reply: string) => numbersOutside({ ...answer, reply }, ["Beans 500 g", "Trade fund 2026"]);

  it("finds nothing where every number is a figure, a date, a label or part of a name", () => {
    expect(of("€12.50 left in Trade fund 2026 for Beans 500 g (P-1042), 1–14 June 2027, week 24, Q3 2026.")).toEqual(
      [],
    );
  });

  it.each(["€12.51 left", "€112.50 left", "12 promotions", "Beans 600 g"])(
    "finds a number of no figure: %s",
    (reply) => {
      expect(of(reply)).toHaveLength(1);
    },
  );
});
