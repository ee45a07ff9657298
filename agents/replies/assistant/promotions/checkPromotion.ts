import type { Composer } from "../../say.ts";
import { checkLines, type DraftJson, draftSentence, expectation } from "./draftParts.ts";
import { taken } from "./words.ts";

export const composeCheckPromotion: Composer = (say) => {
  const result = say.call.result as unknown as DraftJson & { promotion: string | null; name: string; changed: boolean };
  const label = result.promotion ? `${result.promotion}, ${result.name}` : result.name;
  const so = result.changed ? `${label}, changed like this,` : label;
  const verdict = result.counts.block
    ? `${so} cannot run as it is.`
    : result.counts.warn
      ? `${so} may run; there is something to know.`
      : `${so} passes every check.`;
  say.p(`${verdict} It is this: ${draftSentence(say, "")}`);
  for (const sentence of taken(result.assumptions)) say.p(sentence);
  checkLines(say, "");
  const expected = expectation(say, "");
  if (expected.length) say.p(expected.join(" "));
  if (result.caveats.length) say.p(result.caveats.join(" "));
};
