import { WireError } from "../bytes/wire_error.ts";
import { pathSegments } from "../rtsp/path_segments.ts";

/**
 * The paths for which a lab client's file name may be taken, whatever looks it up: as sent, without a query,
 * and with percent-encoding undone. Who asks for all of them asks for none too few.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(labNameReadings("a/b%20c?d"), [["a", "b%20c?d"], ["a", "b%20c"], ["a", "b c"]]);
 * ```
 */
export function labNameReadings(file: string): string[][] {
  const [path = ""] = file.split("?", 1);
  const literal = [file, path].map((text) => text.split("/").filter((name) => name !== ""));
  try {
    return [...literal, pathSegments(path)];
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return literal;
  }
}
