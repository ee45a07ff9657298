import type { Activity } from "../../../data/activities/activities.service.ts";
import { quoteParts } from "./quotes.ts";

/** A note as tools give it: the text as it stands, and its parts for a reply that quotes it. */
export const activityJson = (row: Activity) => ({
  account: row.account,
  kind: row.kind,
  date: row.date,
  by: row.by,
  text: row.text,
  quote: quoteParts(row.text),
  next_step: row.next_step,
  due: row.due,
  done_at: row.done_at,
  next_step_quote: row.next_step === null ? null : quoteParts(row.next_step),
});
