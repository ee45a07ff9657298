import { z } from "zod";
import { KamError } from "../../../data/common/errors.ts";
import { readSpecFile } from "../specFile.ts";

export const isoDate = z.iso.date();

const specSchema = z.strictObject({
  week: z.enum(["integer", "date"]),
  drivers: z.array(z.string().min(1)).default([]),
  season: z.number().int().min(2).max(366).nullable().default(null),
  origins: z.array(z.union([z.number().int(), isoDate])).min(1),
  protocol: z.enum(["single", "rolling"]),
});

/** How a foreign panel is read and in which folds it is tried. */
export type BacktestSpec = z.output<typeof specSchema>;

/** @throws KamError file_missing, bad_input */
export async function readBacktestSpec(path: string): Promise<BacktestSpec> {
  const spec = await readSpecFile(path, specSchema);
  const wanted = spec.week === "integer" ? "number" : "string";
  const other = spec.origins.find((o) => typeof o !== wanted);
  if (other !== undefined)
    throw new KamError(
      "bad_input",
      `The spec ${path} has the origin ${other} where weeks are ${spec.week === "integer" ? "integers" : "dates"}.`,
    );
  if (new Set(spec.drivers).size !== spec.drivers.length)
    throw new KamError("bad_input", `The spec ${path} names a driver twice.`);
  return spec;
}
