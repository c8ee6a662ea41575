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
export function reportFigures({ summary, notWritten }: ReportSubject): ReportFigure[] {
  const { packets, frames, gapsMs, playingSeconds, durationSeconds } = summary;
  return [
    figure("Packets received", count(packets.received), "RTP packets that came"),
    figure(
      "Packets lost",
      `${count(packets.lost)} of ${count(packets.expected)} (${percent(packets.lossRate)})`,
      "sequence numbers that never came, of those expected (RFC 3550 A.3)",
    ),
    figure("Packets duplicate", count(packets.duplicate), "came again"),
    figure("Packets reordered", count(packets.reordered), "came behind a newer one, still in time"),
    figure("Packets late", count(packets.late), "came when their frame had been given up"),
    figure("Frames whole", count(frames.whole), "complete pictures"),
    figure("Frames broken", count(frames.broken), "pictures of which a part never came"),
    ...notWritten === undefined ? [] : [
      figure(
        "Frames not written",
        count(notWritten),
        "left out since a disk or pipe was too slow",
      ),
    ],
    figure(
      "Payload",
      `${count(summary.payloadBytes)} bytes`,
      "of all packets, without RTP headers",
    ),
    figure("Data rate", bitRate(summary.dataRateBitsPerSecond), "mean over the playing time"),
    figure(
      "Frame rate",
      decimal(summary.framesPerSecond, 2, "fps"),
      "whole frames, mean over the playing time",
    ),
    figure(
      "Jitter",
      decimal(summary.jitterMs, 3, "ms"),
      "how unevenly packets came (RFC 3550 A.8)",
    ),
    figure(
      "Gaps between frames",
      gapsMs.mean === null
        ? NONE
        : `${decimal(gapsMs.min, 1, "")}, ${decimal(gapsMs.mean, 1, "")}, ` +
          `${decimal(gapsMs.p99, 1, "")}, ${decimal(gapsMs.max, 1, "ms")}`,
      "least, mean, 99 % of them at most, longest",
    ),
    figure(
      "First frame",
      decimal(summary.firstFrameMs, 1, "ms"),
      "from PLAY to the first whole frame",
    ),
    ...roundTrip(summary.roundTripMs),
    ...transport(summary.transport),
    figure("Playing time", `${playingSeconds.toFixed(2)} s`, "pauses left out"),
    figure("Duration", `${durationSeconds.toFixed(2)} s`, "from PLAY to the last packet"),
  ];
}

function roundTrip(ms: ReportSubject["summary"]["roundTripMs"]): ReportFigure[] {
  if (ms === null) return [];
  return [
    figure("Round trip", decimal(ms.min, 2, "ms"), "the shortest from a request to its reply"),
  ];
}

function transport(figures: ReportSubject["summary"]["transport"]): ReportFigure[] {
  if (figures === null) return [];
  return [figure("Transport", figures.protocol.toUpperCase(), figures.reason)];
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
