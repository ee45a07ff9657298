import type { Tool } from "../../define.ts";
import { deletePreference } from "./deletePreference.ts";
import { findPreferences } from "./findPreferences.ts";
import { recallConversation } from "./recallConversation.ts";
import { setPreference } from "./setPreference.ts";

/** What the assistant remembers of a person and of the thread. */
export const memoryTools: readonly Tool[] = [recallConversation, findPreferences, setPreference, deletePreference];
