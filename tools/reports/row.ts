/** Text, an ISO date, a number (money in major units, rates as fractions), or nothing known. */
export type Cell = string | number | null;

/** One line of a table, by the keys of its columns; `currency` stands beside whatever is money. */
export type Row = Readonly<Record<string, Cell>>;
