/** A feed of market news: where it is fetched from, what its items mean (`mapping`, JSON), and how the last fetch went. */
export interface FeedTable {
  name: string;
  url: string;
  /** JSON list of the hosts that may be asked for it. */
  hosts: string;
  mapping: string;
  etag: string | null;
  modified: string | null;
  fetched_at: string | null;
  outcome: "fetched" | "unchanged" | "failed" | null;
  message: string | null;
}
