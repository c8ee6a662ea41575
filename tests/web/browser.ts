import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Debian's; where it is missing, tests that need it are skipped. */
const CHROMIUM = "/usr/bin/chromium";

/** It asks nobody anything, and draws without a graphics card. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a page may take for anything. */
const PATIENCE_MS = 10_000;

/** Whether tests in a browser can be run on this machine. */
export function hasBrowser(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

/** Starts one. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Tests by their names, each with the browser that all of them share. */
export type BrowserTests = Readonly<Record<string, (browser: Browser) => Promise<void>>>;

/** Runs tests in one browser, one after the other; skipped, and said so, where there is none. */
export function browserTests(name: string, tests: BrowserTests): void {
  const ignore = !hasBrowser();
  Deno.test({
    name: ignore ? `${name} (skipped: ${CHROMIUM} is not there)` : name,
    ignore,
    // The library keeps its timers and pipes a moment longer than the browser.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async (context) => {
      const browser = await launchBrowser();
      try {
        for (const [title, run] of Object.entries(tests)) {
          await context.step({
            name: title,
            sanitizeOps: false,
            sanitizeResources: false,
            fn: async () => {
              await run(browser);
              await Promise.all(browser.contexts().map((one) => one.close()));
            },
          });
        }
      } finally {
        await browser.close();
      }
    },
  });
}

/** A page, and what went wrong in it. */
export interface OpenedPage {
  readonly page: Page;
  /** What the page has thrown or logged as an error, and what its policy has refused. */
  readonly problems: string[];
}

/** Opens an address in a window of its own, with its own logins. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}
