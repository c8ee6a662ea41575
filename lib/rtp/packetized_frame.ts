/**
 * One frame ready to be sent: made once per movie and packet size, shared by all listeners, never
 * changed. What differs between listeners (sequence number, timestamp, SSRC) is in no field of it.
 */
export interface PacketizedFrame {
  /** What follows the RTP header of each packet, in the order of sending. */
  readonly payloads: readonly Uint8Array[];
  /** All payloads together, as RTCP counts them: without RTP headers. */
  readonly octets: number;
  /** Whether the last packet has the marker; the others never do. */
  readonly markLast: boolean;
  /**
   * `each`: every packet has its own sequence number. `shared`: all packets of the frame have one
   * (the lab's way B of cutting).
   */
  readonly sequenceStep: "each" | "shared";
  /**
   * Whether the first payload begins with an RTP header extension (RFC 3550 §5.3.1): its packet has the
   * X bit set. `octets` leaves it out, as it counts as header.
   */
  readonly firstHasExtension?: boolean;
}

/**
 * How many sequence numbers the frame takes: the next frame's first is that much further.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const payloads = [Uint8Array.of(0xff), Uint8Array.of(0xd8)];
 * const frame = { payloads, octets: 2, markLast: true };
 * assertEquals(sequenceCount({ ...frame, sequenceStep: "each" }), 2);
 * assertEquals(sequenceCount({ ...frame, sequenceStep: "shared" }), 1);
 * ```
 */
export function sequenceCount(frame: PacketizedFrame): number {
  const { length } = frame.payloads;
  return frame.sequenceStep === "each" ? length : Math.min(length, 1);
}
