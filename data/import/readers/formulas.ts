import type { CellObject, WorkSheet } from "@e965/xlsx";
import { KamError } from "../../common/errors.ts";

/** What stands for a formula that no program has reckoned yet: no column takes it, so its row is rejected with it as the reason. */
export const NOT_RECKONED = "#NOT CALCULATED!";

/** A formula that reads another file (`[1]Sheet!A1`), runs a program (`cmd|'/c …'!A0`) or asks the network. */
const OUTSIDE =
  /(?:^|[^\w\]])'?\[[^\]]+\][^\]"]*!|^[^"!]*\|[^!]*!|\b(?:WEBSERVICE|FILTERXML|RTD|DDE|CALL|REGISTER(?:\.ID)?|IMPORT\w+)\s*\(/i;

const letters = (column: number): string =>
  (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/**
 * Formulas are never reckoned here: what the spreadsheet program last showed is taken, and said.
 * @throws KamError file_kind where a formula reaches outside its workbook: its value is another file's, a program's or the network's
 */
export function formulaWarnings(path: string, sheet: WorkSheet): string[] {
  const grid = (sheet["!data"] ?? []) as (CellObject | undefined)[][];
  const found = grid.flatMap((row, r) =>
    (row ?? []).flatMap((cell, c) => (cell?.f === undefined ? [] : [{ at: `${letters(c)}${r + 1}`, formula: cell.f }])),
  );
  const outside = found.find(({ formula }) => OUTSIDE.test(formula));
  if (outside)
    throw new KamError(
      "file_kind",
      `${path} has a formula in ${outside.at} that reads another file, a program or the network; paste its cells as values and import it again.`,
      { cell: outside.at },
    );
  if (!found.length) return [];
  const cells = found.length === 1 ? "One cell holds a formula" : `${found.length} cells hold formulas`;
  return [`${cells} (the first is ${found[0]!.at}); the values that were last calculated are taken`];
}
