import type { Browser, Page } from "playwright-core";
import { commandLine, ROOT } from "../tests/support/programs.ts";
import { launchBrowser, openPage } from "../tests/web/browser.ts";
import { makeFrames } from "./server_media.ts";
import { BenchProcess } from "./server_process.ts";

/** What is played. */
export interface WatchedMovie {
  readonly width: number;
  readonly height: number;
  /** Mean length of a frame that is aimed at, in bytes. */
  readonly frameLength: number;
  readonly framesPerSecond: number;
}

/** A server, a client and the page of its window in a browser, while they play. */
export interface WatchedPlay extends AsyncDisposable {
  readonly server: BenchProcess;
  readonly client: BenchProcess;
  readonly browser: Browser;
  readonly page: Page;
  /** Mean length of a frame, in bytes. */
  readonly frameLength: number;
}

/**
 * Plays a movie over and over, by UDP on loopback, in headless Chromium.
 *
 * @param client The client's command, to which its arguments are added.
 * @param pageScript Run in the page before its own.
 */
export async function watchPlay(
  movie: WatchedMovie,
  client: readonly [string, ...string[]],
  pageScript: string,
): Promise<WatchedPlay> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-window-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const frames = makeFrames(movie);
  await Deno.writeFile(
    `${folder}/movie.mjpeg`,
    new Blob(frames.map((one) => one.slice())).stream(),
  );
  const rate = ["--fps", String(movie.framesPerSecond)];
  const start = ([program, ...args]: readonly [string, ...string[]]) =>
    stack.use(new BenchProcess(program, args, decodeURIComponent(ROOT.pathname)));
  const server = start(commandLine("server", ["0", "--media", folder, "--loop", "-q", ...rate]));
  const [, port] = await server.line(/rtsp:\/\/\S*?:(\d+)\//);
  const url = `rtsp://127.0.0.1:${port}/movie.mjpeg`;
  const watching = start([...client, url, "--window", "--quiet"]);
  const [, address = ""] = await watching.line(/Window: +(http:\S+)/);
  const browser = await launchBrowser();
  stack.defer(() => browser.close());
  const { page } = await openPage(browser, "about:blank");
  await page.addInitScript(pageScript);
  await page.goto(address);
  for (const name of ["SETUP", "PLAY"]) {
    await page.getByRole("button", { name, exact: true }).click();
  }
  await page.getByText("State: PLAYING").waitFor();
  const whole = stack.move();
  return {
    ...{ server, client: watching, browser, page },
    frameLength: Math.round(frames.reduce((sum, { length }) => sum + length, 0) / frames.length),
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
}
