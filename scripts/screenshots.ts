/**
 * Takes the pictures of the client's window and of the server's page that README and docs show, in
 * Debian's Chromium, while our own movie plays: docs/images/window.webp and page.webp. `make screenshots`
 * after a change that they should show; it takes a minute and a half.
 */
import type { Browser, Page } from "playwright-core";
import { launchBrowser, openPage } from "../tests/web/browser.ts";
import { button, playing, setUpAndPlay } from "../tests/web/played_window.ts";
import { RunningProgram } from "../tests/support/programs.ts";
import { webpOf } from "./webp_of.js";

const IMAGES = new URL("../docs/images/", import.meta.url);

/** Below the last thing in a picture, in CSS pixels. */
const MARGIN = 16;

/** Of WebP, from 0 to 1. */
const QUALITY = 0.85;

/** Long enough for plots that say something. */
const FILLING_MS = 40_000;

const MOST_OCTETS = 150_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes a page down to this element, and writes it as WebP, which the browser itself makes of it. */
async function take(page: Page, name: string, last: string): Promise<void> {
  await page.locator("h1").click(); // no field has the focus, and the page is at its top
  const { y = 0, height = 0 } = await page.locator(last).boundingBox() ?? {};
  const { width } = page.viewportSize() ?? { width: 0 };
  const clip = { x: 0, y: 0, width, height: Math.round(y + height) + MARGIN };
  const png = await page.screenshot({ fullPage: true, clip });
  const blank = await page.context().newPage();
  const base64 = await blank.evaluate(webpOf, [png.toString("base64"), QUALITY] as const);
  await blank.close();
  const webp = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (webp.length > MOST_OCTETS) throw new Error(`${name} has ${webp.length} bytes: too many`);
  await Deno.writeFile(new URL(name, IMAGES), webp);
  const line = `docs/images/${name}: ${webp.length} bytes\n`;
  await Deno.stdout.write(new TextEncoder().encode(line));
}

async function takeWindow(browser: Browser): Promise<void> {
  await using play = await playing();
  const { page } = await openPage(browser, play.url);
  await setUpAndPlay(page);
  await pause(FILLING_MS / 2);
  await page.getByLabel("Loss (%)").fill("2");
  await page.getByLabel("Jitter (ms)").fill("5");
  await page.getByLabel("Seed").fill("7");
  await pause(FILLING_MS / 2);
  await button(page, "PAUSE").waitFor();
  await take(page, "window.webp", "#plots");
}

async function takePage(browser: Browser): Promise<void> {
  await using server = await RunningProgram.server(["--test", "--loop", "--http", "0"]);
  const [, url = ""] = await server.says("stdout", /(http:\S+)/);
  const movie = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { page } = await openPage(browser, url);
  await using _first = RunningProgram.client([movie, "--quiet"]);
  await pause(FILLING_MS / 4);
  await using _second = RunningProgram.client([movie, "--quiet", "--transport", "tcp"]);
  await pause(FILLING_MS / 4);
  const test = `rtsp://127.0.0.1:${server.port}/test`;
  await using _third = RunningProgram.client([test, "--quiet", "--impair", "loss=2%,seed=7"]);
  await pause(FILLING_MS / 2);
  await take(page, "page.webp", "#session-table");
}

const browser = await launchBrowser();
try {
  await takeWindow(browser);
  await takePage(browser);
} finally {
  await browser.close();
}
