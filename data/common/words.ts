/** "A", "A and B", "A, B and C" */
export const listed = (items: readonly string[]): string => joined(items, "and");

/** "A", "A or B", "A, B or C" */
export const either = (items: readonly string[]): string => joined(items, "or");

const joined = (items: readonly string[], last: string): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;

/** Capital letter at the start of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
