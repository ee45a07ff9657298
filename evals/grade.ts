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
  const { role, calls, count, pending, waits, clarify, says, not, figure, name } = expected;
  if (role) must(answer.role === role, `role is ${answer.role}, not ${role}`);
  calls?.forEach((call, i) => {
    const made = answer.calls[i];
    const tools = [call.tool].flat();
    must(made !== undefined && tools.includes(made.tool), `call ${i} is ${made?.tool ?? "missing"}, not ${tools}`);
    if (made && call.args)
      must(
        includes(made.args, call.args),
        `arguments of ${made.tool}: ${JSON.stringify(made.args)} lack ${JSON.stringify(call.args)}`,
      );
    if (made && call.status)
      must(made.status === call.status, `${made.tool} is ${made.status}: ${JSON.stringify(made.result.message ?? "")}`);
  });
  if (count !== undefined) must(answer.calls.length === count, `${answer.calls.length} calls, not ${count}`);
  if (pending !== undefined) must(answer.pending.length === pending, `${answer.pending.length} wait, not ${pending}`);
  for (const item of waits ?? [])
    must(
      answer.pending.some((p) => p.kind === item.kind && includes(p.change, item.change ?? {})),
      `nothing waits like ${JSON.stringify(item)}: ${JSON.stringify(answer.pending.map((p) => [p.kind, p.change])).slice(0, 400)}`,
    );
  if (clarify !== undefined)
    must((answer.clarify !== null) === clarify, `clarify is ${JSON.stringify(answer.clarify)}`);
  for (const piece of says ?? [])
    must(answer.reply.toLowerCase().includes(piece.toLowerCase()), `the reply lacks "${piece}"`);
  for (const piece of not ?? [])
    must(!answer.reply.toLowerCase().includes(piece.toLowerCase()), `the reply holds "${piece}"`);
  for (const query of [figure ?? []].flat()) {
    const found = await sql(query);
    const value = found === null ? Number.NaN : Number(found);
    must(
      answer.figures.some((f) => Math.abs(f.value - value) <= CLOSE * Math.max(1, Math.abs(value))),
      `no figure is ${value}`,
    );
  }
  for (const query of [name ?? []].flat()) {
    const text = await sql(query);
    must(text !== null && answer.reply.includes(String(text)), `the reply does not name ${text}`);
  }
  return wrong;
}

/** Figures that do not hold: an answer must have none. */
export const untraced = (answer: Answer): number => answer.figures.filter((f) => !figureHolds(f, answer.calls)).length;

/** True where every expected argument is among the made ones, arrays in any order; `$or` and `$absent` as in task.ts. */
function includes(made: unknown, expected: unknown): boolean {
  if (isRecord(expected) && Array.isArray(expected.$or)) return expected.$or.some((one) => includes(made, one));
  if (isRecord(expected) && expected.$absent === true) return made == null || made === false;
  if (Array.isArray(expected))
    return (
      Array.isArray(made) && expected.length === made.length && expected.every((e) => made.some((m) => includes(m, e)))
    );
  if (isRecord(expected)) {
    return isRecord(made) && Object.entries(expected).every(([k, v]) => includes(made[k], v));
  }
  return typeof expected === "number" && typeof made === "number"
    ? Math.abs(made - expected) < CLOSE
    : made === expected;
}

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object";
