import { defineConfig } from "vitest/config";

/** Tests that put msw on the wire, change the process's environment or drive a browser: each gets a process of its own. */
const ALONE = ["agents/model/**/*.test.ts", "server/**/*.test.ts"];

export default defineConfig({
  test: {
    globalSetup: ["tools/testing.global.ts", "server/testing.global.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { KAM_TODAY: "2026-11-21", LANGSMITH_TRACING: "false", LANGCHAIN_TRACING_V2: "false" },
    projects: [
      { extends: true, test: { name: "alone", include: ALONE } },
      {
        extends: true,
        test: {
          // The others share a process, so that modules load and models are fitted once and not a hundred times.
          name: "together",
          include: ["{agents,tools,forecasting,data,server,evals}/**/*.test.ts"],
          exclude: ALONE,
          isolate: false,
        },
      },
    ],
  },
});
