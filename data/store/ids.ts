/** Ids for an `in`: where there are none, one that no row has, so that the list is never empty (PostgreSQL refuses that). */
export const idsOrNone = (ids: readonly number[]): readonly number[] => (ids.length ? ids : [-1]);
