/** Why a row cannot be taken: the end of a sentence that begins with the value ("is negative"). Returned, not thrown: there may be millions. */
export class Bad {
  readonly reason: string;
  /** Our field that is at fault, where it is not the one being read. */
  readonly field: string | undefined;

  constructor(reason: string, field?: string) {
    this.reason = reason;
    this.field = field;
  }
}
