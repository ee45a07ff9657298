import { type Command, text } from "../command.ts";
import { ask } from "./ask.ts";
import { backtest } from "./backtest.ts";
import { backup, restore } from "./backup.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { evals } from "./evals.ts";
import { fit as fitStoreCommand } from "./fit.ts";
import { importCommand } from "./import.ts";
import { migrate } from "./migrate.ts";
import { serve } from "./serve.ts";
import { simulate } from "./simulate.ts";

const json = { json: { type: "boolean" } } as const;

/** Every command by name; what stands after `kam`. */
export const commands: Readonly<Record<string, Command>> = {
  serve,
  demo: {
    usage: "demo [--db P] [--json]",
    summary: "writes the demo market and fits it; the same rows for the same KAM_TODAY",
    options: { db: { type: "string" }, ...json },
    positionals: [0, 0],
    run: ({ values, config, io }) =>
      demo({ db: text(values.db) ?? config.db, today: config.today, json: values.json === true, io }),
  },
  import: {
    usage: "import FILE --map MAP.json [--dry-run] [--rejects FILE] [--json]",
    summary:
      "loads sales, promotions, accounts, products, contracts, shipments, claims, visits or signals from CSV, XLSX or Parquet",
    options: { map: { type: "string" }, "dry-run": { type: "boolean" }, rejects: { type: "string" }, ...json },
    positionals: [1, 1],
    required: ["map"],
    run: async ({ values, positionals, config }) => {
      const rejects = text(values.rejects);
      await importCommand({
        db: config.db,
        today: config.today,
        file: positionals[0]!,
        map: String(values.map),
        dryRun: values["dry-run"] === true,
        json: values.json === true,
        ...(rejects ? { rejects } : {}),
      });
    },
  },
  ask,
  fit: {
    usage: "fit [--json]",
    summary: "fits the store and evaluates its ended promotions",
    options: json,
    positionals: [0, 0],
    run: async ({ values, config }) =>
      void (await fitStoreCommand({ db: config.db, today: config.today, json: values.json === true })),
  },
  backtest: {
    usage: "backtest FILE --spec SPEC.json --out OUT.csv [--json]",
    summary: "the forecasting module on a foreign panel",
    options: { spec: { type: "string" }, out: { type: "string" }, ...json },
    positionals: [1, 1],
    required: ["spec", "out"],
    run: ({ values, positionals }) =>
      backtest({
        file: positionals[0]!,
        spec: String(values.spec),
        out: String(values.out),
        json: values.json === true,
      }),
  },
  simulate: {
    usage: "simulate --spec SPEC.json [--json]",
    summary: "scenarios without the agent",
    options: { spec: { type: "string" }, ...json },
    positionals: [0, 0],
    required: ["spec"],
    run: async ({ values, config }) =>
      void (await simulate({
        db: config.db,
        today: config.today,
        spec: String(values.spec),
        json: values.json === true,
      })),
  },
  evals,
  doctor,
  migrate,
  backup,
  restore,
};
