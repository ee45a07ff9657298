import { describe, expect, it } from "vitest";
import { nextStatus, type PromotionAction, type PromotionStatus, TRANSITIONS } from "./states.ts";

const LIFE: readonly PromotionStatus[] = ["draft", "submitted", "approved", "running", "ended", "closed"];
const promotion = (status: PromotionStatus) => ({ code: "P-1001", name: "Kestrel 20 % at Albion", status });

describe("the states of a promotion", () => {
  it("go one step on, never past one", () => {
    for (const action of ["submit", "approve", "start", "finish", "close"] as const) {
      const { from, to } = TRANSITIONS[action];
      expect(from).toHaveLength(1);
      expect(LIFE.indexOf(to)).toBe(LIFE.indexOf(from[0] as PromotionStatus) + 1);
    }
  });

  it("end in a cancellation only before they run, and come back to draft only when rejected", () => {
    expect(TRANSITIONS.cancel).toEqual({ from: ["draft", "submitted", "approved"], to: "cancelled" });
    expect(TRANSITIONS.reject).toEqual({ from: ["submitted"], to: "draft" });
  });

  it("refuse every other step, in words that name the state and the way", () => {
    for (const action of Object.keys(TRANSITIONS) as PromotionAction[])
      for (const status of [...LIFE, "cancelled"] as const) {
        const allowed = TRANSITIONS[action].from.includes(status);
        const step = () => nextStatus(promotion(status), action);
        if (allowed) expect(step()).toBe(TRANSITIONS[action].to);
        else expect(step).toThrow(expect.objectContaining({ code: "wrong_state" }));
      }
    expect(() => nextStatus(promotion("running"), "update")).toThrow(
      "P-1001, Kestrel 20 % at Albion is running; only one that is a draft can be changed.",
    );
  });
});
