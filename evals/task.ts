import { z } from "zod";

/** A list where one would do as well. */
const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

/** One task: what people say in turn, and what must be true of the calls, the reply and the store afterwards. */
export const taskSchema = z.strictObject({
  id: z.string().min(1),
  /** Why it is here, in one line. */
  about: z.string(),
  turns: z
    .array(
      z.strictObject({
        user: z.string().optional(),
        channel: z.enum(["chat", "voice", "slash"]).optional(),
        say: z.string().optional(),
        /** Decides about everything that waits. */
        approve: z.boolean().optional(),
        /** These words approve something that waits, so that a write is right. */
        consents: z.boolean().optional(),
        expect: z
          .strictObject({
            role: z.enum(["assistant", "advisor", "expert"]).optional(),
            /** The code of the error by which the whole turn is refused. */
            error: z.string().optional(),
            /**
             * Tools in the order called, with the arguments that must be among theirs. Of several tools each is right. An
             * argument `{ "$or": [...] }` may be any of these, `{ "$absent": true }` is one that is not given (or is false).
             */
            calls: z
              .array(
                z.strictObject({
                  tool: oneOrMore,
                  args: z.record(z.string(), z.unknown()).optional(),
                  status: z.enum(["ok", "error", "proposed"]).optional(),
                }),
              )
              .optional(),
            /** How many calls there are, all told. */
            count: z.number().int().optional(),
            pending: z.number().int().optional(),
            /** What waits, in any order: kind and the fields that must be in the change. */
            waits: z
              .array(z.strictObject({ kind: z.string(), change: z.record(z.string(), z.unknown()).optional() }))
              .optional(),
            clarify: z.boolean().optional(),
            /** Pieces of text that the reply holds, and that it must not. */
            says: z.array(z.string()).optional(),
            not: z.array(z.string()).optional(),
            /** SQL over the store, each giving one number, which must be among the reply's figures. */
            figure: oneOrMore.optional(),
            /** SQL over the store, each giving one text, which the reply must hold. */
            name: oneOrMore.optional(),
          })
          .optional(),
      }),
    )
    .min(1),
  /** Each: SQL that gives one value, and the value at the end. */
  end: z.array(z.strictObject({ sql: z.string(), is: z.union([z.number(), z.string(), z.null()]) })).optional(),
});

export type Task = z.output<typeof taskSchema>;
export type Expectation = NonNullable<Task["turns"][number]["expect"]>;
