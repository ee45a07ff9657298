import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { accountRef, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { allGuides } from "./guides/guides.ts";
import { LEAST_SCORE, rankGuides } from "./guides/match.ts";

/** A guide this close to the best one is named beside it. */
const NEAR = 0.75;
const OTHERS = 2;

export const guide = readTool({
  name: "guide",
  role: "assistant",
  description:
    "Explains how something is done here (create, change, approve, budgets, claims, import, reports, forecasts, rights …), step by step, and offers to do it. For questions that begin with “how do I”, “where do I find”, “who may”.",
  examples: [
    { say: "How do I create a multi-retailer promotion?", args: { topic: "create a multi-retailer promotion" } },
    { say: "Where are last quarter's results?", args: { topic: "find results of last quarter" } },
  ],
  schema: z.strictObject({
    topic: optional(z.string().max(1_000)).describe("what the person wants to know how to do, in her words"),
    account: optional(accountRef).describe("the account that the examples should name"),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const guides = allGuides();
    const topic = args.topic ?? "";
    const [best, ...rest] = rankGuides(topic, guides);
    const found = best && best.score >= LEAST_SCORE ? best.guide : null;
    const account = args.account === undefined ? null : (await resolveAccount(actor, store, args.account)).name;
    const named = (text: string): string => (account === null ? text : text.replaceAll("[account]", account));
    return {
      topic,
      account,
      guide: found?.slug ?? null,
      title: found?.title ?? null,
      about: found?.about ?? "",
      steps: found?.steps ?? [],
      say: (found?.say ?? []).map(named),
      offer: found?.offer ?? "",
      tools: found?.tools ?? [],
      others: found
        ? rest
            .filter((r) => r.score >= Math.max(LEAST_SCORE, NEAR * best!.score))
            .slice(0, OTHERS)
            .map((r) => r.guide.title)
        : [],
      topics: guides.map((g) => g.title),
    };
  },
});
