import { type Chart, MOST_BARS } from "../chart.ts";
import type { Row, Section } from "../report.ts";
import { clean, xml } from "../text.ts";
import { letters, quotedSheet } from "./cells.ts";
import type { Place } from "./formulas.ts";

const COLOURS = ["1F6FB2", "E07B39", "4C9F70", "8E6BB0"];
const ROWS_HIGH = 20;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const NS =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The charts that a workbook draws natively: those over a scale of figures, with at least two rows. */
export const drawable = (section: Section): boolean =>
  section.chart !== null && section.chart.kind !== "timeline" && section.rows.length > 1;

const text = (words: string, size: number, bold: boolean): string =>
  `<c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="${size}" b="${bold ? 1 : 0}"/></a:pPr><a:r><a:rPr sz="${size}" b="${bold ? 1 : 0}"/><a:t>${xml(clean(words, 200))}</a:t></a:r></a:p></c:rich></c:tx>`;

function series(place: Place, chart: Chart, key: string, index: number, rows: readonly Row[]): string {
  const at = (column: string): string => letters(place.columns.findIndex((c) => c.key === column));
  const ref = (column: string): string =>
    `${quotedSheet(place.sheet)}!$${at(column)}$2:$${at(column)}$${rows.length + 1}`;
  const points = (column: string): string =>
    `<c:ptCount val="${rows.length}"/>${rows
      .map((row, i) =>
        row[column] == null ? "" : `<c:pt idx="${i}"><c:v>${xml(clean(String(row[column]), 200))}</c:v></c:pt>`,
      )
      .join("")}`;
  const label = place.columns.find((c) => c.key === key)!.label;
  const fill = `<a:solidFill><a:srgbClr val="${COLOURS[index % COLOURS.length]}"/></a:solidFill>`;
  const look = chart.kind === "line" ? `<a:ln w="28575">${fill}</a:ln>` : fill;
  return `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:strRef><c:f>${xml(`${quotedSheet(place.sheet)}!$${at(key)}$1`)}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xml(label)}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>${look}</c:spPr>${chart.kind === "line" ? '<c:marker><c:symbol val="none"/></c:marker>' : '<c:invertIfNegative val="0"/>'}<c:cat><c:strRef><c:f>${xml(ref(chart.label))}</c:f><c:strCache>${points(chart.label)}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${xml(ref(key))}</c:f><c:numCache><c:formatCode>General</c:formatCode>${points(key)}</c:numCache></c:numRef></c:val>${chart.kind === "line" ? '<c:smooth val="0"/>' : ""}</c:ser>`;
}

/** `xl/charts/chartN.xml`: the first rows of a sheet, by reference, so that the chart follows the cells. */
export function chartXml(place: Place, chart: Chart): string {
  const rows = place.rows.slice(0, MOST_BARS);
  const list = chart.values.map((key, i) => series(place, chart, key, i, rows)).join("");
  const axes = '<c:axId val="111"/><c:axId val="222"/>';
  const plot =
    chart.kind === "line"
      ? `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${list}<c:marker val="1"/>${axes}</c:lineChart>`
      : `<c:barChart><c:barDir val="${chart.kind === "bar" ? "bar" : "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${list}<c:gapWidth val="60"/>${axes}</c:barChart>`;
  const across = chart.kind === "bar";
  const format = place.columns.find((c) => c.key === chart.values[0])?.unit === "%" ? "0%" : "General";
  return `${HEAD}<c:chartSpace ${NS}><c:roundedCorners val="0"/><c:chart><c:title>${text(chart.title, 1200, true)}<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="${across ? "maxMin" : "minMax"}"/></c:scaling><c:delete val="0"/><c:axPos val="${across ? "l" : "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="${across ? "t" : "l"}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="${format}" sourceLinked="${format === "0%" ? 0 : 1}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="${across ? "max" : "autoZero"}"/></c:valAx></c:plotArea>${chart.values.length > 1 ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : ""}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`;
}

/** `xl/drawings/drawing1.xml`: the charts one under the other, right of the figures. */
export function drawingXml(charts: number): string {
  const anchors = Array.from({ length: charts }, (_, i) => {
    const top = 1 + i * (ROWS_HIGH + 1);
    return `<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${top}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>15</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${top + ROWS_HIGH}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${i + 2}" name="Chart ${i + 1}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId${i + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`;
  });
  return `${HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${anchors.join("")}</xdr:wsDr>`;
}
