import { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import {
  PREFERENCE_KINDS,
  PREFERENCE_TITLES,
  type PreferenceKind,
  parsePreference,
  preferenceWords,
} from "../../../data/preferences/kinds.ts";
import { checkedPreference, keepPreference, preferencesOf } from "../../../data/preferences/preferences.service.ts";
import { optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { parseEdit } from "../promotions/edits.ts";
import { preferenceJson } from "./preferenceJson.ts";

const value = z.union([z.string().max(100), z.number(), z.array(z.string().min(1).max(100)).max(50)]);
const change = z.object({ preference: z.enum(PREFERENCE_KINDS), value, said: z.string() });
const LONGEST_SAID = 300;

export const setPreference = writeTool({
  name: "set_preference",
  role: "assistant",
  description:
    "Keeps a preference of the person's own, for all her later conversations: roi net | gross; accounts (the ones that “my accounts” means); period last_month | last_quarter | last_year | year_to_date | last_6_months …; list_length 1–20; report_format page | xlsx | csv; answers short | full; tables or charts shown | hidden. It changes what is shown where a sentence leaves it open, never a right. Waits for approval.",
  examples: [
    { say: "From now on show ROI gross", args: { preference: "roi", value: "gross" } },
    {
      say: "My accounts are Albion Fresh and Bramley Stores",
      args: { preference: "accounts", value: ["Albion Fresh", "Bramley Stores"] },
    },
    { say: "Always show me the last quarter", args: { preference: "period", value: "last_quarter" } },
  ],
  schema: z.strictObject({ preference: optional(z.enum(PREFERENCE_KINDS)), value: optional(value) }),
  access: "WRITE",
  async propose({ actor, store, conversation }, args) {
    if (args.preference === undefined)
      throw missingSlot(
        "preference",
        `Which preference shall I keep? I can keep ${PREFERENCE_KINDS.map((kind) => PREFERENCE_TITLES[kind].title).join(", ")}.`,
      );
    const kind = args.preference;
    if (args.value === undefined)
      throw missingSlot("value", `What do you prefer for ${PREFERENCE_TITLES[kind].title}?`);
    const wanted = await checkedPreference(actor, store, kind, args.value);
    const before = (await preferencesOf(actor, store))[kind];
    if (JSON.stringify(before) === JSON.stringify(wanted))
      throw new KamError("wrong_state", "That is kept already, so there is nothing to change.", { preference: kind });
    const checks = [
      { rule: "preference", verdict: "pass" as const, message: "It changes only what is shown to you, and no right." },
    ];
    const said = (conversation?.said ?? "").slice(0, LONGEST_SAID);
    return {
      proposals: [{ kind: "set_preference", change: { ...shown(kind, wanted), value: wanted, said }, checks }],
      result: { ...shown(kind, wanted), before: before === undefined ? null : preferenceJson(kind, before), checks },
    };
  },
  async commit({ actor, store }, given, edit) {
    const { preference: kind, value: first, said } = change.parse(given);
    const edited = parseEdit(z.strictObject({ value: value.optional() }), edit);
    const kept = await keepPreference(actor, store, {
      kind,
      value: parsePreference(kind, edited.value ?? first),
      said,
    });
    return { ...shown(kind, kept), status: "kept" };
  },
});

const shown = (kind: PreferenceKind, value: Parameters<typeof preferenceJson>[1]) => ({
  ...preferenceJson(kind, value),
  name: preferenceWords(kind, value),
});
