import { WireError } from "../bytes/wire_error.ts";

/** Parameters of one format (RFC 8866 §6.15). */
export interface Fmtp {
  /** The payload type as in the `m=` line. */
  readonly format: string;
  /** In their order; a parameter without `=` has the value `""`. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads the value of `a=fmtp`, with its parameters separated by `;`.
 *
 * @throws {WireError} Where there is no format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fmtp = parseFmtp("96 width=4096; height=2160");
 * assertEquals(fmtp, { format: "96", parameters: [["width", "4096"], ["height", "2160"]] });
 * assertEquals(serializeFmtp(fmtp), "96 width=4096;height=2160");
 * ```
 */
export function parseFmtp(value: string): Fmtp {
  const [, format, rest = ""] = /^(\S+)(?:\s+(.*))?$/s.exec(value.trim()) ?? [];
  if (format === undefined) throw new WireError("Cannot parse fmtp: it names no format");
  const parts = rest.split(";").map((part) => part.trim()).filter((part) => part !== "");
  return {
    format,
    parameters: parts.map((part) => {
      const equals = part.indexOf("=");
      return equals < 0
        ? [part, ""]
        : [part.slice(0, equals).trimEnd(), part.slice(equals + 1).trimStart()];
    }),
  };
}

/** Writes what `parseFmtp()` reads. */
export function serializeFmtp(fmtp: Fmtp): string {
  const parts = fmtp.parameters.map(([name, value]) => value === "" ? name : `${name}=${value}`);
  return [fmtp.format, parts.join(";")].filter((text) => text !== "").join(" ");
}
