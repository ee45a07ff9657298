import type { KindName } from "./fields.ts";
import type { Inspected } from "./inspect.ts";
import type { Written } from "./kinds/writer.ts";
import type { Made } from "./names.ts";
import type { Reject } from "./rows.ts";

/** What an import did. read = written + unchanged + rejected + skipped. */
export interface ImportReport {
  readonly file: string;
  readonly kind: KindName;
  readonly read: number;
  /** Rows that were new or said something new. */
  readonly written: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Rows that the mapping's filters leave out. */
  readonly skipped: number;
  readonly created: Readonly<Record<Made, number>>;
  /** The first of the rejected rows; all of them are in `rejects_file`. */
  readonly rejects: readonly Reject[];
  readonly rejects_file: string | null;
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly dry_run: boolean;
}

const SHOWN_REJECTS = 20;

/** Counts of a run. */
export class Tally {
  read = 0;
  written = 0;
  unchanged = 0;
  rejected = 0;
  skipped = 0;
  /** Rows of the file whose batches are in. */
  committed = 0;
  readonly #rejects: Reject[] = [];

  reject(why: Reject): void {
    this.rejected++;
    if (this.#rejects.length < SHOWN_REJECTS) this.#rejects.push(why);
  }

  batch({ changed }: Written): void {
    const written = changed.filter(Boolean).length;
    this.written += written;
    this.unchanged += changed.length - written;
    this.committed = this.read;
  }

  report(end: {
    file: Inspected;
    kind: KindName;
    dry: boolean;
    created: ReadonlyMap<Made, number>;
    rejectsFile: string | null;
  }): ImportReport {
    const made = (kind: Made) => end.created.get(kind) ?? 0;
    return {
      file: end.file.path,
      kind: end.kind,
      read: this.read,
      written: this.written,
      unchanged: this.unchanged,
      rejected: this.rejected,
      skipped: this.skipped,
      created: {
        accounts: made("accounts"),
        products: made("products"),
        brands: made("brands"),
        categories: made("categories"),
        people: made("people"),
      },
      rejects: this.#rejects,
      rejects_file: end.rejectsFile,
      warnings: end.file.warnings,
      seconds: Math.round(performance.now() - end.file.started) / 1000,
      dry_run: end.dry,
    };
  }
}
