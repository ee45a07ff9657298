import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { transfer } from "../funds/transfers.service.ts";
import { post } from "../ledger/ledger.service.ts";
import { verifyLedger } from "../ledger/verify.service.ts";
import { inTransaction } from "../store/open.ts";
import { loadActor } from "../users/actor.ts";
import { benchWithNames, same, twice } from "./testing.kinds.ts";
import type { Bench } from "./testing.ts";

const HEADER = "account,name,start,end,amount,currency,brand,category,parent,rate";
const MAP = same("funds", HEADER.replaceAll(",", " "));
const text = (...rows: string[]) => `${[HEADER, ...rows].join("\n")}\n`;
const POOL = ",Brand money 2027,2027-01-01,2027-12-31,5000,EUR,,,,";
const TRADE = "Retailer A,Trade fund 2027,2027-01-01,2027-12-31,1200.50,EUR,,,,";
const KESTREL = "Albion Fresh,Kestrel fund 2027,2027-01-01,2027-06-30,2000,EUR,Kestrel,,Brand money 2027,";
const ICE = "Bramley Stores,Ice fund 2027,2027-01-01,2027-12-31,,EUR,,Ice cream,,0.02";

describe("funds", () => {
  let b: Bench;
  beforeEach(async () => {
    b = await benchWithNames();
  });
  afterEach(() => b.close());

  const fund = (name: string) =>
    b.store.db.selectFrom("v_fund").selectAll().where("fund", "=", name).executeTakeFirstOrThrow();
  const journals = async () => (await b.store.db.selectFrom("journal").select("id").execute()).length;
  const finance = async () => {
    await b.store.db
      .insertInto("person")
      .values({ id: "eva", name: "Eva", role: "finance" })
      .onConflict((oc) => oc.doNothing())
      .execute();
    return loadActor(b.store, "eva");
  };

  it("book what they are granted, out of the fund above, and nothing a second time", async () => {
    const report = await twice(b, "f.csv", text(POOL, TRADE, KESTREL, ICE), MAP);
    expect(report).toMatchObject({ written: 4, rejected: 0 });
    expect(await fund("Brand money 2027")).toMatchObject({
      account: null,
      granted: 5_000,
      allocated: 2_000,
      left: 3_000,
    });
    expect(await fund("Trade fund 2027")).toMatchObject({ account: "Albion Fresh", granted: 1_200.5, left: 1_200.5 });
    expect(await fund("Kestrel fund 2027")).toMatchObject({
      brand: "Kestrel",
      parent: "Brand money 2027",
      left: 2_000,
    });
    expect(await fund("Ice fund 2027")).toMatchObject({ category: "Ice cream", rate: 0.02, granted: 0 });
    expect(await journals()).toBe(3);
    const audit = await b.store.db.selectFrom("audit").select("action").where("entity", "=", "fund").execute();
    expect(audit).toHaveLength(4);
    expect(await verifyLedger(b.store)).toEqual([]);
  });

  it("book the difference where a sum is another, and leave moved money where it went", async () => {
    await b.run("f.csv", text(POOL, TRADE, KESTREL), MAP);
    const id = async (name: string) => (await fund(name)).fund_id;
    await transfer(await finance(), b.store, await id("Trade fund 2027"), await id("Kestrel fund 2027"), 20_000, null);
    expect(await b.run("again.csv", text(POOL, TRADE, KESTREL), MAP)).toMatchObject({ written: 0, unchanged: 3 });
    const less = KESTREL.replace(",2000,", ",1500,").replace("06-30", "09-30");
    expect(await b.run("less.csv", text(POOL, TRADE, less), MAP)).toMatchObject({ written: 1, unchanged: 2 });
    expect(await b.run("less.csv", text(POOL, TRADE, less), MAP)).toMatchObject({ written: 0, unchanged: 3 });
    expect(await fund("Kestrel fund 2027")).toMatchObject({ end: "2027-09-30", granted: 1_700, left: 1_700 });
    expect(await fund("Brand money 2027")).toMatchObject({ allocated: 1_500, left: 3_500 });
    expect(await fund("Trade fund 2027")).toMatchObject({ granted: 1_000.5 });
    expect(await verifyLedger(b.store)).toEqual([]);
  });

  it("keep what is spoken for: a sum below it is rejected, and the other rows go in", async () => {
    await b.run("f.csv", text(POOL, TRADE, KESTREL), MAP);
    const report = await b.run(
      "f2.csv",
      text(POOL.replace("5000", "1999.99"), TRADE.replace("1200.50", "1300"), KESTREL.replace(",2000,", ",5000.01,")),
      MAP,
    );
    expect(report).toMatchObject({ written: 1, rejected: 2 });
    expect(report.rejects.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, "amount", "takes 3000.01 EUR back, and only 3000.00 EUR of the fund is free: the rest is spoken for"],
      [4, "amount", "needs 3000.01 EUR more out of Brand money 2027, which has 3000.00 EUR left"],
    ]);
    expect(await fund("Trade fund 2027")).toMatchObject({ granted: 1_300 });
    expect(await verifyLedger(b.store)).toEqual([]);
  });

  it("reject what does not fit: names, dates, money, the same fund twice", async () => {
    await b.run("f.csv", text(POOL, TRADE, KESTREL), MAP);
    const wrong: [string, string, string][] = [
      ["Retailer Z,x,2027-01-01,2027-12-31,1,EUR,,,,", "account", "is no account of the store"],
      ["Retailer A,x,2027-01-01,2027-12-31,1,EUR,Kestral,,,", "brand", 'the nearest is "Kestrel"'],
      ["Retailer A,x,2027-01-01,2027-12-31,1,EUR,,Tea,,", "category", "is no category of the store"],
      ["Retailer A,x,2027-01-01,2027-12-31,1,EUR,,,Brand money 1999,", "parent", "is no fund of the store"],
      ["Retailer A,x,2026-12-01,2027-12-31,1,EUR,,,Brand money 2027,", "parent", "runs from 2027-01-01"],
      ["Retailer A,x,2027-01-01,2027-12-31,1,GBP,,,Brand money 2027,", "parent", "is kept in EUR"],
      ["Albion,trade fund 2027,2027-07-01,2028-06-30,1,EUR,,,,", "name", "which these dates overlap"],
      ["Retailer A,x,2027-12-31,2027-01-01,1,EUR,,,,", "end", "is before the start"],
      ["Retailer A,x,2027-01-01,2027-12-31,,EUR,,,,", "amount", "either an amount or a rate"],
      ["Retailer A,x,2027-01-01,2027-12-31,1,EUR,,,,0.1", "amount", "either an amount or a rate"],
      ["Retailer A,x,2027-01-01,2027-12-31,-1,EUR,,,,", "amount", "is negative"],
      [TRADE.replace("1200.50", "").replace(/,$/, ",0.1"), "rate", "is granted a sum"],
      [KESTREL.replace("Kestrel,,", "Polar Lane,,"), "brand", "set up another fund"],
      [POOL.replace("12-31", "03-31"), "end", "before the end of Kestrel fund 2027"],
    ];
    const report = await b.run("w.csv", text(...wrong.map(([row]) => row), TRADE, TRADE), MAP);
    expect(report).toMatchObject({ written: 0, unchanged: 1 });
    const reasons = [...wrong.map(([, column, reason]) => [column, reason]), ["name", "is in line 16 already"]];
    expect(report.rejects.map(({ column }) => column)).toEqual(reasons.map(([column]) => column));
    for (const [i, [, reason]] of reasons.entries()) expect(report.rejects[i]!.reason).toContain(reason);
  });

  it("do not end before what they pay starts", async () => {
    await b.run("f.csv", text(TRADE), MAP);
    await b.run(
      "p.csv",
      "code,account,name,mechanic,payment,start,end\nP-1,ALB,x,tpr,bill_back,2027-09-06,2027-09-19\n",
      same("promotions", "code account name mechanic payment start end"),
    );
    const { id } = await b.store.db.selectFrom("promotion").select("id").executeTakeFirstOrThrow();
    const { fund_id } = await fund("Trade fund 2027");
    const hold = {
      fund_id,
      currency: "EUR",
      promotion_id: id,
      from: "available",
      to: "planned",
      amount_minor: 100,
    } as const;
    const eva = await finance();
    await inTransaction(b.store, (tx) => post(eva, tx, { kind: "plan", promotion_id: id, memo: null }, [hold]));
    const report = await b.run("e.csv", text(TRADE.replace("12-31", "08-31")), MAP);
    expect(report.rejects).toMatchObject([{ column: "end", reason: expect.stringContaining("on 2027-09-06") }]);
  });
});
