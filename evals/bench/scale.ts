import { inOwnProcess } from "./child.ts";
import type { MarketSize } from "./market.ts";
import type { BenchPart, BenchRow } from "./part.ts";
import type { ScaleSeconds } from "./scaleTask.ts";

const WEEKS = 125;
/** Products of an account; in a small panel fewer, so that there are accounts to pool over. */
const PRODUCTS = 100;

/** How time and memory of the structural fit grow with rows. */
export const scale: BenchPart = {
  name: "scale",
  summary: "structural fit of generated panels by rows: seconds, time a row against the smallest, memory",
  async run({ sizes, progress }) {
    const rows: BenchRow[] = [];
    let least = Number.NaN;
    for (const size of sizes) {
      progress(`scale: ${size} rows`);
      const made = await inOwnProcess<MarketSize, ScaleSeconds>("./scaleTask.ts", marketOf(size));
      const perRow = made.cpu / made.rows;
      if (Number.isNaN(least)) least = perRow;
      rows.push({
        rows: made.rows,
        fit_seconds: made.fit,
        cpu_seconds: made.cpu,
        cpu_microseconds_a_row: perRow * 1e6,
        against_smallest: perRow / least,
        panel_mb: made.panel,
        peak_mb: made.peak,
      });
    }
    return {
      rows,
      notes: [
        `${WEEKS} weeks and three drivers a series; accounts grow with rows. Time a row is the processor's, so that other programs do not count. panel_mb is what the process holds with the generated panel before the fit, peak_mb its peak.`,
      ],
    };
  },
};

function marketOf(rows: number): MarketSize {
  const products = Math.min(PRODUCTS, Math.max(1, Math.round(Math.sqrt(rows / WEEKS / 2))));
  return { accounts: Math.max(1, Math.round(rows / WEEKS / products)), products, weeks: WEEKS };
}
