import { formatFigure, type Unit } from "../../data/common/format.ts";
import { scanNumbers } from "./scan.ts";

/** A number of a sentence that our own code wrote, with the unit in which it is written there. */
export interface Fact {
  readonly value: number;
  readonly unit: Unit;
}

/** The numbers of a sentence that our own code wrote (an error's), as facts that can stand in a result and be bound to. */
export function factsOf(sentence: string, names: readonly string[]): Fact[] {
  return scanNumbers(sentence, names).flatMap((token) => {
    const value = token.percent ? token.value / 100 : token.value;
    const units: Unit[] = token.percent ? ["%"] : token.text.includes("€") ? ["EUR"] : ["count", "ratio"];
    const unit = units.find((u) => formatFigure(value, u) === token.text);
    return unit ? [{ value, unit }] : [];
  });
}
