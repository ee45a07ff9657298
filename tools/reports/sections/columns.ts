import type { ToolContext } from "../../define.ts";
import type { Column } from "../report.ts";

/** Whose report it is, over which store. */
export type Reader = Pick<ToolContext, "actor" | "store">;

/** What names a promotion and says when it ran. */
export const PROMOTION: readonly Column[] = [
  { key: "promotion", label: "Promotion", unit: "text" },
  { key: "name", label: "Name", unit: "text" },
  { key: "account", label: "Account", unit: "text" },
  { key: "start", label: "Start", unit: "date" },
  { key: "end", label: "End", unit: "date" },
];

export const text = (key: string, label: string): Column => ({ key, label, unit: "text" });
export const units = (key: string, label: string): Column => ({ key, label, unit: "units", adds: true });
export const money = (key: string, label: string): Column => ({ key, label, unit: "money", adds: true });
