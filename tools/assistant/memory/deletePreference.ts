import { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { PREFERENCE_KINDS, PREFERENCE_TITLES, preferenceWords } from "../../../data/preferences/kinds.ts";
import {
  forgetPreferences,
  type KeptPreference,
  ownPreferences,
} from "../../../data/preferences/preferences.service.ts";
import { optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { preferenceJson } from "./preferenceJson.ts";

const change = z.object({ preferences: z.array(z.enum(PREFERENCE_KINDS)).min(1) });

export const deletePreference = writeTool({
  name: "delete_preference",
  role: "assistant",
  description:
    "Forgets a preference of the person's own, or all of them: the common defaults hold again. Waits for approval.",
  examples: [
    { say: "Forget that I prefer gross ROI", args: { preference: "roi" } },
    { say: "Delete all my preferences", args: { preference: "all" } },
  ],
  schema: z.strictObject({ preference: optional(z.enum([...PREFERENCE_KINDS, "all"])) }),
  access: "WRITE",
  async propose({ actor, store }, args) {
    const kept = await ownPreferences(actor, store);
    if (!kept.length) throw new KamError("not_found", "No preference of yours is kept, so there is nothing to forget.");
    if (args.preference === undefined && kept.length > 1)
      throw missingSlot("preference", `Which one shall I forget: ${kept.map(words).join("; ")}, or all of them?`);
    const gone =
      args.preference === undefined || args.preference === "all"
        ? kept
        : kept.filter(({ kind }) => kind === args.preference);
    if (!gone.length)
      throw new KamError(
        "not_found",
        `No preference for ${PREFERENCE_TITLES[args.preference as KeptPreference["kind"]].title} is kept.`,
        { preference: args.preference },
      );
    const checks = [
      { rule: "preference", verdict: "pass" as const, message: "The common defaults hold again after it." },
    ];
    // All means all: also what names accounts that she sees no more, and so is not shown.
    const preferences = args.preference === "all" ? PREFERENCE_KINDS : gone.map(({ kind }) => kind);
    const name = gone.map(words).join("; ");
    return {
      proposals: [{ kind: "delete_preference", change: { preferences, name }, checks }],
      result: { name, gone: gone.map(({ kind, value }) => preferenceJson(kind, value)), checks },
    };
  },
  async commit({ actor, store }, given) {
    const { preferences } = change.parse(given);
    await forgetPreferences(actor, store, preferences);
    return { preferences, name: given.name, status: "forgotten" };
  },
});

const words = ({ kind, value }: KeptPreference): string => preferenceWords(kind, value);
