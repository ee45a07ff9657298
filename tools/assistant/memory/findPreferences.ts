import { z } from "zod";
import { visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { PREFERENCE_KINDS, PREFERENCE_TITLES } from "../../../data/preferences/kinds.ts";
import { ownPreferences } from "../../../data/preferences/preferences.service.ts";
import { optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { preferenceJson } from "./preferenceJson.ts";

export const findPreferences = readTool({
  name: "find_preferences",
  role: "assistant",
  description:
    "Shows what is kept about the person herself: her preferences (ROI net or gross, which accounts are hers, the usual period, length of lists, format of reports, short answers, no tables or charts), since when and by which words. Only her own; nobody else's can be seen.",
  examples: [
    { say: "What are my preferences?", args: {} },
    { say: "What do you remember about me?", args: {} },
  ],
  schema: z.strictObject({
    person: optional(z.string().max(100)).describe("whose, where a person is named; only the person's own are shown"),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    if (args.person !== undefined && args.person !== actor.name)
      throw new KamError("no_right", `Preferences are each person's own: those of ${args.person} only she can see.`);
    const kept = await ownPreferences(actor, store);
    const accounts = (await visibleAccounts(actor, store)).slice(0, 2).map((a) => a.name);
    const kinds = new Set<string>(kept.map(({ kind }) => kind));
    return {
      person: actor.name,
      kept: kept.length,
      preferences: kept.map(({ kind, value, since, said }) => ({
        ...preferenceJson(kind, value),
        since,
        said_quote: quoteParts(said),
      })),
      can_keep: PREFERENCE_KINDS.filter((kind) => !kinds.has(kind)).map((kind) => {
        const { title, say } = PREFERENCE_TITLES[kind];
        return { title, say: say.replace("…", accounts.join(" and ")) };
      }),
    };
  },
});
