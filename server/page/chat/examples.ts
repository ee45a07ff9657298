import { type TextKey, t } from "../words/text.ts";

/** What can be asked, in a person's words, by what she wants of it. */
const GROUPS: readonly { readonly title: TextKey; readonly sayings: readonly TextKey[] }[] = [
  { title: "example.do", sayings: ["example.do.1", "example.do.2", "example.do.3"] },
  { title: "example.back", sayings: ["example.back.1", "example.back.2", "example.back.3"] },
  { title: "example.ahead", sayings: ["example.ahead.1", "example.ahead.2"] },
  { title: "example.how", sayings: ["example.how.1", "example.how.2"] },
];

export const EXAMPLES = GROUPS.map(({ title, sayings }) => ({
  title: t(title),
  sayings: sayings.map((key) => t(key)),
}));
