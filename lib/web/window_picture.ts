/** A frame for the window's page. */
export interface WindowPicture {
  /** Among those that came, from 1. */
  readonly number: number;
  /** Where in the movie, in seconds; `null` where the server has not said it. */
  readonly positionSeconds: number | null;
  readonly jpeg: Uint8Array;
}

/** Number and position before the JPEG. */
const HEADER_LENGTH = 12;

/**
 * A frame as a binary message, in network order:
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                            number                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        position in seconds (float64; NaN: not known)          |
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           JPEG ...                            |
 * ```
 *
 * `lib/page/parse_picture.ts` reads it.
 */
export function serializeWindowPicture(
  { number, positionSeconds, jpeg }: WindowPicture,
): Uint8Array {
  const message = new Uint8Array(HEADER_LENGTH + jpeg.length);
  const header = new DataView(message.buffer);
  header.setUint32(0, number);
  header.setFloat64(4, positionSeconds ?? NaN);
  message.set(jpeg, HEADER_LENGTH);
  return message;
}
