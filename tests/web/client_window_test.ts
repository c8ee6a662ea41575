import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { RunningProgram } from "../support/programs.ts";
import { browserTests, openPage } from "./browser.ts";
import { elementsOverTheEdge, openSocket, styleOf } from "./in_page.js";
import {
  button,
  differentNumbers,
  frameOn,
  hindrances,
  inState,
  playing,
} from "./played_window.ts";

async function enabled(page: Page): Promise<string[]> {
  return await page.locator("#buttons button:enabled").allTextContents();
}

/** Opens a message's bytes, and writes what is wrong into a field. */
async function openAll(page: Page): Promise<void> {
  await page.locator("#log summary").first().click();
  await page.locator("#log pre").getByText(/^0000 /).first().waitFor();
  await page.getByRole("spinbutton", { name: "Delay (ms)" }).fill("99999");
  await page.getByText("Delay is a number from 0 to 60000, in ms.").waitFor();
}

async function findsNothing(browser: Browser, colorScheme: "light" | "dark"): Promise<void> {
  await using play = await playing();
  const { page } = await openPage(browser, play.url, { colorScheme });
  await button(page, "DESCRIBE").click();
  await page.locator("#description").getByText("m=video").waitFor();
  assertEquals(await hindrances(page), []);
  await button(page, "SETUP").click();
  await inState(page, "READY");
  await button(page, "PLAY").click();
  await page.locator("#rtp-fields").getByText("26", { exact: true }).waitFor();
  await openAll(page);
  assertEquals(await hindrances(page), []);
  const ground = await page.locator("body").evaluate(styleOf, "background-color");
  assertEquals(ground, colorScheme === "light" ? "rgb(246, 247, 248)" : "rgb(20, 24, 28)");
}

browserTests("the client's window in Chromium", {
  "four buttons: the picture advances, stands still on PAUSE, goes on": async (browser) => {
    await using play = await playing();
    const { page, problems } = await openPage(browser, play.url);
    await button(page, "SETUP").waitFor();
    assertEquals(await enabled(page), ["SETUP", "DESCRIBE"]);
    await button(page, "SETUP").click();
    await inState(page, "READY");
    assertEquals(await enabled(page), ["PLAY", "TEARDOWN", "DESCRIBE"]);
    await button(page, "PLAY").click();
    await inState(page, "PLAYING");
    assertEquals(await enabled(page), ["PAUSE", "TEARDOWN", "DESCRIBE"]);
    const first = await differentNumbers(page, 5);
    assertEquals(first.length, 5);
    assertEquals(first, first.toSorted((a, b) => a - b), "frames come in their order");
    await button(page, "PAUSE").click();
    await inState(page, "READY");
    await new Promise((resolve) => setTimeout(resolve, 300)); // what was under way
    const { inMovie: still } = await frameOn(page);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assertEquals((await frameOn(page)).inMovie, still);
    await button(page, "PLAY").click();
    const further = await differentNumbers(page, 4);
    assert((further.at(-1) ?? 0) > (still ?? Infinity), `${further} after ${still}`);
    await page.locator("#log .client").getByText("PAUSE rtsp://").first().waitFor();
    await page.locator("#log .server").getByText("200 OK").first().waitFor();
    await button(page, "TEARDOWN").click();
    await inState(page, "INIT");
    assertEquals(problems, []);
  },

  "three buttons: play sets up, stop tears down; the keys do the same": async (browser) => {
    await using play = await playing(["--buttons", "3"]);
    const { page, problems } = await openPage(browser, play.url);
    await button(page, "Play").waitFor();
    assertEquals(await enabled(page), ["Play", "DESCRIBE"]);
    await button(page, "Play").click();
    await inState(page, "PLAYING");
    assertEquals((await differentNumbers(page, 3)).length, 3);
    await page.locator("body").press("a");
    await inState(page, "READY");
    await page.locator("h1").press(" ");
    await inState(page, "PLAYING");
    await page.locator("body").press("s");
    await inState(page, "INIT");
    assertEquals(problems, []);
    await button(page, "Play").click();
    assertEquals((await differentNumbers(page, 2)).length, 2);
    await play.server.stop("SIGKILL");
    await page.getByRole("alert").getByText("Press Play to try again.").waitFor();
    assertEquals(await hindrances(page), []);
    await using _again = await RunningProgram.server(["--loop"], play.server.port);
    await button(page, "Play").click();
    await inState(page, "PLAYING");
  },

  "arrows jump, f and a double click fill the screen, and a box turns all keys off": async (
    browser,
  ) => {
    await using play = await playing();
    const { page, problems } = await openPage(browser, play.url);
    const isFull = () => page.evaluate("document.fullscreenElement?.id === 'picture'");
    await page.locator("body").press("s");
    await inState(page, "READY");
    assertEquals(
      await page.title(),
      `movie.Mjpeg from 127.0.0.1:${play.server.port} – Zoetrope player`,
    );
    await page.getByText("0:00 / 0:20").waitFor();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]) {
      await page.locator("body").press(key);
    }
    await page.getByText("0:10 / 0:20").waitFor();
    await page.locator("body").press("p");
    await page.locator("#log .client").getByText("Range: npt=10-").waitFor();
    await page.locator("body").press("f");
    assertEquals(await isFull(), true);
    await page.locator("body").press("f");
    assertEquals(await isFull(), false);
    await page.locator("#picture").dblclick();
    assertEquals(await isFull(), true);
    await page.locator("body").press("f");
    await page.getByRole("checkbox", { name: /^Keys/ }).uncheck();
    for (const key of ["a", "ArrowRight", " ", "f"]) await page.locator("h1").press(key);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await inState(page, "PLAYING");
    assertEquals(await isFull(), false);
    assertEquals(await page.locator("#log .client").getByText("Range: npt=").count(), 1);
    assertEquals(problems, []);
  },

  "a server that goes is told of, and SETUP finds it when it is back": async (browser) => {
    await using play = await playing();
    const { page } = await openPage(browser, play.url);
    await button(page, "SETUP").click();
    await inState(page, "READY");
    await button(page, "PLAY").click();
    assertEquals((await differentNumbers(page, 3)).length, 3);
    await play.server.stop("SIGKILL");
    await inState(page, "INIT");
    await page.getByRole("alert").getByText("Press SETUP to try again.").waitFor();
    await button(page, "SETUP").click();
    await page.getByRole("alert").getByText("nobody listens there").waitFor();
    assertEquals(await enabled(page), ["SETUP", "DESCRIBE"]);
    await using _again = await RunningProgram.server(["--loop"], play.server.port);
    await button(page, "SETUP").click();
    await inState(page, "READY");
    assertEquals(await page.locator("#problem").textContent(), "");
  },

  "a page that comes later sees the state, the picture and what was said": async (browser) => {
    await using play = await playing();
    const first = await openPage(browser, play.url);
    await button(first.page, "SETUP").click();
    await inState(first.page, "READY");
    await button(first.page, "PLAY").click();
    await differentNumbers(first.page, 2);
    await button(first.page, "PAUSE").click();
    await inState(first.page, "READY");
    const { page } = await openPage(browser, play.url);
    await inState(page, "READY");
    assertEquals((await differentNumbers(page, 1)).length, 1);
    await page.locator("#log .client").getByText("SETUP rtsp://").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button(page, "Save this frame").click(),
    ]);
    const saved = await Deno.readFile(await download.path());
    assertEquals([saved[0], saved[1], saved.at(-2), saved.at(-1)], [0xff, 0xd8, 0xff, 0xd9]);
  },

  "the lab dialect is shown as well, without a place to go to": async (browser) => {
    await using server = await RunningProgram.server();
    const words = ["127.0.0.1", String(server.port), "0", "movie.Mjpeg", "--window"];
    await using client = RunningProgram.client(words);
    const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
    const { page, problems } = await openPage(browser, url);
    await button(page, "SETUP").click();
    await inState(page, "READY");
    await button(page, "PLAY").click();
    assertEquals((await differentNumbers(page, 3)).length, 3);
    await page.locator("#facts").getByText("lab", { exact: true }).waitFor();
    for (const label of ["Position", "Speed"]) {
      assertEquals(await page.getByLabel(label, { exact: true }).isDisabled(), true);
    }
    await page.getByText("The lab dialect has no places to go to, and one speed.").waitFor();
    assertEquals(await hindrances(page), []);
    await page.locator("#rtp-fields").getByText("26", { exact: true }).waitFor();
    await button(page, "TEARDOWN").click();
    await inState(page, "INIT");
    assertEquals(problems, []);
  },

  "axe-core finds nothing serious in light": (browser) => findsNothing(browser, "light"),

  "axe-core finds nothing serious in dark": (browser) => findsNothing(browser, "dark"),

  "nothing is cut off or overlaps the edge from 360 pixels to 4k": async (browser) => {
    await using play = await playing();
    for (const [width, height] of [[360, 740], [1280, 900], [3840, 2160]] as const) {
      const { page } = await openPage(browser, play.url, { viewport: { width, height } });
      await button(page, "DESCRIBE").click();
      await page.locator("#description").getByText("m=video").waitFor();
      await openAll(page);
      assertEquals(await page.evaluate(elementsOverTheEdge), [], `${width} pixels`);
      await page.context().close();
    }
  },

  "a page elsewhere can neither look on nor steer": async (browser) => {
    await using play = await playing();
    const elsewhere = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () =>
        new Response("<!DOCTYPE html><title>Elsewhere</title>", {
          headers: { "content-type": "text/html" },
        }),
    );
    try {
      const { page } = await openPage(browser, `http://localhost:${elsewhere.addr.port}/`);
      const live = `${play.url.replace("http", "ws")}live`;
      assertEquals(await page.evaluate(openSocket, live), "refused");
      const own = await openPage(browser, play.url);
      assertEquals(await own.page.evaluate(openSocket, live), "open");
    } finally {
      await elsewhere.shutdown();
    }
  },
});
