import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { forecastTarget } from "../backtest/forecastFile.ts";
import type { Invocation } from "../command.ts";
import { invocation } from "../testing.ts";
import { backtest } from "./backtest.ts";

const folder = mkdtempSync(join(tmpdir(), "kam-backtest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SPEC = { week: "integer", drivers: ["display"], season: null, origins: [40, 43], protocol: "rolling" };
const HEAD = "account,product,week,units,price,display";
const LAST = 46;

/** Two accounts; every fourth week has a tenth off, every eighth a display, and more is sold then. */
const row = (account: string, week: number): string => {
  const [cut, display] = [week % 4 === 0, week % 8 === 0];
  const units = 100 + (week % 5) + (cut ? 40 : 0) + (display ? 60 : 0);
  return `${account},"Beans, 500 g",${week},${units},${cut ? 4.5 : 5},${display ? 1 : 0}`;
};
const ROWS = ["North", "South"].flatMap((account) => Array.from({ length: LAST }, (_, i) => row(account, i + 1)));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const call = (
  lines: readonly string[],
  { spec = SPEC, json = false }: { spec?: Record<string, unknown>; json?: boolean } = {},
): ReturnType<typeof invocation> => {
  const values: Invocation["values"] = {
    spec: file("spec.json", JSON.stringify(spec)),
    out: join(folder, "out.csv"),
    json,
  };
  return invocation({}, values, [file("panel.csv", `${lines.join("\n")}\n`)]);
};

describe("kam backtest", () => {
  it("takes no number of threads that is none", async () => {
    const made = call([HEAD, ...ROWS]);
    for (const threads of ["0", "2.5", "many", "1000"])
      await expect(backtest({ ...made, values: { ...made.values, threads } })).rejects.toThrow(
        "--threads takes a whole number from 1 to 64.",
      );
  });

  it("forecasts every row after the first origin and tells the seconds", async () => {
    const made = call([HEAD, ...ROWS], { json: true });
    await backtest(made);
    expect(JSON.parse(made.said.join(""))).toMatchObject({ rows: 12, fit_seconds: expect.any(Number) });
    const [head, ...rows] = readFileSync(join(folder, "out.csv"), "utf8").trim().split("\n");
    expect(head).toBe("account,product,week,mean,median,q025,q10,q90,q975");
    const tested = (weeks: readonly number[]): string[] =>
      ["North", "South"].flatMap((account) => weeks.map((week) => `${account},"Beans, 500 g",${week}`));
    expect(rows.map((line) => line.split(",").slice(0, 4).join())).toEqual([
      ...tested([41, 42, 43]),
      ...tested([44, 45, 46]),
    ]);
    for (const line of rows) {
      const [mean, median, q025, q10, q90, q975] = line.split(",").slice(4).map(Number) as number[];
      expect(q025! < q10! && q10! < median! && median! < q90! && q90! < q975! && mean! > 0, line).toBe(true);
    }
  });

  it("uses nothing of the weeks that it forecasts", async () => {
    await backtest(call([HEAD, ...ROWS]));
    const honest = readFileSync(join(folder, "out.csv"), "utf8");
    const last = (line: string): boolean => Number(line.split(",").at(-4)) > 43;
    await backtest(
      call([HEAD, ...ROWS.map((line) => (last(line) ? line.replace(/,\d+,([\d.]+,\d)$/, ",9999,$1") : line))]),
    );
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe(honest);
  });

  it("forecasts the same whatever the order of the rows", async () => {
    const forecasts = async (lines: readonly string[]): Promise<string[]> => {
      await backtest(call([HEAD, ...lines]));
      return readFileSync(join(folder, "out.csv"), "utf8").split("\n").toSorted();
    };
    expect(await forecasts(ROWS.toReversed())).toEqual(await forecasts(ROWS));
  });

  it.each([
    [[HEAD.replace("units", "sold"), ...ROWS], {}, "file_column", /no column units/],
    [[HEAD, "North,Beans,1,-1,5,0"], {}, "bad_input", /line 2: units are -1/],
    [[HEAD, "North,Beans,1,1,0,0"], {}, "bad_input", /line 2: price is 0/],
    [[HEAD, "North,Beans,x,1,5,0"], {}, "bad_input", /week is "x"/],
    [[HEAD, ROWS[0]!, ROWS[0]!], {}, "bad_input", /line 3: .*second row for week 1/],
    [[HEAD, "North,Beans,1"], {}, "file_truncated", /line 2/],
    [[HEAD], {}, "no_data", /no rows/],
    [[HEAD, "North,Beans,1,Infinity,5,0"], {}, "bad_input", /line 2: units is "Infinity"/],
    [[HEAD, "North,Beans,1,many,5,0"], {}, "bad_input", /line 2: units is "many", which is not a number/],
    [[HEAD, "North,Beans,20240101,1,5,0"], {}, "bad_input", /line 2: week is 20240101; number the weeks/],
    [[HEAD, ",Beans,1,1,5,0"], {}, "bad_input", /line 2: the account is empty/],
    [[`${HEAD},price`, "North,Beans,1,1,5,0,5"], {}, "file_column", /two columns named price/],
    [[HEAD, ...ROWS], { origins: ["2026-01-05"] }, "bad_input", /origin/],
    [[HEAD, "North,Beans,1,1,5,0"], {}, "bad_input", /one week only, 1;/],
    [
      [HEAD, ...ROWS.map((line) => line.replace(/g",(\d+),\d+/, 'g",$1,'))],
      {},
      "no_data",
      /No units are known up to the origin 40/,
    ],
    [[HEAD, ...ROWS], { origins: [46] }, "bad_input", /origin 46 .* must lie in 1 to 45/],
    [[HEAD, ...ROWS], { origins: [40, 40] }, "bad_input", /origins must ascend/],
    [[HEAD, ...ROWS], { origins: undefined }, "bad_input", /wrong at origins/],
    [[HEAD, ...ROWS], { protocol: "rollling" }, "bad_input", /wrong at protocol/],
    [[HEAD, ...ROWS], { orgins: [40] }, "bad_input", /orgins/],
    [
      [HEAD, "North,Beans,2026-01-05,1,5,0", "North,Beans,2026-01-12,1,5,0"],
      { week: "date", origins: ["2027-01-01"] },
      "bad_input",
      /origin 2027-01-01 .* must lie in the week of 2026-01-05 to the week of 2026-01-05/,
    ],
    [[HEAD, ...ROWS], { drivers: ["leaflet"] }, "file_column", /no column leaflet/],
    [[HEAD, ...ROWS], { drivers: ["price"] }, "bad_input", /price as a driver/],
  ])("refuses %# with one line and writes nothing", async (lines, spec, code, message) => {
    rmSync(join(folder, "out.csv"), { force: true });
    await expect(backtest(call(lines, { spec: { ...SPEC, ...spec } }))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(existsSync(join(folder, "out.csv"))).toBe(false);
  });

  it("looks where it shall write before it reads and computes", async () => {
    const made = call([HEAD.replace("units", "sold"), ...ROWS]);
    const [panel] = made.positionals as [string];
    symlinkSync(panel, join(folder, "link.csv"));
    const refused: [string, RegExp][] = [
      [folder, /is a folder/],
      [join(folder, "none", "out.csv"), /no folder/],
      [panel, /is a file to read/],
      [join(folder, "link.csv"), /is a file to read/],
      [String(made.values.spec), /is a file to read/],
    ];
    const before = readFileSync(panel, "utf8");
    for (const [out, message] of refused)
      await expect(backtest({ ...made, values: { ...made.values, out } }), out).rejects.toMatchObject({
        code: "bad_input",
        message: expect.stringMatching(message),
      });
    expect(readFileSync(panel, "utf8")).toBe(before);
  });

  it("writes through a link, and to what is no file without taking its place", async () => {
    const made = call([HEAD, ...ROWS]);
    const [real, link] = [file("real.csv", ""), join(folder, "way.csv")];
    symlinkSync(real, link);
    await backtest({ ...made, values: { ...made.values, out: link } });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, "utf8").trim().split("\n")).toHaveLength(13);
    expect(await forecastTarget(devNull, [])).toMatchObject({ path: devNull, renamed: false });
  });
});
