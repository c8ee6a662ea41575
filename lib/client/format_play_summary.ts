import type { PlaySummary } from "./play_summary.ts";

/**
 * The figures of a play as text for people, a line for each subject; docs/statistics.md says how each
 * is measured.
 *
 * @param notWritten Frames that a sink had to leave out; without it, there was no sink.
 */
export function formatPlaySummary(summary: PlaySummary, notWritten?: number): string {
  const { packets, frames, gapsMs, jitterBasis } = summary;
  const foreign = packets.foreign === 0 ? "" : `, ${count(packets.foreign)} not of this stream`;
  const lossRate = packets.lossRate === null ? "" : ` (${percent(packets.lossRate)} %)`;
  const written = notWritten === undefined ? "" : `, ${count(notWritten)} not written`;
  const rows: readonly (readonly [string, string])[] = [
    [
      "Packets",
      `${count(packets.received)} received, ${count(packets.lost)} lost${lossRate}, ` +
      `${count(packets.duplicate)} duplicate, ${count(packets.late)} late, ` +
      `${count(packets.reordered)} reordered${foreign}`,
    ],
    ...lossRows(summary),
    [
      "Frames",
      `${count(frames.whole)} whole, ${count(frames.broken)} broken${reasons(frames)}${written}`,
    ],
    ["Payload", `${count(summary.payloadBytes)} bytes`],
    ["Data rate", dataRates(summary)],
    ["Frame rate", decimal(summary.framesPerSecond, 2, "frames a second")],
    [
      "Jitter",
      summary.jitterMs === null
        ? NONE
        : `${decimal(summary.jitterMs, 2, "ms")} (against the ${jitterBasis})`,
    ],
    [
      "Gaps",
      gapsMs.mean === null
        ? NONE
        : `min ${decimal(gapsMs.min, 1)}, mean ${decimal(gapsMs.mean, 1)}, p99 ${
          decimal(gapsMs.p99, 1)
        }, max ${decimal(gapsMs.max, 1)} ms between frames`,
    ],
    ...packetGapRows(summary),
    ["First frame", decimal(summary.firstFrameMs, 1, "ms after PLAY")],
    [
      "Time",
      `${summary.playingSeconds.toFixed(2)} s playing, ` +
      `${summary.durationSeconds.toFixed(2)} s in all`,
    ],
    ...sessionRows(summary),
    ...summary.receiveBufferBytes === null
      ? []
      : [["Buffer", `${count(summary.receiveBufferBytes)} bytes may wait to be received`] as const],
    ...summary.reconnects === 0 ? [] : [["Reconnects", count(summary.reconnects)] as const],
  ];
  return rows.map(([name, text]) => `${`${name}:`.padEnd(13)}${text}\n`).join("");
}

/** What only the standard dialect knows. */
function sessionRows(summary: PlaySummary): (readonly [string, string])[] {
  const { transport, roundTripMs, keepalives, rtcp } = summary;
  if (summary.dialect === "lab") return [];
  const rows: [string, string][] = [];
  if (transport !== null) {
    const { protocol, reason } = transport;
    const name = protocol === "multicast" ? "multicast" : protocol.toUpperCase();
    rows.push(["Transport", `${name}: ${reason}`]);
  }
  if (roundTripMs !== null) {
    const least = decimal(roundTripMs.min, 1);
    rows.push(["Round trip", `min ${least}, last ${decimal(roundTripMs.last, 1)} ms by RTSP`]);
  }
  if (rtcp !== null) {
    const loss = rtcp.fractionLost === null
      ? ""
      : `, ${(rtcp.fractionLost * 100).toFixed(2)} % loss in the last one`;
    const bad = rtcp.dropped === 0 ? "" : `, ${count(rtcp.dropped)} could not be read`;
    rows.push(["RTCP", `${count(rtcp.sent)} sent${loss}, ${count(rtcp.received)} received${bad}`]);
  }
  rows.push(["Keepalives", count(keepalives)]);
  return rows;
}

function reasons({ brokenBy }: PlaySummary["frames"]): string {
  const parts = Object.entries(brokenBy).map(([reason, number]) => `${reason} ${count(number)}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

const NONE = "not measured";

function dataRates(
  { dataRateBitsPerSecond: mean, perSecond, perSecondRange }: PlaySummary,
): string {
  const { min, max } = perSecondRange.dataRateBitsPerSecond;
  if (mean === null) return NONE;
  if (min === null || max === null || perSecond.length < 3) return `${bitRate(mean)} mean`;
  return `${bitRate(mean)} mean, ${bitRate(min)} to ${bitRate(max)} in single seconds`;
}

/** A loss that is the same all the time has been told already. */
function lossRows({ perSecondRange: { lossRate } }: PlaySummary): (readonly [string, string])[] {
  const { min, max } = lossRate;
  if (min === null || max === null || max === 0) return [];
  return [["Loss", `${percent(min)} to ${percent(max)} % in single seconds`]];
}

function packetGapRows({ packetGapsMs }: PlaySummary): (readonly [string, string])[] {
  const { min, mean, max } = packetGapsMs;
  if (min === null) return [];
  const text = `min ${decimal(min, 2)}, mean ${decimal(mean, 2)}, max ${decimal(max, 1)} ms`;
  return [["Packet gaps", text]];
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}

function bitRate(bitsPerSecond: number): string {
  return bitsPerSecond >= 1e6
    ? `${(bitsPerSecond / 1e6).toFixed(2)} Mbit/s`
    : `${(bitsPerSecond / 1e3).toFixed(1)} kbit/s`;
}

function decimal(value: number | null, digits: number, unit?: string): string {
  if (value === null) return NONE;
  return unit === undefined ? value.toFixed(digits) : `${value.toFixed(digits)} ${unit}`;
}

/** An integer with commas between thousands. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
