import type { Decision } from "../planner/index.ts";
import type { Channel } from "../turn.ts";

const CAN = [
  "I plan promotions, judge past ones and forecast new ones, from the data in your own store; budgets, claims, notes and reports too. For example:",
  "- “Create a promotion for Retailer A from the first of June for two weeks with a fifth off”",
  "- “Which retailer gives us the highest promotion ROI?”",
  "- “What is the baseline for Polar Lane at Bramley in the next four weeks?”",
  "- “How do I create a multi-retailer promotion?”",
].join("\n");

/** A reply where nothing is asked of the store. */
export function smalltalk(decision: Decision, channel: Channel): string {
  const topic = decision.kind === "smalltalk" ? decision.topic : "out_of_scope";
  if (topic === "greeting") return `Hello. ${channel === "voice" ? "What can I do for you?" : CAN}`;
  if (topic === "thanks") return "You are welcome.";
  if (topic === "dropped") return "All right, I leave it. Nothing was written.";
  if (topic === "help") return CAN;
  return `That is outside what I can do here, or I did not understand it. ${CAN}`;
}
