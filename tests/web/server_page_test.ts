import { assert, assertEquals, assertMatch } from "@std/assert";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { RunningProgram, type RunningServer } from "../support/programs.ts";
import { browserTests, openPage } from "./browser.ts";
import { elementsOverTheEdge, isLoaded, lumaOf, meddle, styleOf } from "./in_page.js";

/** In pixels: enough to read the frame-number blocks for sure. */
const [WIDTH, HEIGHT] = [96, 72];

interface Served extends AsyncDisposable {
  readonly server: RunningServer;
  /** The page's. */
  readonly url: string;
}

async function serve(args: readonly string[] = [], http: string = "0"): Promise<Served> {
  const server = await RunningProgram.server(["--http", http, "--loop", ...args]);
  const [, url = ""] = await server.says("stdout", /Page: +(http:\S+)/);
  return { server, url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The page once it has the catalogue. */
async function openCatalogue(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const opened = await openPage(browser, url, options);
  await opened.page.locator("#movies .facts").getByText("20 fps").waitFor();
  return opened;
}

/** The number that a picture shows. */
async function numberIn(page: Page, picture: string): Promise<number | undefined> {
  const luma = await page.locator(picture).evaluate(lumaOf, [WIDTH, HEIGHT] as const);
  return readFrameBlocks(Uint8Array.from(luma), WIDTH, HEIGHT);
}

/** What axe finds serious, a line each. */
async function hindrances(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>("axe.run()");
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

async function findsNothing(browser: Browser, colorScheme: "light" | "dark"): Promise<void> {
  await using served = await serve(["--test"]);
  const url = `rtsp://127.0.0.1:${served.server.port}/movie.Mjpeg`;
  await using _client = RunningProgram.client([url, "--quiet"]);
  const { page } = await openCatalogue(browser, served.url, { colorScheme });
  await page.locator("#sessions tr").waitFor();
  await page.locator("#movies summary").first().click();
  assertEquals(await hindrances(page), []);
  const ground = await page.locator("body").evaluate(styleOf, "background-color");
  assertEquals(ground, colorScheme === "light" ? "rgb(246, 247, 248)" : "rgb(20, 24, 28)");
  await page.getByRole("button", { name: /^End the session/ }).click();
  await page.getByRole("dialog").waitFor();
  assertEquals(await hindrances(page), []);
}

browserTests("the server's page in Chromium", {
  "the page lists movies with thumbnails, facts and addresses": async (browser) => {
    await using served = await serve(["--test"]);
    const { page, problems } = await openCatalogue(browser, served.url);
    await page.locator("#movies img").nth(1).waitFor();
    const cards = page.locator("#movies > li");
    assertEquals(await cards.locator("h3").allTextContents(), ["movie.Mjpeg", "test"]);
    assertEquals(await cards.first().locator(".facts li").allTextContents(), [
      "384 × 288",
      "20 fps",
      "0:20",
      "400 frames",
      "3.94 MB",
    ]);
    const thumbnail = "#movies > li:first-child img";
    await page.waitForFunction(isLoaded, [thumbnail, "/snapshot/"] as const);
    assertEquals(await numberIn(page, thumbnail), 134);
    await cards.first().locator("summary").click();
    const addresses = await cards.first().locator("dd code").allTextContents();
    assertEquals(addresses[0], `rtsp://127.0.0.1:${served.server.port}/movie.Mjpeg`);
    assertEquals(problems, []);
  },

  "a preview shows frame after frame, and stops": async (browser) => {
    await using served = await serve();
    const { page, problems } = await openCatalogue(browser, served.url);
    await page.getByRole("button", { name: "Preview movie.Mjpeg" }).click();
    const numbers: number[] = [];
    const deadlineMs = performance.now() + 10_000;
    while (numbers.length < 5 && performance.now() < deadlineMs) {
      const number = await numberIn(page, "#movies img");
      if (number !== undefined && number !== 134 && number !== numbers.at(-1)) numbers.push(number);
    }
    assertEquals(numbers.length, 5);
    assertEquals(numbers, numbers.toSorted((a, b) => a - b), "frames come in their order");
    await page.getByRole("button", { name: "Stop movie.Mjpeg" }).click();
    await page.getByRole("button", { name: "Preview movie.Mjpeg" }).waitFor();
    const metrics = async () => await (await fetch(`${served.url}metrics`)).text();
    const gone = performance.now() + 10_000;
    while (!/\nzoetrope_http_previews 0\n/.test(await metrics())) assert(performance.now() < gone);
    assertEquals(problems, []);
  },

  "a session appears, and ends by keyboard alone after a question": async (browser) => {
    await using served = await serve();
    const { page, problems } = await openCatalogue(browser, served.url);
    assertEquals(await page.locator("#session-note").textContent(), "Nobody is watching now.");
    const url = `rtsp://127.0.0.1:${served.server.port}/movie.Mjpeg`;
    await using client = RunningProgram.client([url, "--quiet"]);
    const row = page.locator("#sessions tr");
    await row.filter({ hasText: "playing" }).filter({ hasText: "20 fps" }).waitFor();
    assertMatch(await row.innerText(), /^127\.0\.0\.1:\d+\s+movie\.Mjpeg\s+playing\s+/);
    const button = row.getByRole("button", { name: /^End the session of 127\.0\.0\.1:\d+$/ });
    await button.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).press("Enter");
    assertEquals(await row.count(), 1);
    await button.press("Enter");
    await page.getByRole("button", { name: "End it" }).press("Enter");
    await page.getByText("Nobody is watching now.").waitFor();
    await page.locator("#log").getByText("ended on the web page by 127.0.0.1").first().waitFor();
    await client.finished();
    assertEquals(problems, []);
  },

  "the page says when the server is gone, and goes on when it is back": async (browser) => {
    const first = await serve();
    const { port } = new URL(first.url);
    const { page } = await openCatalogue(browser, first.url);
    await page.getByText("Live", { exact: true }).waitFor();
    await using _client = RunningProgram.client([
      `rtsp://127.0.0.1:${first.server.port}/movie.Mjpeg`,
      "--quiet",
    ]);
    const end = page.getByRole("button", { name: /^End the session/ });
    await end.waitFor();
    await first.server.stop("SIGKILL");
    await page.getByText("The server does not answer; trying again…").waitFor();
    await end.click();
    await page.getByRole("button", { name: "End it" }).click();
    const problem = page.getByRole("alert").getByText("The server does not answer", {
      exact: true,
    });
    await problem.waitFor();
    await using second = await serve([], port);
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 20_000 });
    await problem.waitFor({ state: "detached" });
    const { status } = await fetch(`${second.url}snapshot/movie.Mjpeg.jpg`);
    assertEquals(status, 200);
  },

  "axe-core finds nothing serious in light": (browser) => findsNothing(browser, "light"),

  "axe-core finds nothing serious in dark": (browser) => findsNothing(browser, "dark"),

  "nothing is cut off or overlaps the edge from 360 pixels to 4k": async (browser) => {
    await using served = await serve(["--test"]);
    const url = `rtsp://127.0.0.1:${served.server.port}/movie.Mjpeg`;
    await using _client = RunningProgram.client([url, "--quiet"]);
    for (const [width, height] of [[360, 740], [768, 1024], [1280, 900], [3840, 2160]] as const) {
      const { page } = await openCatalogue(browser, served.url, { viewport: { width, height } });
      await page.locator("#sessions tr").waitFor();
      await page.locator("#movies summary").first().click();
      const over = await page.evaluate(elementsOverTheEdge);
      assertEquals(over, [], `${width} pixels`);
      const size = Number.parseFloat(await page.locator("#log").evaluate(styleOf, "font-size"));
      assert(size >= Math.max(13, width / 200), `${size} pixels are small on a screen of ${width}`);
      await page.context().close();
    }
  },

  "a login opens the page and its pictures, with Digest": async (browser) => {
    const users = await Deno.makeTempFile({ prefix: "zoetrope-users-" });
    try {
      await Deno.writeTextFile(
        users,
        `ann:films:${digestSecret("MD5", "ann", "films", "secret")}\n`,
      );
      await using served = await serve(["--users", users]);
      const refused = await fetch(served.url);
      assertEquals(refused.status, 401);
      await refused.body?.cancel();
      const httpCredentials = { username: "ann", password: "secret" };
      const { page, problems } = await openCatalogue(browser, served.url, { httpCredentials });
      await page.getByText("Live", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Preview movie.Mjpeg" }).click();
      await page.waitForFunction(isLoaded, ["#movies img", "/preview/"] as const);
      assertEquals(problems, []);
    } finally {
      await Deno.remove(users);
    }
  },

  "a page elsewhere can neither read nor steer": async (browser) => {
    await using served = await serve();
    const url = `rtsp://127.0.0.1:${served.server.port}/movie.Mjpeg`;
    await using _client = RunningProgram.client([url, "--quiet"]);
    await served.server.says("stderr", /PLAY \S+: 200 OK/);
    const elsewhere = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () =>
        new Response("<!DOCTYPE html><title>Elsewhere</title>", {
          headers: { "content-type": "text/html" },
        }),
    );
    try {
      const { page } = await openPage(browser, `http://localhost:${elsewhere.addr.port}/`);
      const id = (await (await fetch(`${served.url}api/sessions`)).json()).sessions[0]?.id ?? "1";
      const results = await page.evaluate(meddle, [served.url, String(id)] as const);
      assertEquals(results, ["refused", "refused", "refused"]);
      const { sessions } = await (await fetch(`${served.url}api/sessions`)).json();
      assertEquals(sessions.length, 1);
    } finally {
      await elsewhere.shutdown();
    }
  },
});
