import fc from "fast-check";

/** What may be tried, each by anybody; `weight` is how often. */
const OPERATIONS = {
  create: 10,
  update: 4,
  submit: 9,
  approve: 10,
  reject: 2,
  cancel: 4,
  day: 12,
  claim: 6,
  pay: 8,
  part_pay: 3,
  dispute: 3,
  ask_settle: 2,
  move: 5,
  turn_down: 2,
  set_fund: 2,
  change_fund: 3,
  book: 5,
  override: 3,
  close: 6,
  undo: 6,
} as const;
export type Does = keyof typeof OPERATIONS;

/** Three KAMs (one without an account), two managers, finance and a reader. */
export const PEOPLE = ["ana", "ben", "chloe", "dan", "dora", "eva", "rob"] as const;

/** One try: who does what; the numbers choose among what there is at that moment. */
export interface Operation {
  readonly does: Does;
  readonly who: (typeof PEOPLE)[number];
  readonly pick: number;
  readonly other: number;
  readonly amount: number;
  /** Mostly what makes sense in the state of things, so that both outcomes are seen often. */
  readonly sensible: boolean;
}

const does = fc.oneof(
  ...(Object.entries(OPERATIONS) as [Does, number][]).map(([name, weight]) => ({
    arbitrary: fc.constant(name),
    weight,
  })),
);

export const operation: fc.Arbitrary<Operation> = fc.noBias(
  fc.record({
    does,
    who: fc.constantFrom(...PEOPLE),
    pick: fc.nat(1_000_000),
    other: fc.nat(1_000_000),
    amount: fc.integer({ min: 1, max: 400_000 }),
    sensible: fc.nat(3).map((n) => n > 0),
  }),
);

export const ALL = Object.keys(OPERATIONS) as Does[];
