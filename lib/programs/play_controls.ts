import { describeKeys, keyStep } from "../client/key_step.ts";
import type { PlayStep } from "../client/play_plan.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import { ClientKeys } from "../sockets/client_keys.ts";
import { onStopSignals } from "./on_stop_signals.ts";
import { buttonsOf } from "./play_source.ts";

/** What is steered; each call returns at once. */
export interface Steered {
  /** A signal has come. */
  stop(): void;
  /** A key was pressed that means this. */
  command(step: PlayStep): void;
  /** Something for its user to read. */
  tell(line: string): void;
}

/** Signals and keys, for all plays of a process. */
export class PlayControls {
  readonly #signals: Disposable;
  readonly #keys: ClientKeys | undefined;

  private constructor(stop: () => void, keys: ClientKeys | undefined) {
    this.#signals = onStopSignals(stop);
    this.#keys = keys;
  }

  /** Begins to listen; to keys where there is a terminal and no script. */
  static start(options: ClientOptions, steered: Steered): PlayControls {
    const buttons = buttonsOf(options) ?? 3;
    const keys = options.script !== undefined ? undefined : ClientKeys.start((key) => {
      const step = keyStep(key, buttons);
      if (step !== undefined) steered.command(step);
    });
    if (keys !== undefined && !options.quiet) steered.tell(describeKeys(buttons));
    return new PlayControls(() => steered.stop(), keys);
  }

  /** Signals and keys mean again what they meant before. */
  close(): void {
    this.#signals[Symbol.dispose]();
    this.#keys?.close();
  }
}
