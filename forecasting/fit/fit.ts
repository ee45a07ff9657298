import type { Model, Panel } from "../types.ts";
import { beginFit, type FitOptions, finishFit, fitPart } from "./parts.ts";

/**
 * Fits the hierarchical promotion-response model to a panel. Where rows stand in order by account, product and week, the
 * model keeps the panel's own columns as its history: they are not to be written over afterwards.
 * @throws ForecastError when a column has the wrong length, an index is outside its list, a value is impossible or a row doubled
 */
export function fitModel(panel: Panel, options: FitOptions = {}): Model {
  const begun = beginFit(panel, options);
  return finishFit(
    begun,
    begun.parts.map((_, k) => fitPart(begun, k)),
  );
}
