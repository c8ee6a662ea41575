import type { RandomSource } from "../bytes/random_source.ts";

/** The share of a session's bandwidth that RTCP may take (RFC 3550 §6.2). */
const RTCP_SHARE = 0.05;
/** The share of that which senders have to themselves while they are a quarter or less. */
const SENDER_SHARE = 0.25;
const MINIMUM_MS = 5000;
/** e - 3/2: makes up for what timer reconsideration converges to. */
const COMPENSATION = Math.E - 1.5;

/** What the time between two reports depends on. */
export interface ReportIntervalOptions {
  /** Of the whole session, in bytes a second: what the RTP streams take. */
  readonly sessionBytesPerSecond: number;
  /** All participants heard of, ourselves among them. */
  readonly members: number;
  /** Those among them that sent RTP since the last two reports. */
  readonly senders: number;
  /** Whether we are one of these. */
  readonly weSent: boolean;
  /** Mean length of RTCP datagrams, with UDP and IP headers; see `averageRtcpLength`. */
  readonly averageLength: number;
  /** Whether we have sent no report yet: then half the minimum is enough. */
  readonly initial: boolean;
}

/**
 * How long to wait until the next RTCP report, in milliseconds (RFC 3550 §6.3.1, A.7): as long as 5 % of the
 * bandwidth ask for, at least 5 s (half before the first report), times 0.5 to 1.5 at random, over 1.21828.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const half = { uint32: () => 2 ** 31 }; // right between 0.5 and 1.5
 * const interval = reportIntervalMs({
 *   sessionBytesPerSecond: 200_000,
 *   members: 2,
 *   senders: 1,
 *   weSent: true,
 *   averageLength: 100,
 *   initial: false,
 * }, half);
 * assertEquals(Math.round(interval), 4104); // 5 s over 1.21828
 * ```
 */
export function reportIntervalMs(options: ReportIntervalOptions, random: RandomSource): number {
  const { members, senders, weSent, averageLength } = options;
  let bytesPerSecond = options.sessionBytesPerSecond * RTCP_SHARE;
  let sharing = members;
  if (senders <= members * SENDER_SHARE) {
    bytesPerSecond *= weSent ? SENDER_SHARE : 1 - SENDER_SHARE;
    sharing = weSent ? senders : members - senders;
  }
  const minimumMs = options.initial ? MINIMUM_MS / 2 : MINIMUM_MS;
  const neededMs = bytesPerSecond > 0 ? averageLength * sharing / bytesPerSecond * 1000 : 0;
  return Math.max(neededMs, minimumMs) * (random.uint32() / 2 ** 32 + 0.5) / COMPENSATION;
}

/**
 * The mean length of RTCP datagrams after one more, sent or received (RFC 3550 §6.3.3).
 *
 * @param length With UDP and IP headers: 28 bytes over IPv4.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(averageRtcpLength(100, 260), 110);
 * ```
 */
export function averageRtcpLength(average: number, length: number): number {
  return average + (length - average) / 16;
}
