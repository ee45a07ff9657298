import type { Composer, Say } from "../../say.ts";
import { type DraftJson, draftBlocks, goOn } from "./draftParts.ts";

/** New drafts that wait, one section each. */
export function composeDrafts(say: Say, head: (draft: DraftJson) => string): void {
  const drafts = say.call.result.proposals as readonly DraftJson[];
  drafts.forEach((draft, i) => {
    draftBlocks(say, `/proposals/${i}`, head(draft));
  });
  const blocked = drafts.every((d) => d.counts.block > 0);
  if (drafts.length > 1)
    say.p(
      "Each of them waits for a yes of its own; nothing is written yet. Approve or reject them one by one, or tell me what to change.",
    );
  else say.p(goOn(blocked, "save it as a draft"));
}

export const composeCreatePromotion: Composer = (say) => {
  const { series } = say.call.result as { series: string | null };
  if (series) say.p(`A series over several accounts, tied as "${series}".`);
  composeDrafts(say, (draft) => `**Draft: ${draft.change.name}.**`);
};
