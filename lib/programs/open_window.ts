import type { PlayRunner } from "../client/play_runner.ts";
import { formatSource } from "../client/failure_sentence.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import { openBrowser } from "./open_browser.ts";
import type { PlaySteering } from "./play_steering.ts";
import { PlayWindow } from "./play_window.ts";
import { buttonsOf } from "./play_source.ts";
import { WindowError } from "./window_error.ts";

/** What a window is opened with. */
export interface WindowParts {
  readonly version: string;
  readonly runner: PlayRunner;
  readonly steering: PlaySteering;
  /** Tells its user where the window is. */
  tell(line: string): void;
  /** Something went wrong that does not matter much. */
  complain(sentence: string): void;
}

/**
 * Opens the client's window, and the desktop's browser on it where that is wanted.
 *
 * @throws {WindowError} Its port cannot be had.
 */
export async function openWindow(options: ClientOptions, parts: WindowParts): Promise<PlayWindow> {
  const { window: port = 0, open, target, impair: impairment } = options;
  const { version, runner, steering } = parts;
  const source = formatSource(target);
  const buttons = buttonsOf(options) ?? 4;
  let window: PlayWindow;
  try {
    window = await PlayWindow.open({
      ...{ port, version, source, buttons, runner, impairment, steering },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new WindowError(error.message, { cause: error });
  }
  parts.tell(`Window: ${window.address}`);
  const problem = open ? await openBrowser(window.address) : undefined;
  if (problem !== undefined) parts.complain(problem);
  return window;
}
