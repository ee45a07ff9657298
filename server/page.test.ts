import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAgent } from "../agents/testing.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { buildApp } from "./app.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (!CHROMIUM)
  console.warn("no Chromium found: the page is not tested in a browser (Debian: apt-get install chromium)");

describe.skipIf(!CHROMIUM)("the page in a browser", () => {
  let agent: Awaited<ReturnType<typeof demoAgent>>;
  let server: ReturnType<typeof serve>;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    agent = await demoAgent();
    const app = buildApp({
      store: agent.store,
      models: createFittedModels(),
      modelName: "offline",
      converse: agent.converse,
      read: agent.read,
      today: () => TEST_TODAY,
      close: async () => {},
    });
    const address = await new Promise<AddressInfo>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, resolve);
    });
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${address.port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await agent?.close();
  });

  const say = async (text: string): Promise<void> => {
    await page.getByLabel("Your message").fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  };
  const promotions = () =>
    agent.store.db.selectFrom("v_promotion").select("status").where("start", "=", "2027-06-01").execute();

  it("answers the first question with figures that show their source, a table and a chart", async () => {
    await say("Which retailer gives us the highest promotion ROI?");
    const answer = page.locator(".answer:not(.working)").last();
    await answer.locator(".chart").first().scrollIntoViewIfNeeded();
    await answer.locator(".chart svg, .chart canvas").first().waitFor();
    expect(await answer.locator("table").count()).toBeGreaterThan(0);
    await answer.locator(".figure").first().click();
    expect(await page.locator("#source").innerText()).toContain("/rows/");
    await page.keyboard.press("Escape");
  });

  it("shows a draft as a card, and writes it only when it is approved", async () => {
    await say("Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel");
    const approve = page.getByRole("button", { name: /Approve/ });
    await approve.waitFor();
    expect(await promotions()).toEqual([]);
    await approve.click();
    await page
      .getByText(/saved as a draft/)
      .first()
      .waitFor();
    expect(await promotions()).toEqual([{ status: "draft" }]);
  });

  it("fits a phone, and nothing complains", async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(complaints).toEqual([]);
  });
});
