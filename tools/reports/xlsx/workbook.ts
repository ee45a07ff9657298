import type { Report, Section } from "../report.ts";
import { xml } from "../text.ts";
import { zipOf } from "../zip.ts";
import { letters, quotedSheet, sheetNames } from "./cells.ts";
import { chartXml, drawable, drawingXml } from "./charts.ts";
import { dataSheetXml, sheetColumns } from "./dataSheet.ts";
import { lastRow, type Place } from "./formulas.ts";
import { stylesXml } from "./styles.ts";
import { summaryLines, summarySheetXml } from "./summarySheet.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const relations = (list: readonly (readonly [type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`).join("")}</Relationships>`;

/** Where each section's table stands, by the section's id. */
export function placesOf(sections: readonly Section[]): ReadonlyMap<string, Place> {
  const [, ...names] = sheetNames(["Summary", ...sections.map((s) => s.title)]);
  return new Map(
    sections.map((s, i) => [
      s.id,
      { sheet: names[i]!, columns: sheetColumns(s), rows: s.rows, hasTotal: s.total !== null },
    ]),
  );
}

/** What Excel keeps a filter and the repeated header of a printed sheet under. */
function definedNames(places: readonly Place[]): string {
  const names = places.flatMap((place, i) => {
    if (!place.rows.length) return [];
    const sheet = xml(quotedSheet(place.sheet));
    const area = `${sheet}!$A$1:$${letters(place.columns.length - 1)}$${lastRow(place)}`;
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${i + 1}" hidden="1">${area}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i + 1}">${sheet}!$1:$1</definedName>`,
    ];
  });
  return names.length ? `<definedNames>${names.join("")}</definedNames>` : "";
}

/** A workbook: a summary of formulas over one sheet a section, with the charts. */
export async function toXlsx(report: Report): Promise<Buffer> {
  const places = placesOf(report.sections);
  const list = [...places.values()];
  const names = ["Summary", ...list.map((p) => p.sheet)];
  const charts = report.sections.filter(drawable);
  const sheetPaths = names.map((_, i) => `worksheets/sheet${i + 1}.xml`);
  const overrides: readonly (readonly [string, string])[] = [
    ["/xl/workbook.xml", `${SHEETS}.sheet.main+xml`],
    ["/xl/styles.xml", `${SHEETS}.styles+xml`],
    ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ...sheetPaths.map((path) => [`/xl/${path}`, `${SHEETS}.worksheet+xml`] as const),
    ...(charts.length
      ? [["/xl/drawings/drawing1.xml", "application/vnd.openxmlformats-officedocument.drawing+xml"] as const]
      : []),
    ...charts.map(
      (_, i) =>
        [`/xl/charts/chart${i + 1}.xml`, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"] as const,
    ),
  ];
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join("")}</Types>`,
    "_rels/.rels": relations([
      [`${OFFICE}/officeDocument`, "xl/workbook.xml"],
      [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ]),
    "docProps/core.xml": `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(report.title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${report.asOf}T00:00:00Z</dcterms:created></cp:coreProperties>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${names.map((name, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets>${definedNames(list)}<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...sheetPaths.map((path) => [`${OFFICE}/worksheet`, path] as const),
      [`${OFFICE}/styles`, "styles.xml"],
    ]),
    "xl/styles.xml": stylesXml(),
    "xl/worksheets/sheet1.xml": summarySheetXml(summaryLines(report, places), charts.length > 0),
  };
  for (const [i, section] of report.sections.entries())
    parts[`xl/worksheets/sheet${i + 2}.xml`] = dataSheetXml(section, list[i]!, places);
  if (charts.length) {
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations([[`${OFFICE}/drawing`, "../drawings/drawing1.xml"]]);
    parts["xl/drawings/drawing1.xml"] = drawingXml(charts.length);
    parts["xl/drawings/_rels/drawing1.xml.rels"] = relations(
      charts.map((_, i) => [`${OFFICE}/chart`, `../charts/chart${i + 1}.xml`]),
    );
    for (const [i, section] of charts.entries())
      parts[`xl/charts/chart${i + 1}.xml`] = chartXml(places.get(section.id)!, section.chart!);
  }
  return zipOf(parts, report.asOf);
}
