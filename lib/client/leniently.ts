import { WireError } from "../bytes/wire_error.ts";

/**
 * What `read` makes of a peer's words, or `undefined` where it cannot read them: for what a play can do
 * without.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseNptTime } from "../rtsp/npt_time.ts";
 *
 * assertEquals(leniently(() => parseNptTime("12.5")), 12.5);
 * assertEquals(leniently(() => parseNptTime("soon")), undefined);
 * ```
 */
export function leniently<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WireError)) throw error; // a bug: let it surface
    return undefined;
  }
}
