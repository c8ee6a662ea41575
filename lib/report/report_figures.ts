import type { ReportSubject } from "./report_subject.ts";

/** One figure: its name, its value as text, and what it means. */
export interface ReportFigure {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

const NONE = "not measured";

/** The figures that say most: for the head of a report. */
export function keyFigures({ summary }: ReportSubject): { name: string; value: string }[] {
  const { packets, framesPerSecond, jitterMs, dataRateBitsPerSecond, firstFrameMs } = summary;
  return [
    { name: "Frame rate", value: decimal(framesPerSecond, 2, "fps") },
    { name: "Packets lost", value: percent(packets.lossRate) },
    { name: "Data rate", value: bitRate(dataRateBitsPerSecond) },
    { name: "Jitter", value: decimal(jitterMs, 2, "ms") },
    { name: "First frame", value: decimal(firstFrameMs, 0, "ms") },
  ];
}

/** All figures of a play, each with a few words on what it means. */
export function reportFigures(subject: ReportSubject): ReportFigure[] {
  const { summary } = subject;
  return [
    ...packetFigures(summary),
    ...frameFigures(subject),
    ...rateFigures(summary),
    ...timeFigures(summary),
    ...sessionFigures(summary),
  ];
}

type Summary = ReportSubject["summary"];

function packetFigures({ packets, perSecondRange: { lossRate } }: Summary): ReportFigure[] {
  return [
    figure("Packets received", count(packets.received), "RTP packets that came"),
    figure(
      "Packets lost",
      `${count(packets.lost)} of ${count(packets.expected)} (${percent(packets.lossRate)})`,
      "sequence numbers that never came, of those expected (RFC 3550 A.3)",
    ),
    ...lossRate.min === null ? [] : [
      figure(
        "Loss, seconds",
        `${percent(lossRate.min)} to ${percent(lossRate.max)}`,
        "least and most in single seconds",
      ),
    ],
    figure("Packets duplicate", count(packets.duplicate), "came again"),
    figure("Packets reordered", count(packets.reordered), "came behind a newer one, still in time"),
    figure("Packets late", count(packets.late), "came when their frame had been given up"),
    figure("Packets foreign", count(packets.foreign), "datagrams that were none of this stream"),
  ];
}

function frameFigures({ summary: { frames }, notWritten }: ReportSubject): ReportFigure[] {
  const reasons = Object.entries(frames.brokenBy).map(([why, times]) => `${why} ${count(times)}`);
  return [
    figure("Frames whole", count(frames.whole), "complete pictures"),
    figure(
      "Frames broken",
      count(frames.broken),
      ["pictures of which a part never came", ...reasons].join("; "),
    ),
    ...notWritten === undefined ? [] : [
      figure(
        "Frames not written",
        count(notWritten),
        "left out since a disk or pipe was too slow or failed",
      ),
    ],
  ];
}

function rateFigures(summary: Summary): ReportFigure[] {
  const { min, max } = summary.perSecondRange.dataRateBitsPerSecond;
  const payload = `${count(summary.payloadBytes)} bytes`;
  return [
    figure("Payload", payload, "of all packets, without RTP headers"),
    figure("Data rate", bitRate(summary.dataRateBitsPerSecond), "mean over the playing time"),
    ...min === null ? [] : [
      figure(
        "Data rate, seconds",
        `${bitRate(min)} to ${bitRate(max)}`,
        "least and most in single seconds",
      ),
    ],
    figure(
      "Frame rate",
      decimal(summary.framesPerSecond, 2, "fps"),
      "whole frames, mean over the playing time",
    ),
  ];
}

function timeFigures(summary: Summary): ReportFigure[] {
  const { jitterMs, jitterBasis, gapsMs, packetGapsMs, firstFrameMs } = summary;
  const { min, mean, p99, max } = gapsMs;
  return [
    figure(
      "Jitter",
      decimal(jitterMs, 3, "ms"),
      `how unevenly packets came, against the ${jitterBasis} (RFC 3550 A.8)`,
    ),
    figure(
      "Gaps between frames",
      milliseconds({ min, mean, p99, max }, 1),
      "between whole frames, pauses left out; p99: 99 % of them at most",
    ),
    figure(
      "Gaps between packets",
      milliseconds(packetGapsMs, 2),
      "between packets as they came, pauses left out",
    ),
    figure("First frame", decimal(firstFrameMs, 1, "ms"), "from PLAY to the first whole frame"),
    figure("Playing time", `${summary.playingSeconds.toFixed(2)} s`, "pauses left out"),
    figure("Duration", `${summary.durationSeconds.toFixed(2)} s`, "from PLAY to the last packet"),
  ];
}

/** What there is of transport, round trip, reports and the like: the lab dialect has few of them. */
function sessionFigures(summary: Summary): ReportFigure[] {
  const { transport, roundTripMs, rtcp, keepalives, reconnects, receiveBufferBytes } = summary;
  const figures: ReportFigure[] = [];
  if (transport !== null) {
    figures.push(figure("Transport", transport.protocol.toUpperCase(), transport.reason));
  }
  if (roundTripMs !== null) {
    const least = decimal(roundTripMs.min, 2, "ms");
    figures.push(figure("Round trip", least, "the shortest from a request to its reply"));
  }
  if (rtcp !== null) {
    const { sent, received, dropped } = rtcp;
    const value = `${count(sent)} sent, ${count(received)} received, ${count(dropped)} dropped`;
    figures.push(figure("RTCP", value, "reports; dropped are those that could not be read"));
    const loss = percent(rtcp.fractionLost);
    figures.push(figure("Loss reported", loss, "what the last report told the server"));
  }
  if (transport !== null) {
    figures.push(figure("Keepalives", count(keepalives), "requests that only kept the session"));
  }
  if (receiveBufferBytes !== null) {
    const size = `${count(receiveBufferBytes)} bytes`;
    figures.push(figure("Receive buffer", size, "of RTP that may wait in the system to be read"));
  }
  if (reconnects > 0) {
    figures.push(figure("Reconnects", count(reconnects), "times that a failed play went on"));
  }
  return figures;
}

/** Times by their names, with commas between them and the unit at the end. */
function milliseconds(times: Readonly<Record<string, number | null>>, digits: number): string {
  const known = Object.entries(times).flatMap(([name, ms]) =>
    ms === null ? [] : [`${name} ${ms.toFixed(digits)}`]
  );
  return known.length === 0 ? NONE : `${known.join(", ")} ms`;
}

function figure(name: string, value: string, meaning: string): ReportFigure {
  return { name, value, meaning };
}

function decimal(value: number | null, digits: number, unit: string): string {
  return value === null ? NONE : `${value.toFixed(digits)} ${unit}`.trimEnd();
}

function percent(share: number | null): string {
  return share === null ? NONE : `${(share * 100).toFixed(2)} %`;
}

function bitRate(bits: number | null): string {
  if (bits === null) return NONE;
  return bits >= 1e6 ? `${(bits / 1e6).toFixed(2)} Mbit/s` : `${(bits / 1e3).toFixed(1)} kbit/s`;
}

/** An integer with commas between thousands. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
