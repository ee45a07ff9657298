import type { Composer, Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";

interface PreferenceJson {
  readonly shown_as: string;
  readonly number: number | null;
}

/** "ROI gross"; a length of lists with its number. */
const wordsOf = (say: Say, at: string, { shown_as, number }: PreferenceJson): string =>
  number === null ? shown_as : `lists of ${say.fig(`${at}/number`, "count")}`;

interface Found {
  readonly kept: number;
  readonly preferences: readonly (PreferenceJson & { readonly since: string })[];
  readonly can_keep: readonly { readonly title: string; readonly say: string }[];
}

export const composeFindPreferences: Composer = (say) => {
  const r = say.call.result as unknown as Found;
  if (r.kept === 0) say.p("I keep no preference of yours; the common defaults hold.");
  else {
    say.p("This is what I keep about you, for you alone:");
    say.list(
      r.preferences.map(
        (p, i) =>
          `${wordsOf(say, `/preferences/${i}`, p)}, since ${say.date(p.since)}${said(say, `/preferences/${i}/said_quote`)}`,
      ),
    );
    say.p(
      'It holds where your words leave it open. Say "forget that I prefer …" or "delete all my preferences" to undo it.',
    );
  }
  if (r.can_keep.length) {
    say.p(r.kept === 0 ? "I can keep, for example:" : "I could also keep:");
    say.list(r.can_keep.map(({ title, say: example }) => `${title}: “${example}”`));
  }
};

const said = (say: Say, path: string): string => {
  const text = quote(say, path);
  return text === "“”" ? "" : ` (${text})`;
};

interface Proposed extends PreferenceJson {
  readonly before: PreferenceJson | null;
}

export const composeSetPreference: Composer = (say) => {
  const r = say.call.result as unknown as Proposed;
  const before = r.before ? `, in the place of ${wordsOf(say, "/before", r.before)}` : "";
  say.p(
    `I would keep this for you, for all later conversations: ${wordsOf(say, "", r)}${before}. It holds where your words leave it open.`,
  );
  say.p("Nothing is kept yet. Say yes to keep it, no to leave it as it is.");
};

interface Gone {
  readonly gone: readonly PreferenceJson[];
}

export const composeDeletePreference: Composer = (say) => {
  const r = say.call.result as unknown as Gone;
  say.p(
    `I would forget: ${r.gone.map((p, i) => wordsOf(say, `/gone/${i}`, p)).join("; ")}. The common defaults hold again then.`,
  );
  say.p("Nothing is forgotten yet. Say yes to forget it, no to keep it.");
};
