import { weekFromIndex } from "../../data/common/dates.ts";
import {
  DrawRows,
  evaluateScenario,
  type ScenarioCells,
  type ScenarioDesign,
  ScenarioStart,
  type ScenarioValue,
  scenarioCells,
  scenarioEffects,
  scenarioFactors,
} from "../../forecasting/index.ts";
import { DIP_WEEKS } from "../fitting/events.ts";
import { DEPTH_DRIVERS } from "../fitting/offer.ts";
import { everydayTerms, promotedTerms } from "./batchTerms.ts";
import type { ForecastGround } from "./forecastGround.ts";
import { offerFor, supportShare } from "./offerOfSpec.ts";
import { planOf } from "./planRows.ts";
import type { DesignSpec } from "./types.ts";
import { eventChance } from "./unitOutcome.ts";

/** Products promoted together, the account's other products of their categories, and the ways to promote them. */
export interface LineUpDesigns {
  readonly productIds: readonly number[];
  readonly otherIds: readonly number[];
  readonly designs: readonly DesignSpec[];
}

/** Scenarios of one account over a range of weeks, whole weeks each, for any number of line-ups, designs and starts. */
export class ScenarioBatch {
  readonly #ground: ForecastGround;
  readonly #cells: ScenarioCells;
  readonly #account: number;
  readonly #weeks: number;
  readonly #starts = new Map<number, ScenarioStart>();
  readonly #room = new DrawRows();

  /**
   * @param productIds the products that the account sells over the range, promoted ones and those they may take from
   * @param range first and last week (index) in which a promotion may run
   * @param weeks length of each promotion
   */
  constructor(
    ground: ForecastGround,
    accountId: number,
    productIds: readonly number[],
    range: { readonly first: number; readonly last: number },
    weeks: number,
  ) {
    this.#ground = ground;
    this.#account = accountId;
    this.#weeks = weeks;
    const count = range.last - range.first + 1 + DIP_WEEKS;
    const rows = productIds.flatMap((product_id) =>
      Array.from({ length: count }, (_, i) => ({ account_id: accountId, product_id, week: range.first + i })),
    );
    this.#cells = scenarioCells(ground.fitted.model, planOf(ground, rows));
  }

  /**
   * Values of line-ups, each under its designs from each start: what `forecastOn` says of the same promotions, to rounding.
   * @returns by line-up, by design, by start; null where what is paid for a promoted product is not known
   */
  values(lineUps: readonly LineUpDesigns[], starts: readonly number[]): (ScenarioValue | null)[][][] {
    const index = (id: number): number => this.#ground.fitted.productIndex.get(id)!;
    return lineUps.map(({ productIds, otherIds, designs }) => {
      const chance = eventChance(this.#ground, this.#account, productIds);
      const effects = scenarioEffects(
        this.#cells,
        { products: productIds.map(index), others: otherIds.map(index) },
        designs.map((design) => designOf(this.#ground, design)),
        { weeks: this.#weeks, after: DIP_WEEKS },
      );
      const terms = starts.map((start) =>
        everydayTerms(this.#ground, this.#account, productIds, otherIds, weekFromIndex(start)),
      );
      return designs.map((design, k) => {
        const factors = scenarioFactors(this.#cells, effects[k]!, chance, this.#room);
        const effective = design.product_ids.map((id) => offerFor(this.#ground, design, id).effective);
        return starts.map((start, s) => {
          const money = promotedTerms(this.#ground, design, effective, terms[s]!);
          return money && evaluateScenario(this.#start(start), factors, money);
        });
      });
    });
  }

  #start(start: number): ScenarioStart {
    const known = this.#starts.get(start);
    if (known) return known;
    const made = new ScenarioStart(this.#cells, start, { weeks: this.#weeks, after: DIP_WEEKS });
    this.#starts.set(start, made);
    return made;
  }
}

/** Cuts and drivers of a design, by product. */
function designOf(ground: ForecastGround, spec: DesignSpec): ScenarioDesign {
  const offers = spec.product_ids.map((id) => offerFor(ground, spec, id));
  const drivers: Record<string, number | number[]> = {};
  for (const support of ["display", "feature"] as const)
    if (spec[support]) drivers[support] = supportShare(ground, spec, support);
  for (const driver of DEPTH_DRIVERS)
    if (offers.some((offer) => offer.driver === driver))
      drivers[driver] = offers.map((offer) => (offer.driver === driver ? offer.depth : 0));
  return { cut: offers.map((offer) => offer.cut), drivers };
}
