import { fitModel } from "../../forecasting/index.ts";
import { answerTask, peakMemory, processorSeconds, secondsOf } from "./child.ts";
import { generateMarket, type MarketSize } from "./market.ts";

export interface ScaleSeconds {
  readonly rows: number;
  readonly fit: number;
  /** Processor seconds of the fit. */
  readonly cpu: number;
  /** MB resident with the panel alone, and at the peak. */
  readonly panel: number;
  readonly peak: number;
}

answerTask((size: MarketSize): ScaleSeconds => {
  // The compiler's warming up is no part of a row's cost.
  fitModel(generateMarket({ accounts: 10, products: 20, weeks: size.weeks }), { calibrate: false });
  const market = generateMarket(size);
  const panel = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const before = processorSeconds();
  const fit = secondsOf(() => fitModel(market, { calibrate: false }));
  return { rows: market.week.length, fit, cpu: processorSeconds() - before, panel, peak: peakMemory() };
});
