import type { Command } from "../command.ts";

const json = { json: { type: "boolean" } } as const;
const none = [0, 0] as const;
const one = [1, 1] as const;

/** Every command by name; what stands after `kam`. Its code is loaded when it is called, so that a wrong call is told at once. */
export const commands: Readonly<Record<string, Command>> = {
  serve: {
    usage: "serve",
    summary: "serves the page and every channel on one port; makes the demo store on first start",
    options: {},
    positionals: none,
    run: async (invocation) => (await import("./serve.ts")).serve(invocation),
  },
  demo: {
    usage: "demo [--db P] [--json]",
    summary: "writes the demo market and fits it; the same rows for the same KAM_TODAY",
    options: { db: { type: "string" }, ...json },
    positionals: none,
    run: async (invocation) => (await import("./demo.ts")).demo(invocation),
  },
  import: {
    usage: "import FILE --map MAP.json [--dry-run] [--rejects FILE] [--json]",
    summary:
      "loads sales, promotions, accounts, products, contracts, shipments, orders, claims, visits or signals from CSV, XLSX, Parquet or JSON",
    options: { map: { type: "string" }, "dry-run": { type: "boolean" }, rejects: { type: "string" }, ...json },
    positionals: one,
    required: ["map"],
    run: async (invocation) => (await import("./import.ts")).importFile(invocation),
  },
  ask: {
    usage: `ask "text" [--json] [--thread T] [--user U] [--channel chat|voice|slash] | ask --resume '{"decisions":[…]}' --thread T | ask --jsonl`,
    summary: "one turn with the agent; --jsonl answers one JSON object a line from standard input",
    options: {
      ...json,
      jsonl: { type: "boolean" },
      thread: { type: "string" },
      user: { type: "string" },
      channel: { type: "string" },
      resume: { type: "string" },
    },
    positionals: [0, 1],
    run: async (invocation) => (await import("./ask.ts")).ask(invocation),
  },
  fit: {
    usage: "fit [--json]",
    summary: "fits the store and evaluates its ended promotions",
    options: json,
    positionals: none,
    run: async (invocation) => (await import("./fit.ts")).fit(invocation),
  },
  backtest: {
    usage: "backtest FILE --spec SPEC.json --out OUT.csv [--threads N] [--json]",
    summary: "the forecasting module on a foreign panel",
    options: { spec: { type: "string" }, out: { type: "string" }, threads: { type: "string" }, ...json },
    positionals: one,
    required: ["spec", "out"],
    run: async (invocation) => (await import("./backtest.ts")).backtest(invocation),
  },
  simulate: {
    usage: "simulate --spec SPEC.json [--json]",
    summary: "scenarios without the agent",
    options: { spec: { type: "string" }, ...json },
    positionals: none,
    required: ["spec"],
    run: async (invocation) => (await import("./simulate.ts")).simulate(invocation),
  },
  bench: {
    usage: "bench [PANEL.csv …] [--only PART,…] [--rows N,…] [--json]",
    summary:
      "measures speed, scale and quality, against the peers that are installed; a panel's spec stands beside it as PANEL.spec.json",
    options: { only: { type: "string" }, rows: { type: "string" }, ...json },
    positionals: [0, 20],
    run: async (invocation) => (await import("./bench.ts")).bench(invocation),
  },
  evals: {
    usage: "evals [--model M] [--suite S] [--json]",
    summary: "plays the tasks of evals/tasks on copies of the demo store and grades them",
    options: { model: { type: "string" }, suite: { type: "string" }, ...json },
    positionals: none,
    run: async (invocation) => (await import("./evals.ts")).evals(invocation),
  },
  models: {
    usage: "models [--json] | models pull NAME [--json]",
    summary: "lists the models of the Ollama service and whether they call tools; pull has it load one",
    options: json,
    positionals: [0, 2],
    run: async (invocation) => (await import("./models.ts")).models(invocation),
  },
  users: {
    usage:
      "users [--json] | users add ID --name NAME --role kam|manager|finance|reader [--accounts A,B] | users accounts ID --accounts A,B|all",
    summary: "who may ask: lists people, adds one (readers see the same numbers and change nothing), sets accounts",
    options: { name: { type: "string" }, role: { type: "string" }, accounts: { type: "string" }, ...json },
    positionals: [0, 2],
    run: async (invocation) => (await import("./users.ts")).users(invocation),
  },
  feeds: {
    usage: "feeds [load FILE | fetch [NAME …]] [--user U] [--json]",
    summary: "lists the feeds of market news, sets them from a file, or fetches them",
    options: { user: { type: "string" }, ...json },
    positionals: [0, 51],
    run: async (invocation) => (await import("./feeds.ts")).feeds(invocation),
  },
  threads: {
    usage: "threads [--user U] [--delete THREAD | --older-than DAYS] [--json]",
    summary: "lists a person's conversations, and deletes one of them or all that were left so many days ago",
    options: {
      user: { type: "string" },
      delete: { type: "string" },
      "older-than": { type: "string" },
      ...json,
    },
    positionals: none,
    run: async (invocation) => (await import("./threads.ts")).threads(invocation),
  },
  watch: {
    usage: "watch [--user U] [--account A] [--json]",
    summary: "what needs attention, ranked, with the step to take; for a scheduler too",
    options: { user: { type: "string" }, account: { type: "string" }, ...json },
    positionals: none,
    run: async (invocation) => (await import("./watch.ts")).watch(invocation),
  },
  doctor: {
    usage: "doctor [--json]",
    summary: "looks whether Node, the store and the model can be used, and says what to do where not",
    options: json,
    positionals: none,
    run: async (invocation) => (await import("./doctor.ts")).doctor(invocation),
  },
  audit: {
    usage: "audit verify [--head ENTRIES:HASH] [--json]",
    summary: "walks the audit log's chain and names the first entry that was changed or is gone",
    options: { head: { type: "string" }, ...json },
    positionals: one,
    run: async (invocation) => (await import("./audit.ts")).audit(invocation),
  },
  migrate: {
    usage: "migrate [--json]",
    summary: "brings the store's schema up to date, with a backup before each step",
    options: json,
    positionals: none,
    run: async (invocation) => (await import("./migrate.ts")).migrate(invocation),
  },
  backup: {
    usage: "backup FILE",
    summary: "copies the store, while it is in use, into one new file",
    options: {},
    positionals: one,
    run: async (invocation) => (await import("./backup.ts")).backup(invocation),
  },
  restore: {
    usage: "restore FILE",
    summary: "puts a backup in the place of the store; the old one is kept beside it",
    options: {},
    positionals: one,
    run: async (invocation) => (await import("./backup.ts")).restore(invocation),
  },
};
