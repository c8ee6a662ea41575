/**
 * Frames that look whole from outside and differ from each other: `ff d8`, the number in two bytes,
 * filler, `ff d9`. No decoder shows them.
 *
 * @param length Of each frame in bytes, at least 6.
 */
export function fakeFrames(count: number, length = 100): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const frame = new Uint8Array(length).fill(index % 200);
    frame.set([0xff, 0xd8, index >> 8, index & 0xff]);
    frame.set([0xff, 0xd9], length - 2);
    return frame;
  });
}
