import { beforeAll, describe, expect, it } from "vitest";
import { formatFigure } from "../../data/common/format.ts";
import { readLexicon } from "../../data/lexicon/lexicon.repo.ts";
import type { Answer } from "../answer.ts";
import { call, fakeServices, says } from "../model/testing.ts";
import type { Lexicon } from "../planner/index.ts";
import { atPointer } from "../replies/say.ts";
import { demoAgent } from "../testing.ts";
import { namesInCalls, namesInLexicon } from "./names.ts";
import honest from "./testing.honest.json" with { type: "json" };
import { type Mutation, mutations } from "./testing.mutate.ts";
import { evidenceOf, type Traced, trace } from "./words/index.ts";

const fake = fakeServices();

interface Case {
  readonly ask: string;
  readonly answer: Answer;
  readonly says: readonly string[];
  trace(words: string): Traced;
}
let lexicon: Lexicon;
const cases: Case[] = [];

/** "{/rows/0/value|ratio}": the number there in our form; "{/rows/0/account}": the name there. */
const filled = (template: string, { calls }: Answer): string =>
  template.replace(/\{(\/[^|}]+)(?:\|([^}]+))?\}/g, (_, path: string, unit?: string) => {
    const value = atPointer(calls[0]?.result, path);
    return unit ? formatFigure(Number(value), unit) : String(value);
  });

beforeAll(async () => {
  const agent = await demoAgent();
  const { store, actor } = await agent.context("dan");
  lexicon = {
    ...(await readLexicon(actor, store)),
    today: store.today,
    planningToday: store.today,
    locale: { dayFirst: true },
  };
  for (const [i, { ask, says }] of honest.entries()) {
    const answer = await agent.converse({ text: ask, thread: String(i) });
    const evidence = evidenceOf(answer.calls, lexicon, ask, answer.reply);
    const composed = { reply: answer.reply, figures: answer.figures };
    cases.push({
      ask,
      answer,
      says: says.map((s) => filled(s, answer)),
      trace: (words) => trace(words, evidence, composed),
    });
  }
  await agent.close();
}, 120_000);

const wrongOf = ({ answer }: Case, text: string, rounds: number, seed: number): Mutation[] =>
  mutations(text, {
    names: [...namesInLexicon(lexicon), ...namesInCalls(answer.calls)],
    subjects: [...lexicon.accounts, ...lexicon.brands].map(({ name }) => name),
    rounds,
    seed,
  });

/** What came through although it is wrong: words that stand, and not because code had written the right ones in their place. */
function through(one: Case, right: string, wrong: readonly Mutation[]): string[] {
  const good = one.trace(right);
  return wrong.flatMap(({ kind, text }) => {
    const traced = one.trace(text);
    if ("untraced" in traced || ("reply" in good && traced.reply === good.reply)) return [];
    return [`${kind}: ${text} → ${traced.reply}`];
  });
}

describe("mutated words of a model", () => {
  it("true paraphrases of results stand", () => {
    const lost = cases.flatMap((one) =>
      one.says.flatMap((text) => {
        const traced = one.trace(text);
        return "untraced" in traced ? [`${text}: ${traced.untraced.map((u) => u.why).join("; ")}`] : [];
      }),
    );
    const all = cases.flatMap((one) => one.says);
    expect(lost).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(30);
  });

  it("no mutated paraphrase stands", () => {
    const wrong = cases.flatMap((one, i) =>
      one.says.map((text, j) => ({ one, text, wrong: wrongOf(one, text, 3, 100 * i + j) })),
    );
    expect(wrong.flatMap(({ one, text, wrong }) => through(one, text, wrong))).toEqual([]);
    expect(wrong.flatMap((w) => w.wrong).length).toBeGreaterThan(1000);
  });

  it("no mutated reply of our own stands", () => {
    const wrong = cases.map((one, i) => ({ one, wrong: wrongOf(one, one.answer.reply, 3, 7000 + i) }));
    expect(wrong.flatMap(({ one, wrong }) => through(one, one.answer.reply, wrong))).toEqual([]);
    expect(wrong.flatMap((w) => w.wrong).length).toBeGreaterThan(400);
  });

  it("none reaches the person, and the true ones do, through the whole agent", async () => {
    const agent = await demoAgent(await fake.model("openai"));
    const removed: string[] = [];
    for (const [i, one] of cases.slice(0, 5).entries()) {
      const [first] = one.answer.calls;
      const reply = async (...words: string[]): Promise<string> => {
        fake.plays("openai", call(first!.tool, first!.args), ...words.map(says));
        const answer = await agent.converse({ text: one.ask }, (event) => {
          if (event.type === "log") removed.push(event.message);
        });
        return answer.reply;
      };
      const right = one.says[0]!;
      const [wrong, worse] = wrongOf(one, right, 1, 9000 + i).filter(({ text }) => "untraced" in one.trace(text));
      const stood = await reply(right);
      expect(stood.startsWith((one.trace(right) as { reply: string }).reply)).toBe(true);
      expect(stood.includes("**Ground.**")).toBe(one.answer.reply.includes("**Ground.**"));
      // Told what is wrong, the model may say it rightly the second time; else the composed reply stands.
      expect(await reply(wrong!.text, right)).toBe(stood);
      expect(one.answer.reply).toContain((await reply(wrong!.text, worse!.text)).split("\n\nTaken:")[0]);
    }
    expect(removed.filter((line) => line.startsWith("untraced, removed:")).length).toBeGreaterThanOrEqual(15);
    await agent.close();
  }, 60_000);
});
