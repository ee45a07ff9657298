import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoAgent } from "../agents/testing.ts";
import { addDays } from "../data/common/dates.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { buildApp } from "./app.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (!CHROMIUM)
  console.warn("no Chromium found: the page is not tested in a browser (Debian: apt-get install chromium)");

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 390, height: 800 };
const DESK = { width: 1280, height: 860 };
/** Every view, and the page of one thing where a view has such. */
const VIEWS = [
  "",
  "watch?account=Albion+Fresh",
  "promotions?status=draft",
  "promotions/P-1316",
  "promotions?text=no+such+promotion",
  "calendar?form=weeks",
  "calendar?form=list",
  "scenarios",
  "budget",
  "claims?status=open",
  "claims/C-2225",
  "account/Albion Fresh",
  "account/Albion Fresh?tab=pnl",
  "account/Albion Fresh?tab=plan",
  "signals",
  "reports",
  "guardrails",
  "audit",
  "nowhere",
];
const LARGEST_FIRST_LOAD = 250 * 1024;

describe.skipIf(!CHROMIUM)("the page in a browser", () => {
  let agent: Awaited<ReturnType<typeof demoAgent>>;
  let server: ReturnType<typeof serve>;
  let browser: Browser;
  let page: Page;
  let address: string;
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
    const { port } = await new Promise<AddressInfo>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, resolve);
    });
    address = `http://127.0.0.1:${port}/`;
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    page = await browser.newPage({ viewport: PHONE, reducedMotion: "reduce" });
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("404")) complaints.push(message.text());
    });
    await page.goto(address);
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
  const lastAnswer = () => page.locator(".answer:not(.working)").last();
  const go = async (view: string): Promise<void> => {
    await page.goto(`${address}#/${view}`);
    await page.locator("main h1, main .title, main .failed").first().waitFor();
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
  };
  const promotions = () =>
    agent.store.db
      .selectFrom("v_promotion")
      .select(["promotion", "status", "discount"])
      .where("start", "=", "2027-06-01")
      .execute();
  const datesOf = (promotion: string) =>
    agent.store.db
      .selectFrom("v_promotion")
      .select(["start", "end"])
      .where("promotion", "=", promotion)
      .executeTakeFirstOrThrow();

  describe("on a phone", () => {
    it("loads little before the first chart", async () => {
      await page.getByLabel("Your message").waitFor();
      const loaded = (await page.evaluate(
        `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0)`,
      )) as number;
      console.info(`first load: ${Math.round(loaded / 1024)} kB compressed`);
      expect(loaded).toBeGreaterThan(10_000);
      expect(loaded).toBeLessThan(LARGEST_FIRST_LOAD);
    });

    it("answers the first question with figures that show their source, a table, a chart and what to ask next", async () => {
      await say("Which retailer gives us the highest promotion ROI?");
      const answer = lastAnswer();
      await answer.locator(".chart").first().scrollIntoViewIfNeeded();
      await answer.locator(".chart svg.marks").first().waitFor();
      expect(await answer.locator("table").count()).toBeGreaterThan(0);
      await answer.locator(".figure").first().click();
      expect(await page.locator("#source").innerText()).toContain("/rows/");
      await page.keyboard.press("Escape");
      expect(await page.locator("#source").isVisible()).toBe(false);
      expect(await answer.locator(".suggestions button").count()).toBeGreaterThan(0);
    });

    it.each(["PNG", "SVG", "CSV"])("hands the chart over as %s", async (kind) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page
          .getByRole("button", { name: new RegExp(`^Download .* as ${kind}$`) })
          .first()
          .click(),
      ]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    });

    it("shows a draft as a card; what was edited is written once it is approved, and can be undone", async () => {
      await say("Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel");
      await page.getByRole("button", { name: "Edit" }).click();
      await page.getByLabel("Discount in %").fill("15");
      expect(await promotions()).toEqual([]);
      await page.getByRole("button", { name: "Approve with changes" }).click();
      await page
        .getByText(/saved as a draft/)
        .first()
        .waitFor();
      expect(await promotions()).toMatchObject([{ status: "draft", discount: 0.15 }]);
      await say("Undo that");
      await page.getByRole("button", { name: "Approve", exact: true }).click();
      await page.locator("#waiting").waitFor({ state: "detached" });
      expect((await promotions()).filter(({ status }) => status !== "cancelled")).toEqual([]);
    });

    it("keeps the conversation over a reload, and each person her own", async () => {
      await page.reload();
      await page.getByText("Which retailer gives us the highest promotion ROI?").first().waitFor();
      await page.getByRole("button", { name: "Menu" }).click();
      await page.getByLabel("Working as").selectOption("ana");
      await page.getByText("What do you want to know or do?").waitFor();
      await go("account/Albion Fresh");
      expect(await page.getByLabel("Account", { exact: true }).locator("option").allInnerTexts()).not.toContain(
        "Estuary Express",
      );
      await page.evaluate(`localStorage.setItem("kam.person", "dan")`);
      await page.reload();
    });

    it.each(VIEWS)("fits: %s", async (view) => {
      await go(view);
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    });
  });

  describe("on a desk", () => {
    beforeAll(() => page.setViewportSize(DESK));
    beforeEach(() => page.emulateMedia({ colorScheme: "light" }));

    it.each(VIEWS)("has nothing that axe finds, in light and dark: %s", async (view) => {
      await go(view);
      expect(await violations()).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(["color-contrast"])).toEqual([]);
    });

    async function violations(only: readonly string[] = []): Promise<string[]> {
      await page.evaluate(`window.axe || (${JSON.stringify(AXE)}, 0)`);
      if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
      const options = only.length ? { runOnly: { type: "rule", values: only } } : {};
      return page.evaluate(
        `axe.run(document, ${JSON.stringify(options)}).then((found) => found.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 160))))`,
      );
    }

    /** A draft that is moved, and where its bar stands. */
    async function draftInCalendar() {
      const draft = await agent.store.db
        .selectFrom("v_promotion")
        .select(["promotion", "name", "start", "end"])
        .where("status", "=", "draft")
        .where("start", ">", TEST_TODAY)
        .orderBy("start")
        .executeTakeFirstOrThrow();
      await go(`calendar?form=weeks&from=${addDays(draft.start, -28)}`);
      return {
        draft,
        bar: page.getByRole("button", { name: new RegExp(`^${draft.name.replaceAll("%", "\\%")}`) }).first(),
      };
    }
    const decide = async (name: string): Promise<void> => {
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name, exact: true }).click();
      await dialog.locator("#waiting").waitFor({ state: "detached" });
      await dialog.getByRole("button", { name: "Close" }).click();
    };

    it("drafts a move by dragging, and moves nothing before it is approved", async () => {
      const { draft, bar } = await draftInCalendar();
      const track = (await page.locator(".weeks .row:not(.heads) .track").first().boundingBox())!;
      const at = (await bar.boundingBox())!;
      const week = track.width / 13;
      await page.mouse.move(at.x + 10, at.y + 10);
      await page.mouse.down();
      await page.mouse.move(at.x + 10 + week * 0.5, at.y + 10);
      await page.mouse.move(at.x + 10 + week * 2, at.y + 10);
      await page.mouse.up();
      await page.getByRole("dialog").getByRole("button", { name: "Reject" }).waitFor();
      expect(await datesOf(draft.promotion)).toEqual({ start: draft.start, end: draft.end });
      await decide("Reject");
      expect(await datesOf(draft.promotion)).toEqual({ start: draft.start, end: draft.end });
    });

    it("moves by keyboard as well", async () => {
      const { draft, bar } = await draftInCalendar();
      await bar.focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "Enter"]) await page.keyboard.press(key);
      await decide("Approve");
      expect(await datesOf(draft.promotion)).toEqual({ start: addDays(draft.start, 7), end: addDays(draft.end, 7) });
    });

    it("compares plans side by side, and drafts the better one", async () => {
      await go("scenarios");
      await page.getByRole("button", { name: "Compare" }).click();
      const rows = page.getByRole("group", { name: "The plans compared" });
      await rows.getByRole("rowheader", { name: "Net ROI" }).waitFor();
      await rows.getByRole("button", { name: "Draft it" }).first().click();
      await decide("Reject");
    });

    it("asks a view's question in the chat", async () => {
      await go("budget");
      await page.getByRole("link", { name: "Ask about this" }).click();
      await lastAnswer().locator("table").first().waitFor();
      expect(new URL(page.url()).hash).toBe("#/chat");
    });

    it("says what went wrong, and tries again", async () => {
      await page.route("**/api/tools/find_claims*", (route) => route.abort());
      await go("claims");
      await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
      await page.unroute("**/api/tools/find_claims*");
      complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("net::ERR_FAILED")));
      await page.getByRole("button", { name: "Try again" }).click();
      await page.locator("main table").waitFor();
    });

    it("complains of nothing", () => {
      expect(complaints).toEqual([]);
    });
  });
});
