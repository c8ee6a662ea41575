/** How many digits the length of a frame has in the lab's framing. */
export const LAB_LENGTH_DIGITS = 5;

/** The most that five digits can announce. */
export const MAX_LAB_FRAME_LENGTH = 99_999;

/**
 * One frame in the lab's framing: its length in bytes as five ASCII digits, then the JPEG.
 *
 * @param jpeg Copied.
 * @param number The frame's number from 1, for the error.
 * @throws {RangeError} The frame is longer than 99,999 bytes, or empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
 * const framed = serializeLabFrame(jpeg, 1);
 * assertEquals(new TextDecoder().decode(framed.subarray(0, LAB_LENGTH_DIGITS)), "00004");
 * assertEquals(framed.subarray(LAB_LENGTH_DIGITS), jpeg);
 * ```
 */
export function serializeLabFrame(jpeg: Uint8Array, number: number): Uint8Array {
  const { length } = jpeg;
  if (length === 0 || length > MAX_LAB_FRAME_LENGTH) {
    throw new RangeError(
      `Cannot write frame ${number} in lab framing: it has ${length} bytes, ` +
        `1 to ${MAX_LAB_FRAME_LENGTH} fit`,
    );
  }
  const framed = new Uint8Array(LAB_LENGTH_DIGITS + length);
  framed.set(new TextEncoder().encode(String(length).padStart(LAB_LENGTH_DIGITS, "0")));
  framed.set(jpeg, LAB_LENGTH_DIGITS);
  return framed;
}
