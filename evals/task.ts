import { z } from "zod";

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
        expect: z
          .strictObject({
            role: z.enum(["assistant", "advisor", "expert"]).optional(),
            /** Tools in the order called; with the arguments that must be among theirs. */
            calls: z
              .array(
                z.strictObject({
                  tool: z.string(),
                  args: z.record(z.string(), z.unknown()).optional(),
                  status: z.enum(["ok", "error", "proposed"]).optional(),
                }),
              )
              .optional(),
            pending: z.number().int().optional(),
            clarify: z.boolean().optional(),
            /** Pieces of text that the reply holds, and that it must not. */
            says: z.array(z.string()).optional(),
            not: z.array(z.string()).optional(),
            /** SQL over the store that gives one number, which must be among the reply's figures. */
            figure: z.string().optional(),
            /** SQL over the store that gives one text, which the reply must hold. */
            name: z.string().optional(),
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
