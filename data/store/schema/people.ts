export interface PersonTable {
  id: string;
  name: string;
  role: "kam" | "manager" | "finance" | "reader";
}

/** Accounts that a reader is shown; without any row, all. */
export interface PersonAccountTable {
  person_id: string;
  account_id: number;
}

export interface PreferenceTable {
  person_id: string;
  kind: string;
  /** JSON. */
  value: string;
  since: string;
  said: string;
}
