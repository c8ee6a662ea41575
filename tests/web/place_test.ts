import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { RunningProgram } from "../support/programs.ts";
import { browserTests, openPage } from "./browser.ts";
import {
  button,
  differentFrames,
  inState,
  playing,
  setUpAndPlay,
  type ShownFrame,
} from "./played_window.ts";
import { RecordingProxy } from "./recording_proxy.ts";

/** Of the built-in movie. */
const [FRAMES_PER_SECOND, SECONDS] = [20, 20];

const bar = (page: Page) => page.getByRole("slider", { name: "Position" });
const speed = (page: Page) => page.getByLabel("Speed", { exact: true });

/** Headers of the PLAY requests in the conversation. */
async function plays(page: Page, header: string): Promise<(string | undefined)[]> {
  const texts = await page.locator("#log .client .message").allTextContents();
  return texts.filter((text) => text.startsWith("PLAY ")).map((text) =>
    new RegExp(`^${header}: (.*)$`, "m").exec(text)?.[1]
  );
}

/** Waits for a frame of this part of the movie. */
async function frameBetween(page: Page, from: number, to: number): Promise<number> {
  const seen: number[] = [];
  for (let i = 0; i < 100; i++) {
    const [{ inMovie = -1 } = {}] = await differentFrames(page, 1);
    if (inMovie >= from && inMovie < to) return inMovie;
    seen.push(inMovie);
  }
  throw new Error(`No frame from ${from} to ${to} came, but ${seen.join()}`);
}

/** Whether bar and picture are at the same place, but for the bar's steps and one frame. */
function goesAlong(frames: readonly ShownFrame[]): void {
  assertEquals(frames.length, 8);
  for (const { inMovie = NaN, place } of frames) {
    assertAlmostEquals(place, inMovie / FRAMES_PER_SECOND, 0.16);
  }
}

browserTests("the window's place in the movie, in Chromium", {
  "dragging the bar seeks once, on release, and the bar goes on from there": async (browser) => {
    await using play = await playing();
    const { page, problems } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText(/^0:0[1-9] \/ 0:20$/).waitFor();
    const box = await bar(page).boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
    const [x, y] = [(share: number) => box.x + box.width * share, box.y + box.height / 2];
    await page.mouse.move(x(0.05), y);
    await page.mouse.down();
    for (const share of [0.2, 0.5, 0.9, 0.6]) await page.mouse.move(x(share), y, { steps: 5 });
    assertEquals(await plays(page, "Range"), [undefined]);
    assertEquals(await page.locator("#position").textContent(), "0:12 / 0:20");
    await page.mouse.up();
    await page.locator("#log .client").getByText("Range: npt=").waitFor();
    await frameBetween(page, 11 * FRAMES_PER_SECOND, 14 * FRAMES_PER_SECOND);
    const ranges = await plays(page, "Range");
    assertEquals(ranges.length, 2);
    assertAlmostEquals(Number(/npt=([\d.]+)-/.exec(ranges[1] ?? "")?.[1]), 12, 0.5);
    await page.getByText(/^0:1[3-6] \/ 0:20$/).waitFor();
    assert(Number(await bar(page).inputValue()) > 12.5);
    assertEquals(problems, []);
  },

  "the bar goes with the picture, also backwards over the start of a looping movie": async (
    browser,
  ) => {
    await using play = await playing();
    const { page, problems } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText("0:01 / 0:20").waitFor();
    goesAlong(await differentFrames(page, 8));
    await speed(page).selectOption("-2");
    await frameBetween(page, 10 * FRAMES_PER_SECOND, SECONDS * FRAMES_PER_SECOND);
    goesAlong(await differentFrames(page, 8));
    assertEquals(problems, []);
  },

  "the end of the stream is told of, the bar being at its end, until it goes on": async (
    browser,
  ) => {
    await using play = await playing([], { serverArgs: [] });
    const { page, problems } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await speed(page).selectOption("8");
    await page.getByText("State: READY, end of stream").waitFor();
    await page.getByText("0:20 / 0:20").waitFor();
    const later = await openPage(browser, play.url);
    await later.page.getByText("State: READY, end of stream").waitFor();
    await button(page, "PLAY").click();
    await page.getByText(/^State: PLAYING$/).waitFor();
    assertEquals(problems, []);
  },

  "a seek to the very end shows what is there, and is none that servers refuse": async (
    browser,
  ) => {
    await using play = await playing([], { serverArgs: [] });
    const { page, problems } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText("/ 0:20").waitFor(); // before it, there is nowhere to go to
    await bar(page).press("End");
    await page.getByText("State: READY, end of stream").waitFor();
    assertEquals((await plays(page, "Range"))[1], "npt=19.9-");
    await page.getByText("0:20 / 0:20").waitFor();
    assertEquals(await page.locator("#problem").textContent(), "");
    await button(page, "PLAY").click();
    await frameBetween(page, 0, 5 * FRAMES_PER_SECOND);
    assertEquals(problems, []);
  },

  "the bar has a name and its value in words, and keys move it": async (browser) => {
    await using play = await playing();
    const { page } = await openPage(browser, play.url);
    assertEquals(await bar(page).isDisabled(), true);
    await page.getByText("Where to go is known once the server has described the movie.").waitFor();
    await button(page, "SETUP").click();
    await inState(page, "READY");
    await page.getByText("0:00 / 0:20").waitFor();
    await bar(page).focus();
    await page.keyboard.press("End");
    for (let i = 0; i < 3; i++) await page.keyboard.press("PageDown");
    assertEquals(await bar(page).getAttribute("aria-valuetext"), "0:14 of 0:20");
    await page.locator("#log").getByText("SETUP").first().waitFor();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assertEquals(await page.locator("#position").textContent(), "0:14 / 0:20"); // it waits for PLAY
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("p");
    await frameBetween(page, 14 * FRAMES_PER_SECOND - 1, SECONDS * FRAMES_PER_SECOND);
    assertEquals(await plays(page, "Range"), ["npt=14-"]);
  },

  "at speed 2 the movie goes by twice as fast as RTP's clock, and back at 1": async (browser) => {
    const folder = await Deno.makeTempDir();
    try {
      await using play = await playing(["--dump", `${folder}/out`]);
      const { page, problems } = await openPage(browser, play.url);
      await setUpAndPlay(page);
      const seen = [await differentFrames(page, 4)];
      for (const scale of ["2", "1"]) {
        await speed(page).selectOption(scale);
        await page.locator("#log .client").getByText(`Scale: ${scale}`).waitFor();
        await inState(page, "PLAYING");
        await differentFrames(page, 3);
        seen.push(await differentFrames(page, 6));
      }
      assertEquals(await plays(page, "Scale"), [undefined, "2", "1"]);
      assertEquals(await plays(page, "Range"), [undefined, undefined, undefined]);
      await play.client.stop("SIGINT");
      const [, ...rows] = (await Deno.readTextFile(`${folder}/out/frames.csv`)).trim().split("\n");
      const ticks = rows.map((row) => Number(row.split(",")[2]));
      for (const [i, frames] of seen.entries()) {
        const [first, last] = [frames[0], frames.at(-1)];
        const shown = (last?.inMovie ?? 0) - (first?.inMovie ?? 0);
        const ticksBetween = (ticks[(last?.number ?? 0) - 1] ?? 0) -
          (ticks[(first?.number ?? 0) - 1] ?? 0);
        assert(shown > 0, `${shown} frames`);
        const pace = shown / FRAMES_PER_SECOND / (ticksBetween / 90_000);
        assertAlmostEquals(pace, i === 1 ? 2 : 1, 0.01);
      }
      assertEquals(problems, []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },

  "a server without Scale is told of, and the control goes back to what it plays at": async (
    browser,
  ) => {
    await using server = await RunningProgram.server(["--loop"]);
    const rewrite = (text: string) => text.replace(/^Scale: .*\r\n/m, "");
    await using proxy = new RecordingProxy(server.port, rewrite);
    await using play = await playing([], {
      movie: () => `rtsp://127.0.0.1:${proxy.port}/movie.Mjpeg`,
    });
    const { page } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await differentFrames(page, 2);
    await speed(page).selectOption("4");
    await page.getByText("The server plays at 1×, it was asked for 4×.").waitFor();
    assertEquals(await speed(page).inputValue(), "1");
    await speed(page).selectOption("0.5");
    await page.getByText("The server plays at 1×, it was asked for ½×.").waitFor();
  },

  "what is live has no place to go to, and says so": async (browser) => {
    await using play = await playing([], {
      serverArgs: ["--test"],
      movie: (port) => `rtsp://127.0.0.1:${port}/test`,
    });
    const { page } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText("The server names no end: it is live.").waitFor();
    assertEquals(await bar(page).isDisabled(), true);
  },

  "choosing a place or a speed hides nothing of what went wrong": async (browser) => {
    await using play = await playing();
    const { page } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText("/ 0:20").waitFor(); // before it, there is nowhere to go to
    await play.server.stop("SIGKILL");
    const problem = page.getByRole("alert").getByText("Press SETUP to try again.");
    await problem.waitFor();
    await bar(page).press("End");
    await speed(page).selectOption("2");
    await page.getByText("0:20 / 0:20").waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1000)); // what follows keys later
    assertEquals(await problem.count(), 1);
  },
});
