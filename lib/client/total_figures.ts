import type { RtcpFigures, SessionFigures } from "./session_figures.ts";

/** What is known of one session and of the next together: counts add up, all else is the last's. */
export function totalFigures(before: SessionFigures, after: SessionFigures): SessionFigures {
  const { scale } = after;
  return {
    ...before,
    ...after,
    ...scale !== undefined && { scale: { ...before.scale, ...scale } },
    transport: after.transport ?? before.transport,
    roundTrip: totalRoundTrip(before.roundTrip, after.roundTrip),
    keepalives: before.keepalives + after.keepalives,
    rtcp: totalRtcp(before.rtcp, after.rtcp),
  };
}

function totalRoundTrip(
  before: SessionFigures["roundTrip"],
  after: SessionFigures["roundTrip"],
): SessionFigures["roundTrip"] {
  if (before === undefined || after === undefined) return after ?? before;
  return { minMs: Math.min(before.minMs, after.minMs), lastMs: after.lastMs };
}

function totalRtcp(
  before: RtcpFigures | undefined,
  after: RtcpFigures | undefined,
): RtcpFigures | undefined {
  if (before === undefined || after === undefined) return after ?? before;
  const { fractionLost, cumulativeLost } = before;
  return {
    sent: before.sent + after.sent,
    received: before.received + after.received,
    dropped: before.dropped + after.dropped,
    fractionLost: after.fractionLost ?? fractionLost,
    cumulativeLost: cumulativeLost === undefined || after.cumulativeLost === undefined
      ? after.cumulativeLost ?? cumulativeLost
      : cumulativeLost + after.cumulativeLost,
  };
}
