import type { PlayOutcome } from "./play_result.ts";
import type { PlaySummary } from "./play_summary.ts";

/** One play, by what its figures are told apart. */
export interface LabelledSummary {
  /** What was played, as its user wrote it. */
  readonly source: string;
  /** Where there are several, its place among them, from 1: they may have the same name. */
  readonly number?: number;
  readonly summary: PlaySummary;
  readonly outcome: PlayOutcome;
  /** Frames that sinks had to leave out; absent where there was no sink. */
  readonly notWritten?: number | undefined;
}

interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  /** `null`: not measured. */
  readonly value: (summary: PlaySummary, play: LabelledSummary) => number | null;
}

const METRICS: readonly Metric[] = [
  gauge(
    "success",
    "1: played, 0: failed or refused",
    (_, play) => play.outcome === "played" ? 1 : 0,
  ),
  counter("packets_received", "RTP packets that came", (s) => s.packets.received),
  counter("packets_expected", "Sequence numbers up to the highest", (s) => s.packets.expected),
  counter("packets_lost", "Sequence numbers that never came", (s) => s.packets.lost),
  counter("packets_duplicate", "RTP packets that came again", (s) => s.packets.duplicate),
  counter("packets_late", "RTP packets that came too late", (s) => s.packets.late),
  counter("packets_reordered", "RTP packets behind a newer one", (s) => s.packets.reordered),
  counter("packets_foreign", "Datagrams not of the stream", (s) => s.packets.foreign),
  counter("frames_whole", "Frames of which all came", (s) => s.frames.whole),
  counter("frames_broken", "Frames of which a part came", (s) => s.frames.broken),
  counter(
    "frames_not_written",
    "Frames that a disk or a pipe was too slow for",
    (_, play) => play.notWritten ?? null,
  ),
  counter("payload_bytes", "Bytes of all packets without headers", (s) => s.payloadBytes),
  counter("reconnects", "Times that a failed play went on", (s) => s.reconnects),
  counter("playing_seconds", "Playing time without pauses", (s) => s.playingSeconds),
  counter("duration_seconds", "From PLAY to the last packet", (s) => s.durationSeconds),
  gauge("loss_ratio", "Packets lost over expected, 0 to 1", (s) => s.packets.lossRate),
  gauge("sampling_interval_seconds", "Length of one sample", (s) => s.samplingIntervalMs / 1000),
  gauge("loss_ratio_min", "The least of one sample", (s) => s.perSecondRange.lossRate.min),
  gauge("loss_ratio_max", "The greatest of one sample", (s) => s.perSecondRange.lossRate.max),
  gauge("data_rate_bytes_per_second", "Mean payload rate", (s) => bytes(s.dataRateBitsPerSecond)),
  gauge(
    "data_rate_min_bytes_per_second",
    "Least payload rate of one sample",
    (s) => bytes(s.perSecondRange.dataRateBitsPerSecond.min),
  ),
  gauge(
    "data_rate_max_bytes_per_second",
    "Greatest payload rate of one sample",
    (s) => bytes(s.perSecondRange.dataRateBitsPerSecond.max),
  ),
  gauge("frames_per_second", "Mean rate of whole frames", (s) => s.framesPerSecond),
  gauge("jitter_seconds", "Interarrival jitter, RFC 3550 A.8", (s) => seconds(s.jitterMs)),
  gauge("packet_gap_min_seconds", "Least time between packets", (s) => seconds(s.packetGapsMs.min)),
  gauge(
    "packet_gap_mean_seconds",
    "Mean time between packets",
    (s) => seconds(s.packetGapsMs.mean),
  ),
  gauge(
    "packet_gap_max_seconds",
    "Longest time between packets",
    (s) => seconds(s.packetGapsMs.max),
  ),
  gauge("frame_gap_min_seconds", "Least time between frames", (s) => seconds(s.gapsMs.min)),
  gauge("frame_gap_mean_seconds", "Mean time between frames", (s) => seconds(s.gapsMs.mean)),
  gauge("frame_gap_p99_seconds", "99th percentile of it", (s) => seconds(s.gapsMs.p99)),
  gauge("frame_gap_max_seconds", "Longest time between frames", (s) => seconds(s.gapsMs.max)),
  gauge("receive_buffer_bytes", "Bytes that may wait to be received", (s) => s.receiveBufferBytes),
  gauge("first_frame_seconds", "From PLAY to the first frame", (s) => seconds(s.firstFrameMs)),
  gauge(
    "round_trip_min_seconds",
    "Least time from an RTSP request to its reply",
    (s) => seconds(s.roundTripMs?.min ?? null),
  ),
  gauge(
    "round_trip_last_seconds",
    "The last such time",
    (s) => seconds(s.roundTripMs?.last ?? null),
  ),
  counter("keepalives", "Requests that only kept the session alive", (s) => s.keepalives),
  counter("rtcp_sent", "RTCP datagrams sent", (s) => s.rtcp?.sent ?? null),
  counter("rtcp_received", "RTCP datagrams read", (s) => s.rtcp?.received ?? null),
  counter("rtcp_dropped", "RTCP datagrams that could not be read", (s) => s.rtcp?.dropped ?? null),
  gauge("rtcp_loss_ratio", "Loss in the last report, 0 to 1", (s) => s.rtcp?.fractionLost ?? null),
];

/**
 * The figures of one or more plays in the text format of Prometheus (exposition format 0.0.4), as its
 * node exporter reads them from a file. What was not measured is left out.
 */
export function playSummaryPrometheus(plays: readonly LabelledSummary[]): string {
  return METRICS.map(({ name, type, help, value }) => {
    const samples = plays.flatMap((play) => {
      const figure = value(play.summary, play);
      return figure === null ? [] : [`${name}{${labelsOf(play)}} ${figure}\n`];
    });
    if (samples.length === 0) return "";
    return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join("")}`;
  }).join("");
}

function counter(name: string, help: string, value: Metric["value"]): Metric {
  return { name: `zoetrope_client_${name}_total`, type: "counter", help, value };
}

function gauge(name: string, help: string, value: Metric["value"]): Metric {
  return { name: `zoetrope_client_${name}`, type: "gauge", help, value };
}

function bytes(bits: number | null): number | null {
  return bits === null ? null : bits / 8;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function labelsOf({ source, number }: LabelledSummary): string {
  const label = `source="${escapeLabel(source)}"`;
  return number === undefined ? label : `${label},number="${number}"`;
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
