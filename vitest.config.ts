import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{agents,tools,forecasting,data,server,evals}/**/*.test.ts"],
    globalSetup: ["tools/testing.global.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { KAM_TODAY: "2026-11-21", LANGSMITH_TRACING: "false", LANGCHAIN_TRACING_V2: "false" },
  },
});
