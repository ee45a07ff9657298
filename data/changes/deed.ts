/** One thing that a change did, as the audit log kept it: to what, and how that was before and after. */
export interface Deed {
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** The journals that it booked. */
export const journalsOf = (deed: Deed): number[] => (deed.after?.journals as number[] | undefined) ?? [];
