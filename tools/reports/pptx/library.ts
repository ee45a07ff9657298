import { createRequire } from "node:module";
import type { default as Library } from "pptxgenjs";

/** The library's types are of its CommonJS build, so that is what is loaded. */
export type Deck = Library.default;
export type Slide = Library.default.Slide;
export type TableRow = Library.default.TableRow;
export type CellLook = Library.default.TableCellProps;

const load = createRequire(import.meta.url);
export const newDeck = (): Deck => new (load("pptxgenjs") as typeof Library.default)();
