/** `$`, the first byte of a block (RFC 2326 §10.12). */
export const BLOCK_MARK = 0x24;

/** `$`, channel, 16-bit length. */
export const BLOCK_HEADER_LENGTH = 4;

/**
 * Writes the four bytes that go before a packet inside the RTSP connection (RFC 2326 §10.12):
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   "$" = 24    |    channel    |        payload length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 *
 * @param into Written to at `offset`, so that a frame's blocks can be built in one buffer.
 * @throws {RangeError} Where the channel is not 0 to 255, the length not 0 to 65,535, or no room is left.
 */
export function writeInterleavedHeader(
  into: Uint8Array,
  offset: number,
  channel: number,
  length: number,
): void {
  if (!(channel >= 0 && channel <= 255)) {
    throw new RangeError(`Cannot write a block: channel ${channel} is not 0 to 255`);
  }
  if (!(length >= 0 && length <= 0xffff)) {
    throw new RangeError(`Cannot write a block: length ${length} is not 0 to 65535`);
  }
  into.set([BLOCK_MARK, channel, length >> 8, length & 0xff], offset);
}

/**
 * One block with a copy of its payload.
 *
 * @throws {RangeError} As `writeInterleavedHeader()`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(serializeInterleaved(1, Uint8Array.of(0xaa)), Uint8Array.of(0x24, 1, 0, 1, 0xaa));
 * ```
 */
export function serializeInterleaved(channel: number, payload: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_HEADER_LENGTH + payload.length);
  writeInterleavedHeader(block, 0, channel, payload.length);
  block.set(payload, BLOCK_HEADER_LENGTH);
  return block;
}
