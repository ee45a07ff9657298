import type { Composer } from "../../say.ts";
import { composeDeletePreference, composeFindPreferences, composeSetPreference } from "./preferences.ts";
import { composeRecallConversation } from "./recallConversation.ts";

/** Replies of what is remembered: the thread, and a person's preferences. */
export const memoryComposers: Readonly<Record<string, Composer>> = {
  recall_conversation: composeRecallConversation,
  find_preferences: composeFindPreferences,
  set_preference: composeSetPreference,
  delete_preference: composeDeletePreference,
};
