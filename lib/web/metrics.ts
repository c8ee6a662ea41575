import type { ServerTotals } from "../server/server_totals.ts";
import type { LogLine } from "./log_line.ts";
import type { LoadSample } from "./server_status.ts";
import type { SessionStatus } from "./session_status.ts";

/** What the metrics are made of. */
export interface MetricsInput {
  readonly version: string;
  /** By which way frames leave by UDP. */
  readonly sender: string;
  readonly startedUnixMs: number;
  readonly totals: ServerTotals;
  readonly sessions: readonly SessionStatus[];
  readonly sample: LoadSample | undefined;
  readonly logCounts: ReadonlyMap<LogLine["level"], number>;
  /** HTTP requests by status code. */
  readonly requests: ReadonlyMap<number, number>;
  readonly previews: number;
  readonly eventStreams: number;
  /** Of the process, in bytes. */
  readonly residentOctets: number;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** The `Content-Type` of the Prometheus text format. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const DIALECTS = ["lab", "standard"] as const;
const STATES = ["ready", "playing"] as const;
const TRANSPORTS = ["udp", "tcp", "multicast"] as const;
const LEVELS = ["error", "warning", "info"] as const;

/** All figures in the Prometheus text format: base units in the names, counters that never go back. */
export function formatMetrics(input: MetricsInput): string {
  return [...serverMetrics(input), ...listenerMetrics(input), ...ownMetrics(input)].join("");
}

function serverMetrics(input: MetricsInput): string[] {
  const { version, sender, startedUnixMs, totals, sessions } = input;
  const bySort = DIALECTS.flatMap((dialect) =>
    STATES.flatMap((state) =>
      TRANSPORTS.map((transport): Sample => {
        const count = sessions.filter((session) =>
          session.dialect === dialect && session.state === state && session.transport === transport
        ).length;
        return [{ dialect, state, transport }, count];
      })
    )
  );
  return [
    metric("zoetrope_build_info", "gauge", "Always 1; the version is a label.", [[{ version }, 1]]),
    metric("zoetrope_sender_info", "gauge", "Always 1; how frames leave by UDP is a label.", [
      [{ sender }, 1],
    ]),
    metric("process_start_time_seconds", "gauge", "When the server was started, in Unix time.", [
      [{}, startedUnixMs / 1000],
    ]),
    metric("zoetrope_sessions", "gauge", "Sessions that there are now.", bySort),
    metric("zoetrope_sessions_started_total", "counter", "Sessions that were set up.", [
      [{}, totals.sessions],
    ]),
    metric("zoetrope_frames_sent_total", "counter", "Frames sent, to all listeners.", [
      [{}, totals.frames],
    ]),
    metric("zoetrope_frames_skipped_total", "counter", "Frames that cannot be packed.", [
      [{}, totals.skipped],
    ]),
    metric("zoetrope_rtp_packets_sent_total", "counter", "RTP packets sent, to all listeners.", [
      [{}, totals.packets],
    ]),
    metric("zoetrope_rtp_payload_bytes_total", "counter", "Payload sent, without RTP headers.", [
      [{}, totals.octets],
    ]),
  ];
}

function listenerMetrics({ sessions, sample }: MetricsInput): string[] {
  const dropped = sessions.reduce((sum, { droppedFrames }) => sum + droppedFrames, 0);
  const roundTrips = sessions.flatMap(({ reception }) => reception?.roundTripMs ?? []);
  const optional = (value: number | null | undefined, factor: number): Sample[] =>
    value === null || value === undefined ? [] : [[{}, value * factor]];
  const largest = roundTrips.length === 0 ? null : roundTrips.reduce((a, b) => Math.max(a, b));
  return [
    metric(
      "zoetrope_slow_reader_frames",
      "gauge",
      "Frames left out for listeners that there are now, because they read too slowly.",
      [[{}, dropped]],
    ),
    metric(
      "zoetrope_listener_loss_ratio_max",
      "gauge",
      "The largest share of packets that a listener lost, as it last reported.",
      optional(sample?.worstLoss, 1),
    ),
    metric(
      "zoetrope_listener_jitter_seconds_max",
      "gauge",
      "The largest interarrival jitter that a listener last reported.",
      optional(sample?.worstJitterMs, 0.001),
    ),
    metric(
      "zoetrope_listener_round_trip_seconds_max",
      "gauge",
      "The longest round trip to a listener, by its last report.",
      optional(largest, 0.001),
    ),
  ];
}

function ownMetrics(input: MetricsInput): string[] {
  const { logCounts, requests, previews, eventStreams, residentOctets } = input;
  return [
    metric(
      "zoetrope_log_lines_total",
      "counter",
      "Lines of the log.",
      LEVELS.map((level): Sample => [{ level }, logCounts.get(level) ?? 0]),
    ),
    metric(
      "zoetrope_http_requests_total",
      "counter",
      "HTTP requests that were answered.",
      [...requests].map(([code, count]): Sample => [{ code: String(code) }, count]),
    ),
    metric("zoetrope_http_previews", "gauge", "Previews that are being shown.", [[{}, previews]]),
    metric("zoetrope_http_event_streams", "gauge", "Pages that listen to events.", [
      [{}, eventStreams],
    ]),
    metric("process_resident_memory_bytes", "gauge", "Memory of the process.", [
      [{}, residentOctets],
    ]),
  ];
}

function metric(
  name: string,
  type: "gauge" | "counter",
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`);
    return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function escape(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
}
