import type { Composer } from "../../say.ts";
import { composeDrafts } from "./createPromotion.ts";

export const composeCopyPromotion: Composer = (say) => {
  const { copied_from: from } = say.call.result as {
    copied_from: { promotion: string; name: string; start: string; end: string };
  };
  const dates = say.period({ from: from.start, to: from.end });
  composeDrafts(say, (draft) => `**Draft: ${draft.change.name}**, like ${from.promotion}, ${from.name} (${dates}):`);
};
