import type { Answer } from "../agents/answer.ts";
import { figureHolds } from "../agents/figures/prove.ts";
import type { Expectation } from "./task.ts";

/** Reads one value of the store by SQL; the evals' own way to check an answer by hand. */
export type Sql = (query: string) => Promise<unknown>;

const CLOSE = 1e-6;

/** What is wrong with one answer, a line each; nothing where it is as expected. */
export async function gradeAnswer(answer: Answer, expected: Expectation, sql: Sql): Promise<string[]> {
  const wrong: string[] = [];
  const must = (holds: boolean, line: string): void => {
    if (!holds) wrong.push(line);
  };
  const { role, calls, pending, clarify, says, not, figure, name } = expected;
  if (role) must(answer.role === role, `role is ${answer.role}, not ${role}`);
  calls?.forEach((call, i) => {
    const made = answer.calls[i];
    must(made?.tool === call.tool, `call ${i} is ${made?.tool ?? "missing"}, not ${call.tool}`);
    if (made && call.args)
      must(
        includes(made.args, call.args),
        `arguments of ${call.tool}: ${JSON.stringify(made.args)} lack ${JSON.stringify(call.args)}`,
      );
    if (made && call.status)
      must(made.status === call.status, `${call.tool} is ${made.status}: ${JSON.stringify(made.result.message ?? "")}`);
  });
  if (pending !== undefined) must(answer.pending.length === pending, `${answer.pending.length} wait, not ${pending}`);
  if (clarify !== undefined)
    must((answer.clarify !== null) === clarify, `clarify is ${JSON.stringify(answer.clarify)}`);
  for (const piece of says ?? [])
    must(answer.reply.toLowerCase().includes(piece.toLowerCase()), `the reply lacks "${piece}"`);
  for (const piece of not ?? [])
    must(!answer.reply.toLowerCase().includes(piece.toLowerCase()), `the reply holds "${piece}"`);
  if (figure) {
    const value = Number(await sql(figure));
    must(
      answer.figures.some((f) => Math.abs(f.value - value) <= CLOSE * Math.max(1, Math.abs(value))),
      `no figure is ${value}`,
    );
  }
  if (name) {
    const text = String(await sql(name));
    must(answer.reply.includes(text), `the reply does not name ${text}`);
  }
  return wrong;
}

/** Figures that do not hold: an answer must have none. */
export const untraced = (answer: Answer): number => answer.figures.filter((f) => !figureHolds(f, answer.calls)).length;

/** True where every expected argument is among the made ones, arrays in any order. */
function includes(made: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(made) && expected.length === made.length && expected.every((e) => made.some((m) => includes(m, e)))
    );
  if (expected !== null && typeof expected === "object") {
    return (
      made !== null &&
      typeof made === "object" &&
      Object.entries(expected).every(([k, v]) => includes((made as Record<string, unknown>)[k], v))
    );
  }
  return typeof expected === "number" && typeof made === "number"
    ? Math.abs(made - expected) < CLOSE
    : made === expected;
}
