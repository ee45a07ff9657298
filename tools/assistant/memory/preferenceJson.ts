import {
  PREFERENCE_TITLES,
  type PreferenceKind,
  type PreferenceValue,
  preferenceWords,
} from "../../../data/preferences/kinds.ts";

/** A preference as results hold it: what it is shown as has no digit, a length of lists is its number. */
export const preferenceJson = (kind: PreferenceKind, value: PreferenceValue) => ({
  preference: kind,
  value,
  title: PREFERENCE_TITLES[kind].title,
  shown_as: preferenceWords(kind, value),
  accounts: kind === "accounts" ? value : null,
  number: typeof value === "number" ? value : null,
});
