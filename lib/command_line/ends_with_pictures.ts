import type { ClientOptions } from "./client_options.ts";

/** What of a client's options may want frames beside pictures. */
export type WantingOptions =
  & Pick<ClientOptions, "test" | "window" | "buttons" | "script">
  & {
    readonly outputs: Pick<
      ClientOptions["outputs"],
      "choice" | "record" | "toStdout" | "stats" | "report" | "pcap" | "limits"
    >;
  };

/**
 * Whether a play is over once the last picture has been taken that `--at` names: nothing else wants the
 * frames after it, and nobody steers the play.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const outputs = { choice: { kind: "times", timesMs: [1500] }, toStdout: false } as const;
 * const nothing = { record: undefined, stats: undefined, report: undefined, pcap: undefined };
 * const alone = {
 *   ...{ test: false, window: undefined, buttons: undefined, script: undefined },
 *   outputs: { ...outputs, ...nothing, limits: undefined },
 * };
 * assertEquals(endsWithPictures(alone), true);
 * assertEquals(endsWithPictures({ ...alone, test: true }), false);
 * ```
 */
export function endsWithPictures(options: WantingOptions): boolean {
  const { test, window, buttons, script, outputs } = options;
  const { choice, record, toStdout, stats, report, pcap, limits } = outputs;
  const others = [window, buttons, script, record, stats, report, pcap, limits];
  return choice?.kind === "times" && !test && !toStdout &&
    others.every((other) => other === undefined);
}
