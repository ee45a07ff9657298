import { inOwnProcess } from "./child.ts";
import type { FitSeconds } from "./fitTask.ts";
import { hasLme4, lme4Seconds } from "./lme4.ts";
import type { BenchPanel, BenchPart, BenchRow } from "./part.ts";

/** The engine's seconds on each panel, and the same panel by the peers that are installed. */
export const peers: BenchPart = {
  name: "peers",
  summary: "fit and predict seconds by panel, and against the peers that are installed (R with lme4)",
  async run({ panels, progress }) {
    const installed = hasLme4();
    const rows: BenchRow[] = [];
    for (const panel of panels) {
      progress(`peers: ${panel.name}`);
      const own = await inOwnProcess<BenchPanel, FitSeconds>("./fitTask.ts", panel);
      progress(`peers: ${panel.name} by lme4`);
      const lme4 = installed ? lme4Seconds(panel.train) : null;
      rows.push({
        panel: panel.name,
        rows: panel.train.week.length,
        structural_first_seconds: own.first,
        structural_seconds: own.structural,
        refit_account_seconds: own.refit,
        engine_seconds: own.engine,
        predict_seconds: own.predict,
        peak_mb: own.peak,
        lme4_seconds: lme4,
        lme4_over_first: lme4 && lme4 / own.first,
        lme4_over_structural: lme4 && lme4 / own.structural,
      });
    }
    return {
      rows,
      notes: [
        "structural_first_seconds is the first fit of a new process, before its code is compiled; structural_seconds the median of those after it.",
        "refit_account_seconds replaces one account's rows in the fitted structural model.",
        "engine_seconds is one fit with boosted correction and calibration, predict_seconds the forecast of the later weeks.",
        installed
          ? "lme4 fits the same rows by evals/peers/lme4.R."
          : "lme4 is skipped: there is no Rscript with lme4 on the path.",
      ],
    };
  },
};
