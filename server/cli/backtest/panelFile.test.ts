import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Panel } from "../../../forecasting/index.ts";
import { toPanel } from "./panel.ts";
import { readPanelFile } from "./panelFile.ts";
import type { BacktestSpec } from "./spec.ts";

const folder = mkdtempSync(join(tmpdir(), "kam-panel-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SPEC: BacktestSpec = { week: "integer", drivers: [], season: null, origins: [1], protocol: "single" };

async function panelOf(lines: readonly string[], spec: Partial<BacktestSpec> = {}): Promise<Panel> {
  const path = join(folder, "panel.csv");
  writeFileSync(path, lines.join("\n"));
  const whole = { ...SPEC, ...spec };
  return toPanel(await readPanelFile(path, whole), whole);
}

describe("a foreign panel", () => {
  const HEAD = "account,product,category,week,units,price";
  const ROWS = ["South,Tea,Hot,1,5,2", "North,Tea,Hot,1,7,2", "North,Ale,Cold,1,9,3", "South,Ale,Cold,2,4,3"];

  it("is counted by names, whatever the order of its rows", async () => {
    const [panel, turned] = [await panelOf([HEAD, ...ROWS]), await panelOf([HEAD, ...ROWS.toReversed()])];
    expect(panel.accounts).toEqual(["North", "South"]);
    expect(panel.products).toEqual(["Ale", "Tea"]);
    expect(panel.categories).toEqual(["Cold", "Hot"]);
    expect([...panel.account]).toEqual([1, 0, 0, 1]);
    expect([...panel.product]).toEqual([1, 1, 0, 0]);
    expect([...turned.account].toReversed()).toEqual([...panel.account]);
    expect([...turned.product].toReversed()).toEqual([...panel.product]);
    expect(turned.categories).toEqual(panel.categories);
  });

  it("has one category a product, the same one in any order of its rows", async () => {
    const torn = [HEAD, "North,Tea,Hot,1,7,2", "North,Tea,Dry,2,7,2"];
    expect((await panelOf(torn)).categories).toEqual(["Dry"]);
    expect((await panelOf([HEAD, torn[2]!, torn[1]!])).categories).toEqual(["Dry"]);
  });

  it("reads columns that are named like what every object has, and none that it does not need", async () => {
    const panel = await panelOf(
      ["constructor,account,product,week,units,price,toString,,,__proto__", "1,North,Tea,1,7,2,0.5,x,y,3"],
      { drivers: ["constructor", "toString", "__proto__"] },
    );
    expect(panel.drivers.map((d) => [d.name, d.values[0]])).toEqual([
      ["constructor", 1],
      ["toString", 0.5],
      ["__proto__", 3],
    ]);
  });

  it("takes unknown units and prices as unknown, no support as none, and other columns at their usual value", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => {
      const [account, week] = [i % 2 === 0 ? "North" : "South", i >> 1];
      const [empty, shown] = [i === 6, i % 8 === 0];
      return `${account},Tea,${week},${empty ? "" : 5},${empty ? "NA" : 2},${empty ? "" : shown ? 1 : 0.01},${empty ? "" : 40 + i}`;
    });
    const panel = await panelOf(["account,product,week,units,price,share,index", ...rows], {
      drivers: ["share", "index"],
    });
    expect(panel.drivers.map((d) => d.kind)).toEqual(["support", "context"]);
    expect([panel.units[6], panel.price[6], panel.drivers[0]!.values[6]]).toEqual([Number.NaN, Number.NaN, 0]);
    expect(panel.drivers[1]!.values[6]).toBe(50);
  });

  it("tells supports from what is the same in every series of a week, is negative or never absent", async () => {
    const rows = ["North", "South"].flatMap((account, a) =>
      Array.from(
        { length: 20 },
        (_, w) => `${account},Tea,${w},5,2,${w % 5 === a ? 1 : 0},${w % 5 === 0 ? 1 : 0},${a - 0.5},${3 + a}`,
      ),
    );
    const panel = await panelOf(["account,product,week,units,price,leaflet,holiday,logs,rivals", ...rows], {
      drivers: ["leaflet", "holiday", "logs", "rivals"],
    });
    expect(panel.drivers.map((d) => d.kind)).toEqual(["support", "context", "context", "context"]);
  });

  it("counts dates in weeks, also over a year of 53 of them", async () => {
    const days = ["2020-12-23", "2020-12-30", "2021-01-06"];
    const panel = await panelOf(["account,product,week,units,price", ...days.map((day) => `North,Tea,${day},5,2`)], {
      week: "date",
      origins: [days[0]!],
    });
    expect([panel.week[1]! - panel.week[0]!, panel.week[2]! - panel.week[1]!]).toEqual([1, 1]);
  });
});
