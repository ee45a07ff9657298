import type { Composer } from "../../say.ts";

interface GuideJson {
  readonly title: string | null;
  readonly about: string;
  readonly steps: readonly string[];
  readonly say: readonly string[];
  readonly offer: string;
  readonly others: readonly string[];
  readonly topics: readonly string[];
}

export const composeGuide: Composer = (say) => {
  const r = say.call.result as unknown as GuideJson;
  if (r.title === null) {
    say.p("I have no guide for that. I can explain:");
    say.list(r.topics);
    say.p("Say “how do I …” with one of these, or tell me what you want to do.");
    return;
  }
  say.p(`**${r.title}.** ${r.about}`);
  say.p(r.steps.map((step, i) => `${i + 1}. ${step}`).join("\n"));
  if (r.say.length) {
    say.p("For example, say:");
    say.list(r.say.map((example) => `“${example}”`));
  }
  say.p(r.offer);
  if (r.others.length) say.p(`See also: ${r.others.join("; ")}.`);
};
