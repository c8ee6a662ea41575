import { WireError } from "../bytes/wire_error.ts";

/** What a payload type stands for (RFC 8866 §6.6). */
export interface Rtpmap {
  /** 0 to 127. */
  readonly payloadType: number;
  /** `JPEG`; compared without regard to case. */
  readonly encoding: string;
  readonly clockRateHz: number;
  /** Audio channels. */
  readonly channels?: number;
}

/**
 * Reads the value of `a=rtpmap`.
 *
 * @throws {WireError} For what is not `<payload type> <encoding>/<clock>[/<channels>]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const rtpmap = { payloadType: 26, encoding: "JPEG", clockRateHz: 90000 };
 * assertEquals(parseRtpmap("26 JPEG/90000"), rtpmap);
 * assertEquals(serializeRtpmap(rtpmap), "26 JPEG/90000");
 * ```
 */
export function parseRtpmap(value: string): Rtpmap {
  const [, type, encoding, clock, channels] =
    /^(\d{1,3})\s+([^\s/]+)\s*\/\s*(\d{1,9})(?:\/(\d{1,3}))?$/.exec(value.trim()) ?? [];
  const clockRateHz = Number(clock);
  if (encoding === undefined || Number(type) > 127 || clockRateHz === 0) {
    throw new WireError(
      `Cannot parse rtpmap: ${
        JSON.stringify(value.slice(0, 60))
      } is not "<0 to 127> <name>/<clock>"`,
    );
  }
  return {
    payloadType: Number(type),
    encoding,
    clockRateHz,
    ...channels === undefined ? {} : { channels: Number(channels) },
  };
}

/** Writes what `parseRtpmap()` reads. */
export function serializeRtpmap(rtpmap: Rtpmap): string {
  const { payloadType, encoding, clockRateHz, channels } = rtpmap;
  const text = `${payloadType} ${encoding}/${clockRateHz}`;
  return channels === undefined ? text : `${text}/${channels}`;
}
