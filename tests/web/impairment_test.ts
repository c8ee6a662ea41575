import { assert, assertEquals } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { browserTests, openPage } from "./browser.ts";
import { button, differentFrames, hindrances, playing, setUpAndPlay } from "./played_window.ts";

/** One of the figures. */
async function figure(page: Page, name: string): Promise<number> {
  const cell = page.locator("#facts div").filter({ has: page.getByText(name, { exact: true }) });
  return Number(await cell.locator("dd").textContent());
}

/** Waits until a figure has grown by this. */
async function grows(page: Page, name: string, by: number): Promise<void> {
  const before = await figure(page, name);
  for (let i = 0; i < 200; i++) {
    if (await figure(page, name) >= before + by) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} stays at ${await figure(page, name)}, ${before + by} was awaited`);
}

const UNITS = new Map([["Delay", "ms"], ["Jitter", "ms"], ["Seed", ""]]);

function field(page: Page, label: string): Locator {
  const unit = UNITS.get(label) ?? "%";
  const name = unit === "" ? label : `${label} (${unit})`;
  return page.getByRole("spinbutton", { name, exact: true });
}

const option = (page: Page) => page.locator("#faults-text");

browserTests("the window's bad network, in Chromium", {
  "loss acts at once, is shown as an option, and ends with 0": async (browser) => {
    await using play = await playing(["--transport", "udp"]);
    const { page, problems } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await grows(page, "Packets", 50);
    assertEquals(await figure(page, "Lost"), 0);
    await field(page, "Loss").fill("50");
    await field(page, "Seed").fill("7");
    await option(page).getByText("--impair loss=50%,seed=7").waitFor();
    await grows(page, "Lost", 50);
    await field(page, "Loss").fill("0");
    await page.locator("#faults-text:empty").waitFor({ state: "attached" });
    await differentFrames(page, 3);
    await grows(page, "Packets", 20);
    const lost = await figure(page, "Lost");
    const broken = await figure(page, "Broken frames");
    await grows(page, "Packets", 200);
    assertEquals([await figure(page, "Lost"), await figure(page, "Broken frames")], [lost, broken]);
    assertEquals(problems, []);
  },

  "duplicates and reordering are seen in the figures, delay is not": async (browser) => {
    await using play = await playing(["--transport", "udp"]);
    const { page } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await field(page, "Duplication").fill("30");
    await field(page, "Delay").fill("5");
    await option(page).getByText("--impair delay=5ms,duplicate=30%,seed=1").waitFor();
    await grows(page, "Duplicates", 10);
    await button(page, "No faults").click();
    await page.locator("#faults-text:empty").waitFor({ state: "attached" });
    assertEquals(await field(page, "Duplication").inputValue(), "0");
    await field(page, "Reordering").fill("10");
    await grows(page, "Reordered", 3);
  },

  "begins with --impair, is the same on every page, and can be copied": async (browser) => {
    await using play = await playing(["--impair", "loss=2.5%,delay=1.5s,seed=9"]);
    const first = await openPage(browser, play.url);
    const second = await openPage(browser, play.url);
    for (const { page } of [first, second]) {
      await option(page).getByText("--impair loss=2.5%,delay=1500ms,seed=9").waitFor();
      assertEquals(await field(page, "Delay").inputValue(), "1500");
    }
    await field(first.page, "Jitter").fill("4");
    await option(second.page).getByText("delay=1500ms,jitter=4ms,seed=9").waitFor();
    assertEquals(await field(second.page, "Jitter").inputValue(), "4");
    await second.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button(second.page, "Copy the option").click();
    assertEquals(
      await second.page.evaluate("navigator.clipboard.readText()"),
      "--impair loss=2.5%,delay=1500ms,jitter=4ms,seed=9",
    );
  },

  "a wrong value is told at its field, and changes nothing": async (browser) => {
    await using play = await playing();
    const { page } = await openPage(browser, play.url);
    await field(page, "Loss").fill("101");
    await page.getByText("Loss is a number from 0 to 100, in %.").waitFor();
    assertEquals(await field(page, "Loss").getAttribute("aria-invalid"), "true");
    await field(page, "Seed").fill("1.5");
    await page.getByText("Seed is an integer from 0 to 4294967295.").waitFor();
    assertEquals(await option(page).textContent(), "");
    assertEquals(await hindrances(page), []);
    await field(page, "Seed").fill("2");
    await field(page, "Loss").fill("1");
    await option(page).getByText("--impair loss=1%,seed=2").waitFor();
    assertEquals(await page.getByText("Loss is a number").count(), 0);
  },

  "over TCP it is disabled, and says why": async (browser) => {
    await using play = await playing(["--transport", "tcp"]);
    const { page } = await openPage(browser, play.url);
    await setUpAndPlay(page);
    await page.getByText("there are no datagrams to damage").waitFor();
    assert(await field(page, "Loss").isDisabled());
    assertEquals(await hindrances(page), []);
  },
});
