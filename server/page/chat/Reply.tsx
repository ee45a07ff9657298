import { useLayoutEffect, useRef } from "react";
import type { Answer } from "../../../agents/answer.ts";
import type { Figured } from "./figures.ts";
import { replyOf } from "./markdown.ts";

/** The reply as a person reads it: sanitised markdown, its figures able to show where they come from. */
export function Reply({ answer }: { readonly answer: Answer & Figured }) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => holder.current?.replaceChildren(replyOf(answer)), [answer]);
  return <div ref={holder} />;
}
