import { assertEquals, assertMatch } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { RunningProgram } from "../support/programs.ts";
import { browserTests, openPage } from "./browser.ts";
import { areFitted, hasColor } from "./in_page.js";

/** Red, green and blue of the lines, as style.css has them. */
const LIGHT_LINE = [0x0b, 0x6e, 0x99];
const DARK_LINE = [0x6c, 0xc4, 0xea];

const CANVAS = ".plot canvas";

/** The client's window, while it plays. */
async function withWindow(
  browser: Browser,
  options: Parameters<typeof openPage>[2],
  look: (page: Page) => Promise<void>,
): Promise<void> {
  await using server = await RunningProgram.server(["--loop"]);
  const movie = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  await using client = RunningProgram.client([movie, "--window"]);
  const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
  const { page, problems } = await openPage(browser, url, options);
  await page.getByRole("button", { name: "SETUP", exact: true }).click();
  await page.getByText("State: READY").waitFor();
  await page.getByRole("button", { name: "PLAY", exact: true }).click();
  await page.locator(".plot-value").filter({ hasText: "Mbit/s" }).waitFor();
  await look(page);
  assertEquals(problems, []);
}

browserTests("the plots of the pages in Chromium", {
  "a pointer on one reads the same time off all of them, and the peak comes back": (browser) =>
    withWindow(browser, {}, async (page) => {
      const notes = page.locator(".plot-note");
      await notes.first().filter({ hasText: /^at most [\d.]+ [kM]bit\/s$/ }).waitFor();
      const area = page.locator(".plot .u-over").first();
      const { width = 0 } = await area.boundingBox() ?? {};
      await area.hover({ position: { x: width - 2, y: 9 } });
      await notes.first().filter({ hasText: /^(now|\d s ago): [\d.]+ [kM]?bit\/s$/ }).waitFor();
      await notes.nth(1).filter({ hasText: /^(now|\d s ago): [\d.]+ fps$/ }).waitFor();
      await area.hover({ position: { x: 2, y: 9 } }); // a minute ago, before there was anything
      await notes.nth(1).filter({ hasText: /^at most [\d.]+ fps$/ }).waitFor();
      await page.locator("h1").hover();
      await notes.first().filter({ hasText: /^at most / }).waitFor();
    }),

  "each says in words what it shows": (browser) =>
    withWindow(browser, {}, async (page) => {
      const labels = await page.locator(".plot-area").evaluateAll((areas) =>
        areas.map((area) => `${area.getAttribute("role")}: ${area.getAttribute("aria-label")}`)
      );
      assertEquals(labels.length, 4);
      assertMatch(
        labels[0] ?? "",
        /^img: Data rate over the last 1 min: now [\d.]+ [kM]?bit\/s, at most/,
      );
      assertMatch(labels[3] ?? "", /^img: Jitter over the last 1 min: now /);
    }),

  "they follow the colour scheme, the width and the screen's pixels": (browser) =>
    withWindow(browser, { deviceScaleFactor: 2, colorScheme: "light" }, async (page) => {
      await page.waitForFunction(hasColor, [CANVAS, LIGHT_LINE] as const);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForFunction(hasColor, [CANVAS, DARK_LINE] as const);
      assertEquals(await page.evaluate(hasColor, [CANVAS, LIGHT_LINE] as const), false);
      assertEquals(await page.locator(CANVAS).count(), 4);
      for (const width of [360, 1700]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForFunction(areFitted, [CANVAS, ".plot-area", 2] as const);
      }
    }),

  "the server's page plots what it has of the last minutes at once": async (browser) => {
    await using server = await RunningProgram.server(["--loop", "--http", "0"]);
    const [, url = ""] = await server.says("stdout", /Page: +(http:\S+)/);
    const { page, problems } = await openPage(browser, url, { colorScheme: "dark" });
    await page.waitForFunction(hasColor, [CANVAS, DARK_LINE] as const);
    const peak = page.locator(".plot-note").first();
    await peak.filter({ hasText: "at most 0" }).waitFor();
    const movie = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    await using _client = RunningProgram.client([movie, "--quiet"]);
    await peak.filter({ hasText: "at most 1" }).waitFor();
    assertEquals(problems, []);
  },
});
