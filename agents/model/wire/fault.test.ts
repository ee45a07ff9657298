import { expect, it } from "vitest";
import { faultOfError, retryAfter } from "./fault.ts";

it.each([
  [401, { error: { message: "Incorrect API key" } }, "refused", false],
  [403, "forbidden", "refused", false],
  [404, { error: "model 'x' not found" }, "missing", false],
  [404, "<html>not found</html>", "nowhere", false],
  [429, { error: { message: "slow down" } }, "busy", true],
  [429, { error: { message: "no", code: "insufficient_quota" } }, "unpaid", false],
  [429, { error: { message: "too many tokens per minute: exceeds the limit of tokens" } }, "busy", true],
  [500, { error: { message: "oh" } }, "failing", true],
  [503, "", "busy", true],
  [400, { error: { message: "no", code: "context_length_exceeded" } }, "too_long", false],
  [400, { error: { message: "the request exceeds the available context size" } }, "too_long", false],
  [400, { message: "This model's maximum context length is 8192 tokens" }, "too_long", false],
  [400, { error: "registry.ollama.ai/library/llama2 does not support tools" }, "no_tools", false],
  [400, { error: { message: "bad", param: "temperature" } }, "bad_request", false],
])("%i with %j is %s", (status, body, kind, passing) => {
  expect(faultOfError(status, body)).toMatchObject({ kind, passing });
});

it.each([
  [{ "retry-after": "3" }, 3_000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
  [{ "retry-after": "Sat, 21 Nov 2026 00:00:10 GMT" }, 10_000],
  [{ "retry-after": "Sat, 21 Nov 2020 00:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, null],
  [{}, null],
])("%j is a wait of %s ms", (headers, ms) => {
  expect(retryAfter(new Headers(headers as Record<string, string>), Date.parse("2026-11-21T00:00:00Z"))).toBe(ms);
});
