export interface PersonTable {
  id: string;
  name: string;
  role: "kam" | "manager" | "finance" | "reader";
}

export interface PreferenceTable {
  person_id: string;
  kind: string;
  /** JSON. */
  value: string;
  since: string;
  said: string;
}
