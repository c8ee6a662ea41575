import { VIDEO_CLOCK_HZ } from "./presentation.ts";
import type { RtpStamps } from "./playback.ts";

/** Where RTP of a session starts: all drawn at random (RFC 3550 §5.1). */
export interface RtpStart {
  readonly payloadType: number;
  readonly ssrc: number;
  readonly firstSequence: number;
  readonly firstTimestamp: number;
}

/**
 * Numbers and stamps as RFC 3550 wants them: the timestamp counts media time in ticks of 90 kHz, and
 * goes on over pauses and seeks without a jump (RFC 2326 §B).
 */
export function mediaClock(start: RtpStart): RtpStamps {
  const { payloadType, ssrc, firstSequence, firstTimestamp } = start;
  return {
    payloadType,
    ssrc,
    firstSequence,
    timestamp: (_dueUnixMs, mediaSeconds) =>
      (firstTimestamp + Math.round(mediaSeconds * VIDEO_CLOCK_HZ)) % 2 ** 32,
  };
}
