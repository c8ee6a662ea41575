import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { readFrameBlocks } from "../../lib/movie/frame_blocks.ts";
import { RunningProgram, type RunningServer } from "../support/programs.ts";
import { shownFrame } from "./in_page.js";

/** In pixels: enough to read the frame-number blocks for sure. */
const [WIDTH, HEIGHT] = [96, 72];

/** How long a picture may take to come. */
const PATIENCE_MS = 10_000;

/** A server, and a client with its window. */
export interface Playing extends AsyncDisposable {
  readonly server: RunningServer;
  readonly client: RunningProgram;
  /** The window's. */
  readonly url: string;
}

/** How a client and its server differ from the usual ones. */
export interface PlayingOptions {
  readonly serverArgs?: readonly string[];
  /** The server's address as the client sees it; its own without one. */
  readonly movie?: (serverPort: number) => string;
}

/** Starts both programs. @param args The client's, beside what to play. */
export async function playing(
  args: readonly string[] = [],
  options: PlayingOptions = {},
): Promise<Playing> {
  const { serverArgs = ["--loop"] } = options;
  const { movie = (port) => `rtsp://127.0.0.1:${port}/movie.Mjpeg` } = options;
  const server = await RunningProgram.server(serverArgs);
  const client = RunningProgram.client([movie(server.port), "--window", ...args]);
  const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
  return {
    ...{ server, client, url },
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A picture on the page. */
export interface ShownFrame {
  /** The client's, from 1. */
  readonly number: number;
  /** The movie's, as the picture has it, from 0; `undefined` where it cannot be read. */
  readonly inMovie: number | undefined;
  /** Where the bar is at the same time, in seconds. */
  readonly place: number;
}

/** What the canvas shows. */
export async function frameOn(page: Page): Promise<ShownFrame> {
  const shown = await page.locator("#picture").evaluate(shownFrame, [WIDTH, HEIGHT] as const);
  const luma = Uint8Array.from(shown.luma);
  const { number, place } = shown;
  return { number, place, inMovie: readFrameBlocks(luma, WIDTH, HEIGHT) };
}

/** Frames that the page shows one after the other. */
export async function differentFrames(page: Page, count: number): Promise<ShownFrame[]> {
  const frames: ShownFrame[] = [];
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (frames.length < count && performance.now() < deadlineMs) {
    const frame = await frameOn(page);
    if (frame.inMovie !== undefined && frame.number !== frames.at(-1)?.number) frames.push(frame);
  }
  return frames;
}

/** Their numbers in the movie. */
export async function differentNumbers(page: Page, count: number): Promise<number[]> {
  return (await differentFrames(page, count)).map(({ inMovie = -1 }) => inMovie);
}

/** One of the player's buttons. */
export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Waits for a state. */
export async function inState(page: Page, state: string): Promise<void> {
  await page.getByText(`State: ${state}`).waitFor();
}

/** Presses SETUP and PLAY. */
export async function setUpAndPlay(page: Page): Promise<void> {
  await button(page, "SETUP").click();
  await inState(page, "READY");
  await button(page, "PLAY").click();
  await inState(page, "PLAYING");
}

/** What axe finds serious, a line each. */
export async function hindrances(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>("axe.run()");
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
