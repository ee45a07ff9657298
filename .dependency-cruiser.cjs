// The direction of the project: server → agents → tools → data, forecasting. Nothing lower imports from higher.
const above = {
  data: "forecasting|tools|agents|server|evals",
  forecasting: "data|tools|agents|server|evals",
  tools: "agents|server|evals",
  agents: "server|evals",
  evals: "server",
};

module.exports = {
  forbidden: [
    ...Object.entries(above).map(([low, high]) => ({
      name: `${low}-imports-upwards`,
      comment: `${low}/ must not import from ${high.replaceAll("|", "/, ")}/`,
      severity: "error",
      // A test may drive a whole path, from wherever it stands.
      from: { path: `^${low}/`, pathNot: "\\.test\\.ts$" },
      to: { path: `^(${high})/` },
    })),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    {
      name: "forecasting-is-pure",
      comment: "no I/O in forecasting/",
      severity: "error",
      from: { path: "^forecasting/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "sqlite-only-in-data",
      severity: "error",
      from: { path: "^(tools|forecasting|server)/", pathNot: "\\.test\\.ts$" },
      to: { path: "better-sqlite3|kysely" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^server/page/" },
  },
};
