import { assertEquals } from "@std/assert";

/**
 * Fails unless captured packets are whole frames: fragment offsets without a gap, the marker on the last
 * packet alone, one timestamp in a frame, consecutive sequence numbers.
 *
 * @param count How many frames.
 * @param ticks From one frame's timestamp to the next.
 */
export function assertFrames(
  fields: Readonly<Record<string, string[]>>,
  count: number,
  ticks: number,
): void {
  const numbers = (name: string) => (fields[name] ?? []).map(Number);
  const [offsets, stamps] = [numbers("jpeg.main_hdr.offset"), numbers("rtp.timestamp")];
  const lengths = (fields["jpeg.payload"] ?? []).map((hex) => hex.length / 2);
  const [seqs, markers] = [numbers("rtp.seq"), fields["rtp.marker"] ?? []];
  for (const [i, offset] of offsets.entries()) {
    if (i === 0) continue;
    assertEquals(seqs[i], ((seqs[i - 1] ?? 0) + 1) % 65_536, "sequence number");
    const step = ((stamps[i] ?? 0) - (stamps[i - 1] ?? 0) + 2 ** 32) % 2 ** 32;
    assertEquals(step, offset === 0 ? ticks : 0, "timestamp step");
    const wanted = /1|True/.test(markers[i - 1] ?? "")
      ? 0
      : (offsets[i - 1] ?? 0) + (lengths[i - 1] ?? 0);
    assertEquals(offset, wanted, "fragment offset");
  }
  assertEquals(offsets.filter((offset) => offset === 0).length, count, "first fragments");
  assertEquals(markers.filter((marker) => /1|True/.test(marker)).length, count, "markers");
}
